package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.Characters;
import dev.dbartifact.localengine.mariadb.FileVariables;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What MariaDB says of its variables, in the words of [ServerParameter]. Pure.
final class MariaDbVariables {
  /// Whoever changed these could lose the data, the server or the engine's way to it; or they are
  /// nobody's choice.
  private static final Pattern FIXED =
      Pattern.compile(
          "aria_(encrypt.*|log_(dir_path|file_size)|recover_options|sync_log_dir)|.*_dir"
              + "|bind_address|binlog_(expire.*|space_limit)|character_sets_dir|core_file|datadir|debug.*|encrypt_.*|expire_logs_days"
              + "|feedback_.*|max_binlog_total_size"
              + "|ft_stopword_file|general_log_file|gtid_.*|have_.*|hostname|ignore_.*dirs"
              + "|init_(file|rpl_role|slave)|innodb_(buffer_pool_filename|checksum_algorithm"
              + "|compression_algorithm|data_.*|doublewrite|encrypt.*|encryption_.*|fast_shutdown"
              + "|flush_method|force_.*|ft_.*_stopword_table|log_.*_dir|page_size|read_only.*"
              + "|temp_data_file_path|undo_(directory|tablespaces)|use_native_aio|version)"
              + "|large_pages|license|local_infile_.*|log_(bin(|_basename|_compress.*|_index)|error)|lower_case_.*|old_passwords"
              + "|pid_file|plugin_.*|port|protocol_version|proxy_.*|read_only|relay_.*|replicate_.*"
              + "|report_.*|rpl_.*|secure_.*|server_id|skip_.*|slave_.*|slow_query_log_file|socket"
              + "|ssl_.*|sql_log_.*|strict_password_validation|system_time_zone"
              + "|tc_.*|thread_handling|tls_.*|tmpdir|unix_.*|version.*|wsrep_.*");

  /// MySQL 8.0, and MariaDB from 11.1 on, have the second name. The option has always had it.
  private static final String OLD_ISOLATION = "TX_ISOLATION";

  private static final String NEW_ISOLATION = "TRANSACTION_ISOLATION";

  private static final Set<String> INTEGERS = Set.of("BIGINT", "INT", "SMALLINT", "TINYINT");

  private MariaDbVariables() {}

  /// @param rows of `information_schema.SYSTEM_VARIABLES`, by column
  static List<ServerParameter> parameters(List<Map<String, String>> rows) {
    var names = rows.stream().map(row -> row.get("VARIABLE_NAME")).collect(Collectors.toSet());
    return rows.stream()
        .filter(row -> !"SESSION ONLY".equals(row.get("VARIABLE_SCOPE")))
        .flatMap(row -> names.contains(NEW_ISOLATION) ? Stream.of(row) : alsoByNewName(row))
        .map(MariaDbVariables::parameter)
        .toList();
  }

  private static Stream<Map<String, String>> alsoByNewName(Map<String, String> row) {
    if (!row.get("VARIABLE_NAME").equals(OLD_ISOLATION)) {
      return Stream.of(row);
    }
    var renamed = new HashMap<>(row);
    renamed.put("VARIABLE_NAME", NEW_ISOLATION);
    return Stream.of(row, renamed);
  }

  private static ServerParameter parameter(Map<String, String> row) {
    var name = row.get("VARIABLE_NAME").toLowerCase(Locale.ROOT);
    var type = type(row.get("VARIABLE_TYPE"));
    var number = type.equals("integer") || type.equals("real");
    var value = row.get("GLOBAL_VALUE");
    return new ServerParameter(
        name,
        type.equals("bool") && value != null ? value.toLowerCase(Locale.ROOT) : value,
        null,
        ServerKind.MARIADB.title(),
        row.get("VARIABLE_COMMENT"),
        context(name, type, row),
        type,
        number ? row.get("NUMERIC_MIN_VALUE") : null,
        number ? row.get("NUMERIC_MAX_VALUE") : null,
        choices(row),
        value != null && !value.equals(row.get("DEFAULT_VALUE")));
  }

  private static String type(String type) {
    var first = type.split(" ")[0];
    if (INTEGERS.contains(first)) {
      return "integer";
    }
    return switch (first) {
      case "BOOLEAN" -> "bool";
      case "DOUBLE" -> "real";
      case "ENUM" -> "enum";
      default -> "string";
    };
  }

  private static String context(String name, String type, Map<String, String> row) {
    if (isFixed(name, type) || !isOption(name, row)) {
      return "internal";
    }
    return row.get("READ_ONLY").equals("YES") ? "postmaster" : "user";
  }

  private static boolean isFixed(String name, String type) {
    return FIXED.matcher(name).matches() || type.equals("string") && FileVariables.isOne(name);
  }

  /// What no option sets would be lost with the next start. `default_time_zone` sets `time_zone`,
  /// `transaction_isolation` both of its names.
  private static boolean isOption(String name, Map<String, String> row) {
    return row.get("COMMAND_LINE_ARGUMENT") != null
        || name.equals("time_zone")
        || name.equals("tx_isolation")
        || name.equals("transaction_isolation")
        || Characters.isOne(name);
  }

  /// Lists of switches name each with its value; only the server knows those.
  private static List<String> choices(Map<String, String> row) {
    var list = row.get("ENUM_VALUE_LIST");
    return list == null || row.get("VARIABLE_TYPE").equals("FLAGSET")
        ? List.of()
        : List.of(list.split(","));
  }
}
