package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

  /// What of [#PRIVILEGES] the [Fence] leaves on all databases.
  private static final String EVERYWHERE =
      "SELECT, RELOAD, PROCESS, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT, SLAVE MONITOR,"
          + " SHOW VIEW, CREATE USER";

  /// Sets the password by what the server keeps in its place, and restores the rights that the user
  /// began with, whatever has become of them; one that is gone, or has another name, is made again.
  /// The user of any host it is: "only resetting the one not tied to a specific host", as RDS says.
  /// See "Master user account privileges" in the Aurora User Guide.
  ///
  /// At no time there are rights that the [Fence] would take away. Of rights on single databases,
  /// which users can give themselves, those go that hide what the patterns give: see [#hiding].
  ///
  /// @param session with a server that has a fence
  static void restore(MariaDbSession session, String name, String verifier) throws IOException {
    var user = Quoted.name(name) + "@`%`";
    var login = "identified via mysql_native_password using '%s'".formatted(verifier);
    session.execute("create user if not exists %s %s".formatted(user, login));
    session.execute("alter user %s %s account unlock".formatted(user, login));
    session.execute("grant %s on *.* to %s with grant option".formatted(EVERYWHERE, user));
    for (var pattern : lost(session, name)) {
      session.execute(
          "grant %s on %s.* to %s with grant option"
              .formatted(Fence.privileges(), Quoted.name(pattern), user));
    }
    for (var database : hiding(session, name)) {
      session.execute(
          "revoke %s, grant option on %s.* from %s"
              .formatted(Fence.privileges(), Quoted.name(database), user));
    }
  }

  private static List<String> lost(MariaDbSession session, String name) throws IOException {
    var whole = databases(session, Fence.whole() + " and", name);
    return Fence.patterns().stream().filter(each -> !whole.contains(each)).toList();
  }

  /// What of the user's lacks some of the rights that patterns give on the same databases. The
  /// server goes by the entry that fits a database's name most closely, and by no other (`acl_get`
  /// in `sql/sql_acl.cc` of MariaDB): whoever grants himself SELECT on `shop` cannot write there
  /// any more.
  private static Set<String> hiding(MariaDbSession session, String name) throws IOException {
    var hiding = new TreeSet<>(databases(session, "select Db from mysql.db where", name));
    hiding.removeAll(databases(session, Fence.whole() + " and", name));
    Fence.patterns().forEach(hiding::remove);
    return hiding;
  }

  private static Set<String> databases(MariaDbSession session, String query, String name)
      throws IOException {
    return session.rows(query + " Host = '%' and User = " + Quoted.text(name)).stream()
        .map(row -> row.get("Db"))
        .collect(Collectors.toSet());
  }

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
