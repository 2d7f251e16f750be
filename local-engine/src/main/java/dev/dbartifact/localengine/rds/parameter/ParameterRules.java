package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.compute.EffectiveParameters;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.ServerParameter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.Parameter;

/// What RDS says of a server's settings: which can be changed, when that counts, and to what. Pure.
final class ParameterRules {

  private static final String SECURE_TRANSPORT = "require_secure_transport";

  private static final List<String> LOG_LEVELS =
      List.of(
          "disabled",
          "debug5",
          "debug4",
          "debug3",
          "debug2",
          "debug1",
          "info",
          "notice",
          "warning",
          "error",
          "log",
          "fatal",
          "panic");

  /// Whoever changed these could lose the data, the server or the engine's way to it.
  private static final Pattern FIXED_CATEGORIES =
      Pattern.compile(
          "Developer Options|Preset Options|File Locations|Error Handling"
              + "|Connections and Authentication / (SSL|Authentication)"
              + "|Replication / (Primary Server|Standby Servers)"
              + "|Reporting and Logging / (Where to Log|Process Title)"
              + "|Client Connection Defaults / Other Defaults"
              + "|Write-Ahead Log / (Archive Recovery|Archiving|Recovery|Recovery Target"
              + "|Summarization)");

  /// Of PostgreSQL's; those of MariaDB are said to be internal by the server's part.
  private static final Set<String> FIXED =
      Set.of(
          "allow_alter_system",
          "bonjour",
          "bonjour_name",
          "default_tablespace",
          "dynamic_shared_memory_type",
          "event_triggers",
          "fsync",
          "full_page_writes",
          "huge_page_size",
          "huge_pages",
          "io_method",
          "jit_provider",
          "lc_messages",
          "listen_addresses",
          "local_preload_libraries",
          "log_line_prefix",
          "max_wal_senders",
          "output_plugin_libraries",
          "port",
          "reserved_connections",
          "session_preload_libraries",
          "session_replication_role",
          "shared_memory_type",
          "stats_temp_directory",
          "superuser_reserved_connections",
          "temp_tablespaces",
          "transaction_deferrable",
          "transaction_isolation",
          "transaction_read_only",
          "unix_socket_directories",
          "unix_socket_group",
          "unix_socket_permissions",
          "wal_init_zero",
          "wal_level",
          "wal_recycle",
          "wal_sync_method");

  /// What users choose of how TLS is spoken. Not ciphers, nor the latest version: a server that
  /// cannot make do with them reads no new certificate either, and only its log says so.
  private static final Set<String> OF_TLS = Set.of("ssl_min_protocol_version");

  /// See "Aurora PostgreSQL cluster-level parameters" and "Aurora MySQL configuration parameters"
  /// in the Aurora User Guide: these belong to the cluster's storage and are no parameters of an
  /// instance.
  private static final Pattern OF_CLUSTERS_ONLY =
      Pattern.compile(
          "autovacuum.*|array_nulls|checkpoint_.*|(min|max)_wal_size|fsync|full_page_writes"
              + "|max_(logical_replication_workers|prepared_transactions|replication_slots"
              + "|sync_workers_per_subscription|wal_senders)"
              + "|password_encryption|rds\\.(force_ssl|logical_replication|restrict_password_commands)|binlog_.*|time_zone|innodb_(autoinc_lock_mode|default_row_format|file_per_table)|timezone|track_commit_timestamp|wal_.*|synchronous_.*");

  private ParameterRules() {}

  static boolean ofInstances(String name) {
    return !OF_CLUSTERS_ONLY.matcher(name).matches();
  }

  private static boolean isModifiable(ServerParameter of) {
    return OF_TLS.contains(of.name())
        || !of.context().equals("internal")
            && (of.server() != ServerKind.POSTGRESQL || !isFixed(of));
  }

  private static boolean isFixed(ServerParameter of) {
    return FIXED_CATEGORIES.matcher(of.category()).matches() || FIXED.contains(of.name());
  }

  private static ServerParameter logicalReplication() {
    return new ServerParameter(
        EffectiveParameters.LOGICAL_REPLICATION,
        "off",
        null,
        "Replication / Sending Servers",
        "Enables logical decoding.",
        "postmaster",
        "bool",
        null,
        null,
        List.of(),
        false);
  }

  /// Those of RDS that no server has: see "Parameters for RDS for PostgreSQL" in the RDS User Guide
  /// and "Aurora PostgreSQL parameters" in the Aurora User Guide. Besides `rds.logical_replication`
  /// and `rds.force_ssl` they change nothing here.
  static List<ServerParameter> ofRds(EngineVersion version) {
    return List.of(
        logicalReplication(),
        levels("rds.force_admin_logging_level", "Logs what the administrator of RDS does."),
        levels("rds.force_autovacuum_logging_level", "Logs what autovacuum does."),
        forcedTls(version.requiresTls()),
        ofRds(
            "rds.log_retention_period",
            "Sets after how many minutes logs are deleted.",
            "sighup",
            "integer",
            "1440",
            "10080",
            List.of()),
        ofRds(
            "rds.restrict_password_commands",
            "Restricts who may change passwords to members of rds_password.",
            "postmaster",
            "bool",
            null,
            null,
            List.of()));
  }

  private static ServerParameter forcedTls(boolean on) {
    return new ServerParameter(
        EffectiveParameters.FORCE_SSL,
        on ? "on" : null,
        null,
        "RDS",
        "Force SSL connections.",
        "sighup",
        "bool",
        null,
        null,
        List.of(),
        on);
  }

  /// As RDS shows a parameter of the server, with its own default: see [EngineVersion#requiresTls].
  /// Clusters of Aurora MySQL switch TLS with words ("Requiring TLS connections to Aurora MySQL DB
  /// clusters" in the Aurora User Guide), instances with digits. PostgreSQL reserves some
  /// connections, and does not start without any other: "Maximum number of database connections" in
  /// the Amazon RDS User Guide begins with six.
  static ServerParameter onRds(ServerParameter of, EngineVersion version) {
    if (of.name().equals("max_connections") && version.engine().server() == ServerKind.POSTGRESQL) {
      return of.atLeast("6");
    }
    if (of.name().equals("binlog_format") && version.engine() == Engine.AURORA_MYSQL) {
      return withOff(of);
    }
    if (!of.name().equals(SECURE_TRANSPORT)) {
      return of;
    }
    if (version.engine() == Engine.AURORA_MYSQL) {
      return of.asOneOf(of.value().toUpperCase(Locale.ROOT), List.of("ON", "OFF"));
    }
    return version.requiresTls() ? of.chosenAs("on") : of;
  }

  /// "Configuring Aurora MySQL binary logging" in the Aurora User Guide: `OFF`, which is the
  /// default, switches the log off. The server's is there all the same, for readers.
  private static ServerParameter withOff(ServerParameter format) {
    var all = Stream.concat(format.choices().stream(), Stream.of("OFF"));
    return format.asOneOf("OFF", all.toList());
  }

  private static ServerParameter levels(String name, String description) {
    return ofRds(name, description, "sighup", "enum", null, null, LOG_LEVELS);
  }

  private static ServerParameter ofRds(
      String name,
      String description,
      String context,
      String type,
      String least,
      String most,
      List<String> choices) {
    return new ServerParameter(
        name, null, null, "RDS", description, context, type, least, most, choices, false);
  }

  /// As a group shows it for which nobody has set it.
  static Parameter describe(ServerParameter of) {
    var modifiable = isModifiable(of);
    return Parameter.builder()
        .parameterName(of.name())
        .parameterValue(of.chosen() && modifiable ? shown(of) : null)
        .description(of.unit() == null ? of.description() : inUnit(of))
        .source(of.chosen() ? "system" : "engine-default")
        .applyType(of.context().equals("postmaster") ? "static" : "dynamic")
        .dataType(dataType(of))
        .allowedValues(AllowedValues.shown(of))
        .isModifiable(modifiable)
        .applyMethod("pending-reboot")
        .supportedEngineModes("provisioned")
        .build();
  }

  private static String inUnit(ServerParameter of) {
    return "(%s) %s".formatted(of.unit(), of.description());
  }

  private static String shown(ServerParameter of) {
    return of.type().equals("bool") ? of.value().equals("on") ? "1" : "0" : of.value();
  }

  private static String dataType(ServerParameter of) {
    return switch (of.type()) {
      case "bool" -> "boolean";
      case "integer" -> "integer";
      case "real" -> "float";
      default -> of.name().equals("shared_preload_libraries") ? "list" : "string";
    };
  }

  /// @throws RuntimeException the fault of RDS, where the parameter cannot have that value
  static void check(ServerParameter of, String value) {
    if (!isModifiable(of)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The parameter %s cannot be modified.", of.name());
    }
    if (!AllowedValues.include(of, value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid parameter value: %s for: %s allowed values are: %s",
          value, of.name(), AllowedValues.shown(of));
    }
  }
}
