package dev.dbartifact.localengine.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The settings of a server, as texts. Small and idle by default: a machine holds many clones. What
/// keeps data safe (`fsync`, `full_page_writes`, checksums) stays on: this is somebody's database.
///
/// @param major of the PostgreSQL version
/// @param name shown in the process list
/// @param address what to listen on, one address or several with commas between; nothing for the
///   private socket only
/// @param port of the address, and in the name of the private socket
/// @param tls what it needs to speak TLS; nothing for one that nobody reaches by an address
/// @param chosen by the user, in place of what the engine would choose
record ServerSettings(
    int major,
    String name,
    Optional<String> address,
    int port,
    Optional<ServerTls> tls,
    ServerStorage disk,
    Map<String, String> chosen,
    ServerFiles files) {

  /// The name of the only superuser. It exists for the engine alone, as on RDS.
  static final String SUPERUSER = "rdsadmin";

  /// What a standby needs besides, in the same directory.
  static final String STANDBY = "standby.conf";

  /// Beside `postgresql.conf`, and in place of it while it is there; see [FirstStart].
  static final String FIRST_START = "first-start.conf";

  /// `postgresql.conf`
  String conf() {
    var settings = new LinkedHashMap<String, String>();
    memory(settings);
    storage(settings);
    settings.putAll(chosen);
    shown(settings);
    access(settings);
    log(settings);
    return settings.entrySet().stream()
        .map(setting -> line(setting.getKey(), setting.getValue()))
        .collect(
            Collectors.joining(
                "",
                "",
                included(STANDBY) + included(FIRST_START) + included(AuroraFunctions.SETTINGS)));
  }

  /// As it stands in `postgresql.conf`.
  List<String> listening() {
    var lines = new ArrayList<String>();
    lines.add(line("listen_addresses", address.orElse("")));
    tls.ifPresent(it -> it.settings().forEach((name, value) -> lines.add(line(name, value))));
    return lines;
  }

  private static String line(String name, String value) {
    return "%s = '%s'\n".formatted(name, quoted(value));
  }

  private static String included(String file) {
    return "include_if_exists '" + file + "'\n";
  }

  /// The server reads backslashes as C does.
  static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("'", "''");
  }

  private void access(Map<String, String> settings) {
    settings.put("cluster_name", name);
    settings.put("listen_addresses", address.orElse(""));
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", files.socket().toString());
    settings.put("unix_socket_permissions", "0700");
    settings.put("hba_file", files.settings().resolve("pg_hba.conf").toString());
    settings.put("ident_file", files.settings().resolve("pg_ident.conf").toString());
    settings.put("password_encryption", "scram-sha-256");
    tls.ifPresent(it -> settings.putAll(it.settings()));
  }

  /// What is asked by its name on RDS (`SHOW rds.force_ssl`). To the server these are words without
  /// a meaning, which a session may change for itself.
  private void shown(Map<String, String> settings) {
    settings.put("rds.logical_replication", onOrOff("logical".equals(settings.get("wal_level"))));
    tls.ifPresent(it -> settings.put("rds.force_ssl", onOrOff(it.required())));
  }

  private static String onOrOff(boolean on) {
    return on ? "on" : "off";
  }

  private void memory(Map<String, String> settings) {
    settings.put("max_connections", "100");
    settings.put("shared_buffers", "32MB");
    settings.put("huge_pages", "off");
    settings.put("jit", "off");
    settings.put("dynamic_shared_memory_type", "posix");
    if (major >= 18) {
      settings.put("io_method", "sync");
    }
  }

  private void storage(Map<String, String> settings) {
    settings.put("wal_level", "replica");
    // As many standbys as Aurora has, and the backups and clones that go on meanwhile.
    settings.put("max_wal_senders", "20");
    settings.put("max_replication_slots", "20");
    if (major >= 13) {
      // A standby that lags behind by more is made anew; its source must not fill the disk.
      settings.put("max_slot_wal_keep_size", disk.keptLogMib() + "MB");
    }
    settings.put("min_wal_size", "32MB");
    settings.put("max_wal_size", disk.logMib() + "MB");
    if (major >= 14) {
      settings.put("recovery_init_sync_method", "syncfs");
    }
    if (disk.copyOnWrite()) {
      settings.put("wal_recycle", "off");
      settings.put("wal_init_zero", "off");
    }
  }

  private void log(Map<String, String> settings) {
    settings.put("logging_collector", "on");
    settings.put("log_directory", files.log().toString());
    settings.put("log_filename", "postgres-%a.log");
    settings.put("log_rotation_age", "1d");
    settings.put("log_rotation_size", "0");
    settings.put("log_truncate_on_rotation", "on");
    settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
    settings.put("lc_messages", "C");
  }

  /// `pg_hba.conf`: the superuser through the private socket only, everybody else by address and
  /// password only, and not into the engine's database. Where TLS is required there is no rule for
  /// those without: the server says so in the words that clients of RDS know.
  String accessRules() {
    var users = tls.filter(ServerTls::required).isPresent() ? "hostssl" : "host";
    return """
    local replication %2$s peer map=standby
    local all         %1$s peer map=engine
    local all         %5$s peer map=engine
    local all         all  reject
    host  all         %1$s all reject
    host  all         %2$s all reject
    host  %3$s    all all reject
    host  replication all  all reject
    %4$s all all all scram-sha-256
    """
        .formatted(SUPERUSER, Standby.USER, Foundation.DATABASE, users, Restorer.USER);
  }

  /// `pg_ident.conf`: which user of the operating system is the superuser, and which one runs
  /// standbys.
  String userMap(String engineUser, String serverUser) {
    return """
    engine "%1$s" %2$s
    engine "%1$s" %3$s
    standby "%4$s" %5$s
    """
        .formatted(engineUser, SUPERUSER, Restorer.USER, serverUser, Standby.USER);
  }
}
