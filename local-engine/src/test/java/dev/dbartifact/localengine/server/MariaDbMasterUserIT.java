package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.mariadb.EngineStatements;
import java.net.InetAddress;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a master user on MariaDB can do, and what not.
class MariaDbMasterUserIT extends MariaDbHostFixture implements VolumesUnderTest.OnPlainFiles {
  private static final String ENGINE = System.getProperty("user.name");

  /// Each leads to the machine, to other clusters on it, or to a superuser.
  private static final List<String> REFUSED =
      List.of(
          "SELECT 1 INTO OUTFILE '/tmp/stolen'",
          "LOAD DATA INFILE '/etc/passwd' INTO TABLE shop.item",
          "SET GLOBAL general_log = 1",
          "SET GLOBAL max_connections = 9",
          "SET GLOBAL general_log_file = '/tmp/stolen'",
          "INSTALL SONAME 'ha_archive'",
          "INSTALL PLUGIN archive SONAME 'ha_archive'",
          "CREATE FUNCTION sys_exec RETURNS INT SONAME 'lib_mysqludf_sys.so'",
          "SHUTDOWN",
          "UPDATE mysql.global_priv SET Priv = json_set(Priv, '$.access', 549755813887)",
          "INSERT INTO mysql.global_priv (Host, User, Priv) VALUES ('%', 'thief', '{}')",
          "DELETE FROM mysql.db",
          "TRUNCATE mysql.proxies_priv",
          "DROP TABLE mysql.global_priv",
          "DROP DATABASE mysql",
          "ALTER TABLE mysql.global_priv ENGINE = InnoDB",
          "CREATE TABLE mysql.mine (id int)",
          "RENAME TABLE shop.item TO mysql.item",
          "CREATE OR REPLACE VIEW mysql.user AS SELECT 1",
          "CREATE TRIGGER shop.t BEFORE INSERT ON mysql.db FOR EACH ROW SET @a = 1",
          "CREATE PROCEDURE mysql.p() SELECT 1",
          "CREATE EVENT mysql.e ON SCHEDULE EVERY 1 DAY DO SELECT 1",
          "CREATE DEFINER = " + ENGINE + "@localhost PROCEDURE shop.p() SELECT 1",
          "CREATE DEFINER = " + ENGINE + "@localhost VIEW shop.v AS SELECT 1",
          "CREATE DEFINER = "
              + ENGINE
              + "@localhost EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1",
          "ALTER USER " + ENGINE + "@localhost IDENTIFIED BY 'known'",
          "ALTER USER " + ENGINE + "@localhost ACCOUNT LOCK",
          "ALTER USER " + ENGINE + "@LOCALHOST IDENTIFIED BY 'known'",
          "SET PASSWORD FOR " + ENGINE + "@localhost = PASSWORD('known')",
          "GRANT PROXY ON " + ENGINE + "@localhost TO adm",
          "GRANT ALL ON *.* TO app",
          "GRANT FILE ON *.* TO app",
          "GRANT SUPER ON *.* TO adm",
          "GRANT UPDATE ON *.* TO app",
          "GRANT UPDATE ON mysql.* TO app",
          "GRANT UPDATE ON mysql.global_priv TO app",
          "GRANT UPDATE (Priv) ON mysql.global_priv TO app",
          "GRANT ALL ON `%`.* TO app",
          "GRANT ALL ON `m%`.* TO app",
          "GRANT ALL ON `%l`.* TO app",
          "GRANT ALL ON `mysq_`.* TO app",
          "GRANT ALL ON `_____`.* TO app",
          "GRANT ALL ON `my_ql%`.* TO app",
          "GRANT ALL ON `_%`.* TO app",
          "GRANT ALL ON `mys\\ql`.* TO app",
          "GRANT ALL ON `m_%`.* TO team");

  private static final List<String> ALLOWED =
      List.of(
          "CREATE DATABASE my_db",
          "CREATE TABLE my_db.item (id int)",
          "CREATE DATABASE shops",
          "CREATE TABLE shops.item (id int)",
          "CREATE DATABASE MYSQ0",
          "GRANT ALL PRIVILEGES ON shop.* TO app",
          "GRANT ALL ON my_db.* TO app WITH GRANT OPTION",
          "GRANT ALL ON my_shop.* TO team",
          "GRANT ALL ON `my\\_shop`.* TO team",
          "GRANT ALL ON `shop%`.* TO team",
          "GRANT SELECT, PROCESS, RELOAD, REPLICATION CLIENT ON *.* TO app",
          "GRANT team TO app",
          "REVOKE team FROM app",
          "ALTER USER app IDENTIFIED BY 'changed'",
          "FLUSH PRIVILEGES",
          "FLUSH TABLES",
          "SHOW MASTER STATUS",
          "CREATE PROCEDURE shop.p() SELECT 1",
          "CREATE VIEW shop.v AS SELECT 1",
          "CREATE TRIGGER shop.t BEFORE INSERT ON shop.item FOR EACH ROW SET @a = 1",
          "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1",
          "DROP ROLE team",
          "DROP USER app",
          "DROP DATABASE my_db");

  private Listen listen;

  private void start(String masterUser) throws Exception {
    host.create(
        SOURCE,
        new NewDatabase(
            ServerKind.MARIADB, version(), masterUser, new Secret(PASSWORD), Optional.of("shop")));
    listen = freeAddress();
    host.start(SOURCE, listen);
    execute(
        masterUser,
        "CREATE TABLE shop.item (id int PRIMARY KEY)",
        "CREATE USER app IDENTIFIED BY 'app'",
        "CREATE ROLE team");
  }

  @Test
  void leadsNowhereOutsideOfItsDatabases() throws Exception {
    start("adm");

    assertAllRefused("adm");
    assertThat(value("adm", "SELECT load_file('/etc/passwd')")).isNull();
  }

  @Test
  void doesWhatRdsLetsItDo() throws Exception {
    start("adm");

    assertThat(outcomes("adm", ALLOWED))
        .allSatisfy((sql, failure) -> assertThat(failure).as(sql).isEmpty());
  }

  /// AWS takes that name, which the engine's account may have, too.
  @Test
  void isNoSuperuserUnderItsName() throws Exception {
    start(ENGINE);

    assertAllRefused(ENGINE);
    host.changeMasterPassword(
        SOURCE, ENGINE, Verifier.of(ServerKind.MARIADB, new Secret("an0ther")));
    assertThatThrownBy(() -> connect(ENGINE)).hasMessageContaining("Access denied");
  }

  @Test
  void gainsNothingFromTheAccountOfTheEngine() throws Exception {
    start("adm");
    outcomes(
        "adm",
        List.of(
            "ALTER USER 'mariadb.sys'@localhost IDENTIFIED BY '"
                + PASSWORD.replace("\\", "\\\\").replace("'", "''")
                + "' ACCOUNT UNLOCK",
            "RENAME USER 'mariadb.sys'@localhost TO sys@`%`",
            "RENAME USER " + ENGINE + "@localhost TO thief@`%`",
            "CREATE OR REPLACE USER thief@`%` IDENTIFIED BY '"
                + PASSWORD.replace("\\", "\\\\").replace("'", "''")
                + "'"));

    assertThat(value("thief", "SHOW GRANTS")).startsWith("GRANT USAGE ON *.* TO");
    assertThat(outcomes("sys", List.of("DELETE FROM mysql.global_priv", "DROP TABLE shop.item")))
        .allSatisfy((sql, failure) -> assertThat(failure).as(sql).contains("denied"));

    execute("adm", "FLUSH PRIVILEGES");
    host.changeMasterPassword(
        SOURCE, "adm", Verifier.of(ServerKind.MARIADB, new Secret("an0ther")));
  }

  /// Its host is an address, which every statement can name.
  @Test
  void gainsNothingFromTheAccountOfAReader() throws Exception {
    start("adm");
    var reader = new StorageId("reader");
    host.follow(
        SOURCE, reader, new Listen(InetAddress.ofLiteral("127.0.0.2"), listen.port()), Map.of());
    var account =
        value(
            "adm",
            "SELECT concat(User, '@', Host) FROM mysql.user WHERE User LIKE 'rdsrepladmin%'");
    var name = account.substring(0, account.indexOf('@'));
    execute("adm", "ALTER USER " + name + "@`127.0.0.1` IDENTIFIED BY 'known'");

    try (var connection = connect(name, "known")) {
      assertAllRefused(connection);
    }
    host.unfollow(SOURCE, reader);
  }

  /// What an engine made that knew nothing of the fence.
  @Test
  void isFencedInAtTheNextStartOfAnOlderDatabase() throws Exception {
    start("adm");
    EngineStatements.run(
        server(SOURCE),
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, CREATE USER ON *.* TO adm WITH GRANT OPTION",
        "GRANT ALL ON `%`.* TO app",
        "GRANT UPDATE ON mysql.global_priv TO app",
        "UPDATE mysql.global_priv SET Host = 'localhost' WHERE Host = 'LOCALHOST'");
    execute("adm", "UPDATE mysql.global_priv SET Priv = Priv", "CREATE TABLE mysql.mine (id int)");
    host.stop(SOURCE);
    Files.delete(volume(SOURCE).resolve("fence"));

    host.start(SOURCE, listen);

    assertAllRefused("adm");
    execute("adm", "INSERT INTO shop.item VALUES (1)");
    try (var connection = connect("app", "app")) {
      connection.createStatement().execute("INSERT INTO shop.item VALUES (2)");
      assertThatThrownBy(() ->
              connection.createStatement().execute("UPDATE mysql.global_priv SET Priv = Priv"))
          .hasMessageContaining("denied");
    }
  }

  private void assertAllRefused(String user) throws SQLException {
    try (var connection = connect(user)) {
      assertAllRefused(connection);
    }
  }

  private static void assertAllRefused(Connection connection) throws SQLException {
    assertThat(outcomes(connection, REFUSED))
        .allSatisfy((sql, failure) ->
            assertThat(failure)
                .as(sql)
                .containsAnyOf("denied", "Operation ALTER USER failed", "system tables"));
  }

  /// In no database.
  private Sql asks(String user, String password) {
    return new Sql(ServerKind.MARIADB, listen, user, password, "");
  }

  private Connection connect(String user) throws SQLException {
    return connect(user, PASSWORD);
  }

  private Connection connect(String user, String password) throws SQLException {
    return asks(user, password).connect();
  }

  private void execute(String user, String... statements) throws SQLException {
    asks(user, PASSWORD).execute(statements);
  }

  private String value(String user, String query) throws SQLException {
    return asks(user, PASSWORD).value(query);
  }

  /// Why each statement failed, by statement; empty where it did not.
  private Map<String, String> outcomes(String user, List<String> statements) throws SQLException {
    try (var connection = connect(user)) {
      return outcomes(connection, statements);
    }
  }

  private static Map<String, String> outcomes(Connection connection, List<String> statements)
      throws SQLException {
    var outcomes = new LinkedHashMap<String, String>();
    try (var statement = connection.createStatement()) {
      for (var sql : statements) {
        try {
          statement.execute(sql);
          outcomes.put(sql, "");
        } catch (SQLException e) {
          outcomes.put(sql, e.getMessage());
        }
      }
    }
    return outcomes;
  }
}
