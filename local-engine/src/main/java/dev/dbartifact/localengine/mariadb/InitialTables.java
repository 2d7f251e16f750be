package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The SQL by which an empty database gets the tables of the system and the one account that is the
/// engine's. As `mariadb-install-db` does it, which ships with more than the server.
record InitialTables(MariaDbInstallation installation) {
  /// Their names begin with `mysql_` up to 10.11, with `mariadb_` after that.
  private static final List<String> SCRIPTS =
      List.of(
          "_system_tables.sql",
          "_performance_tables.sql",
          "_system_tables_data.sql",
          "_sys_schema.sql");

  private static final List<String> PREFIXES = List.of("mysql", "mariadb");

  static boolean areIn(Path folder) {
    return PREFIXES.stream()
        .anyMatch(prefix ->
            SCRIPTS.stream().allMatch(script -> Files.exists(folder.resolve(prefix + script))));
  }

  /// The server reads a statement a line here, or up to its delimiter.
  ///
  /// @param engineUser of the operating system: who is it at the other end of a unix socket is that
  ///   account of the database
  String sql(String engineUser) throws IOException {
    var sql =
        new StringBuilder(
            """
            create database mysql;
            use mysql;
            set @auth_root_socket=null;
            """);
    for (var script : SCRIPTS) {
      sql.append(Files.readString(file(script))).append('\n');
    }
    sql.append(
        """
        delete from mysql.global_priv where User <> 'mariadb.sys';
        delete from mysql.proxies_priv;
        flush privileges;
        create user %1$s@localhost identified via unix_socket;
        grant all on *.* to %1$s@localhost with grant option;
        """
            .formatted(Quoted.name(engineUser)));
    sql.append(EngineAccount.room()).append(";\n");
    return sql.toString();
  }

  private Path file(String script) throws IOException {
    return PREFIXES.stream()
        .map(prefix -> installation.scripts().resolve(prefix + script))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () -> new IOException("There is no *" + script + " in " + installation.scripts()));
  }
}
