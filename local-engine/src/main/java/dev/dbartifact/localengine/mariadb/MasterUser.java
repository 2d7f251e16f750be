package dev.dbartifact.localengine.mariadb;

import java.util.Optional;

/// The user who may do what RDS lets its customers do, and the database that it begins with.
///
/// @param verifier what the server keeps in place of the password, see [PasswordHash]
/// @param database nothing for none
public record MasterUser(String name, String verifier, Optional<String> database) {

  /// "Master user account privileges" in the Aurora User Guide, as far as MariaDB has them: not
  /// SUPER, FILE or SHUTDOWN, nor CONNECTION ADMIN, which would change settings of the server. On
  /// all databases at first; the [Fence] takes `mysql` away.
  private static final String PRIVILEGES =
      String.join(
          ", ",
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "DELETE HISTORY",
          "CREATE",
          "DROP",
          "RELOAD",
          "PROCESS",
          "REFERENCES",
          "INDEX",
          "ALTER",
          "SHOW DATABASES",
          "CREATE TEMPORARY TABLES",
          "LOCK TABLES",
          "EXECUTE",
          "REPLICATION SLAVE",
          "REPLICATION CLIENT",
          "SLAVE MONITOR",
          "CREATE VIEW",
          "SHOW VIEW",
          "CREATE ROUTINE",
          "ALTER ROUTINE",
          "CREATE USER",
          "EVENT",
          "TRIGGER");

  /// One statement a line.
  String sql() {
    var sql =
        """
        flush privileges;
        create user %1$s@`%%` identified via mysql_native_password using '%2$s';
        grant %3$s on *.* to %1$s@`%%` with grant option;
        """
            .formatted(Quoted.name(name), verifier, PRIVILEGES);
    return database
        .map(made -> sql + "create database if not exists %s;\n".formatted(Quoted.name(made)))
        .orElse(sql);
  }
}
