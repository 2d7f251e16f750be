package dev.dbartifact.localengine.mariadb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of a server, as text. Small and idle by default: a machine holds many clones. What
/// keeps data safe (`innodb_flush_log_at_trx_commit`, the doublewrite buffer, checksums) stays on:
/// this is somebody's database.
///
/// @param role what it has to do with replication
/// @param volume its name, which tells it from others that replicate
/// @param address to listen on; several, with commas between, for a server that writes; nothing for
///   the private socket only
/// @param port of the address
/// @param tls what it needs to speak TLS; nothing for one that nobody reaches by an address
/// @param chosen by the user, in place of what the engine would choose
record MariaDbSettings(
    Role role,
    String volume,
    Optional<String> address,
    int port,
    Optional<MariaDbTls> tls,
    Map<String, String> chosen,
    MariaDbFiles files) {

  private static final String TIME_ZONE = "default_time_zone";

  /// Sessions of replicas begin with it, which ask their source for a few dozen rows first (`SHOW
  /// VARIABLES`), and end if they do not get them: it is 100 at least.
  private static final String JOIN_SIZE = "max_join_size";

  /// With a few KiB, MariaDB 10.11 crashes when it makes threads of its own, at the latest at its
  /// next start, and with 1 MiB no replica gets what its source logs: it is 10 MB at least.
  private static final String SESSION_MEMORY = "max_session_mem_used";

  private static final String LEAST_SESSION_MEMORY = "10000000";

  /// By the variables, which all versions have.
  private static final Map<String, String> OPTIONS =
      Map.of("time_zone", TIME_ZONE, "tx_isolation", "transaction_isolation");

  /// In place of MariaDB's own.
  static Map<String, String> defaults() {
    var settings = new LinkedHashMap<String, String>();
    memory(settings);
    storage(settings);
    sameAsAurora(settings);
    return settings;
  }

  private static void memory(Map<String, String> settings) {
    settings.put("max_connections", "100");
    settings.put("innodb_buffer_pool_size", "33554432");
    settings.put("innodb_log_buffer_size", "2097152");
    settings.put("innodb_read_io_threads", "2");
    settings.put("innodb_write_io_threads", "2");
    settings.put("aria_pagecache_buffer_size", "1048576");
    settings.put("key_buffer_size", "65536");
    settings.put("performance_schema", "0");
    settings.put("table_open_cache", "400");
    settings.put("table_definition_cache", "400");
    settings.put("thread_cache_size", "4");
  }

  private static void storage(Map<String, String> settings) {
    settings.put("innodb_log_file_size", "33554432");
    // The contexts of the kernel's asynchronous writes are few, and shared by all servers.
    settings.put("innodb_use_native_aio", "0");
    settings.put("innodb_temp_data_file_path", TemporarySpace.SIZE);
    settings.put("innodb_autoextend_increment", "1");
    settings.put("innodb_buffer_pool_dump_at_shutdown", "0");
    settings.put("innodb_buffer_pool_load_at_startup", "0");
  }

  private static void sameAsAurora(Map<String, String> settings) {
    settings.put("character_set_server", "utf8mb4");
    settings.put("collation_server", "utf8mb4_general_ci");
    settings.put(TIME_ZONE, "+00:00");
    settings.put("log_warnings", "1");
  }

  /// `my.cnf`
  String conf() {
    var settings = defaults();
    settings.putAll(role.defaults());
    tls.ifPresent(it -> settings.putAll(it.defaults()));
    Characters.agree(settings, chosen);
    chosen.forEach((name, value) -> {
      // A group that is older than this engine may hold names of files, and too long values.
      if (!Characters.isOfSessions(name)
          && !FileVariables.isOne(name)
          && !Role.asksForNoLog(name, value)
          && fits(name)) {
        settings.put(option(name), value);
      }
    });
    if (role != Role.ALONE) {
      settings.computeIfPresent(JOIN_SIZE, (_, size) -> size.length() < 3 ? "100" : size);
    }
    settings.computeIfPresent(
        SESSION_MEMORY,
        (_, size) -> size.length() < LEAST_SESSION_MEMORY.length() ? LEAST_SESSION_MEMORY : size);
    settings.remove(Role.BINARY_LOG);
    settings.putAll(role.fixed(volume));
    access(settings);
    return OptionFile.write(settings);
  }

  private boolean fits(String name) {
    return OptionFile.holds(option(name), chosen.get(name));
  }

  /// What was chosen and is left out, since no [OptionFile] can hold it.
  List<String> leftOut() {
    return chosen.keySet().stream().filter(name -> !fits(name)).sorted().toList();
  }

  /// Most variables are named as the options that set them.
  private static String option(String variable) {
    return OPTIONS.getOrDefault(variable, variable);
  }

  /// The variable that an option sets.
  static String variable(String option) {
    return OPTIONS.entrySet().stream()
        .filter(each -> each.getValue().equals(option))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(option);
  }

  private void access(Map<String, String> settings) {
    settings.put("socket", files.socket().toString());
    settings.put("pid_file", files.pidFile().toString());
    settings.put("tmpdir", files.temporary().toString());
    // Whoever comes to the right FILE all the same reads and writes no other file of the machine.
    settings.put("secure_file_priv", files.temporary().toString());
    settings.put("log_error", files.errorLog().toString());
    settings.put("general_log_file", GrowingLog.GENERAL.in(files).toString());
    settings.put("slow_query_log_file", GrowingLog.SLOW.in(files).toString());
    // Or whoever creates a table says where in the machine its files lie.
    settings.put("symbolic_links", "0");
    settings.put("port", Integer.toString(port));
    settings.put("bind_address", address.orElse("127.0.0.1"));
    settings.put("skip_networking", address.isPresent() ? "0" : "1");
    settings.put("skip_name_resolve", "1");
    tls.ifPresent(it -> settings.putAll(it.fixed()));
    settings.put("init_file", files.startScript().toString());
  }
}
