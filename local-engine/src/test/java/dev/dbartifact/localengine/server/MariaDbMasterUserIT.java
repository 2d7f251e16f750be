package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a master user on MariaDB can do, and what not.
class MariaDbMasterUserIT extends MariaDbUsersFixture {
  /// Each leads to the machine, to other clusters on it, or to a superuser.
  private static final List<String> REFUSED =
      List.of(
          "SELECT 1 INTO OUTFILE '/tmp/stolen'",
          "LOAD DATA INFILE '/etc/passwd' INTO TABLE shop.item",
          "SET GLOBAL general_log = 1",
          "SET GLOBAL max_connections = 9",
          "SET GLOBAL general_log_file = '/tmp/stolen'",
          "SET GLOBAL slow_query_log_file = '/tmp/stolen'",
          "SET GLOBAL log_output = 'FILE'",
          "SET GLOBAL init_connect = 'SELECT 1'",
          "SET GLOBAL event_scheduler = 1",
          "SET GLOBAL proxy_protocol_networks = '*'",
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

  /// See "Master user account privileges" in the Aurora User Guide.
  @Test
  void getsItsRightsBackWithANewPassword() throws Exception {
    start("adm");
    var before = grants();
    execute("adm", "REVOKE ALL PRIVILEGES, GRANT OPTION FROM adm");
    assertThat(grants()).isNotEqualTo(before);

    setPassword();

    assertThat(grants()).isEqualTo(before);
    assertAllRefused("adm");
  }

  @Test
  void isMadeAgainWithANewPasswordWhereItIsGone() throws Exception {
    start("adm");
    var before = grants();
    execute("adm", "RENAME USER adm TO former");

    setPassword();

    assertThat(grants()).isEqualTo(before);
    assertAllRefused("adm");
  }

  private void setPassword() throws Exception {
    host.changeMasterPassword(SOURCE, "adm", Verifier.of(ServerKind.MARIADB, new Secret(PASSWORD)));
  }

  /// Without the roles, which it has made itself.
  private List<String> grants() throws Exception {
    var grants = new TreeSet<String>();
    try (var connection = connect("adm");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        if (rows.getString(1).contains(" ON ")) {
          grants.add(rows.getString(1));
        }
      }
    }
    return List.copyOf(grants);
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

  /// The setting `symbolic_links` is off.
  @Test
  void sayNotWhereInTheMachineFilesLie(@TempDir Path elsewhere) throws Exception {
    start("adm");
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
    var data = "DATA DIRECTORY = '%s'".formatted(elsewhere);
    var both = data + " INDEX DIRECTORY = '%s'".formatted(elsewhere);

    execute(
        "adm",
        "CREATE TABLE shop.inno (id int) ENGINE = InnoDB " + data,
        "CREATE TABLE shop.aria (id int) ENGINE = Aria " + both,
        "CREATE TABLE shop.myisam (id int) ENGINE = MyISAM " + both,
        "CREATE TABLE shop.parts (id int) PARTITION BY HASH (id) (PARTITION one %s)"
            .formatted(data),
        "ALTER TABLE shop.item " + data);

    assertThat(elsewhere).isEmptyDirectory();
  }

  /// A driver sends the files of its own machine that a server asks for.
  @Test
  void theEnginesOwnSessionsSendNoFilesEither(@TempDir Path folder) throws Exception {
    start("adm");
    var file = Files.writeString(folder.resolve("canary"), "7\n");

    assertThatThrownBy(
            () -> asSuperuser("LOAD DATA LOCAL INFILE '%s' INTO TABLE shop.item".formatted(file)))
        .isInstanceOf(IOException.class);

    assertThat(value("adm", "SELECT count(*) FROM shop.item")).isEqualTo("0");
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

  /// It may do more than a master user, and its host is longer than one that statements can name.
  @Test
  void cannotTakeTheAccountOfAReader() throws Exception {
    start("adm");
    var reader = new StorageId("reader");
    host.follow(
        SOURCE, reader, new Listen(InetAddress.ofLiteral("127.0.0.2"), listen.port()), Map.of());
    var name = value("adm", "SELECT User FROM mysql.global_priv WHERE User LIKE 'rdsrepladmin%'");

    assertThat(
            outcomes(
                "adm",
                Stream.of(
                        "ALTER USER %s@`127.0.0.1` IDENTIFIED BY 'known'",
                        "SET PASSWORD FOR %s@`127.0.0.1` = PASSWORD('known')",
                        "RENAME USER %s@`127.0.0.1` TO thief",
                        "UPDATE mysql.global_priv SET Host = '127.0.0.1' WHERE User = '%s'",
                        "DELETE FROM mysql.global_priv WHERE User = '%s'")
                    .map(sql -> sql.formatted(name))
                    .toList()))
        .allSatisfy((sql, failure) -> assertThat(failure).as(sql).isNotEmpty());
    host.unfollow(SOURCE, reader);
  }

  /// What an engine made that knew nothing of the fence.
  @Test
  void isFencedInAtTheNextStartOfAnOlderDatabase() throws Exception {
    start("adm");
    asSuperuser(
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, CREATE USER ON *.* TO adm WITH GRANT OPTION",
        "GRANT ALL ON `%`.* TO app",
        "GRANT UPDATE ON mysql.global_priv TO app",
        "UPDATE mysql.global_priv SET Host = 'localhost' WHERE User = '%s'".formatted(ENGINE));
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
}
