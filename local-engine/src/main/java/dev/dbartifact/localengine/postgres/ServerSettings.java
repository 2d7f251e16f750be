package dev.dbartifact.localengine.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The settings of a server, as texts. Small and idle by default: a machine holds many clones. What
/// keeps data safe (`fsync`, `full_page_writes`, checksums) stays on: this is somebody's database.
///
/// @param major of the PostgreSQL version
/// @param name shown in the process list
/// @param address the one address to listen on; nothing for the private socket only
/// @param port of the address, and in the name of the private socket
/// @param copyOnWrite whether the file system writes every block to a new place, so that reused WAL
///   files gain nothing
record ServerSettings(
    int major,
    String name,
    Optional<String> address,
    int port,
    boolean copyOnWrite,
    ServerFiles files) {

  /// The name of the only superuser. It exists for the engine alone, as on RDS.
  static final String SUPERUSER = "rdsadmin";

  /// `postgresql.conf`
  String conf() {
    var settings = new LinkedHashMap<String, String>();
    access(settings);
    memory(settings);
    storage(settings);
    log(settings);
    return settings.entrySet().stream()
        .map(setting ->
            "%s = '%s'\n".formatted(setting.getKey(), setting.getValue().replace("'", "''")))
        .collect(Collectors.joining());
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
    settings.put("max_connections", "100");
  }

  private void memory(Map<String, String> settings) {
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
    settings.put("min_wal_size", "32MB");
    settings.put("max_wal_size", "1GB");
    if (major >= 14) {
      settings.put("recovery_init_sync_method", "syncfs");
    }
    if (copyOnWrite) {
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
  /// password only.
  String accessRules() {
    return """
    local all         %1$s peer map=engine
    local all         all  reject
    host  all         %1$s all reject
    host  replication all  all reject
    host  all         all  all scram-sha-256
    """
        .formatted(SUPERUSER);
  }

  /// `pg_ident.conf`: which user of the operating system is the superuser.
  String userMap(String engineUser) {
    return "engine \"%s\" %s\n".formatted(engineUser, SUPERUSER);
  }
}
