package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who may create users may rename, alter and drop them. The engine's account is out of their
/// reach.
class MariaDbEngineAccountIT extends MariaDbUsersFixture {
  private static final String OWN_HOST = "localhost" + "%".repeat(247);
  private static final String ELSEWHERE = "127.0.0.2";

  /// Under which statements might look for it.
  private static final List<String> HOSTS =
      List.of(
          "localhost",
          "LOCALHOST",
          "l\\\\ocalhost",
          "%",
          "localhost%",
          "",
          OWN_HOST,
          OWN_HOST.substring(1),
          OWN_HOST.substring(0, 255));

  private static final List<String> STATEMENTS =
      List.of(
          "ALTER USER %s IDENTIFIED BY 'known'",
          "ALTER USER %s IDENTIFIED VIA mysql_native_password USING ''",
          "ALTER USER %s ACCOUNT LOCK",
          "ALTER USER %s REQUIRE SSL",
          "ALTER USER %s PASSWORD EXPIRE",
          "ALTER USER %s WITH MAX_QUERIES_PER_HOUR 1",
          "SET PASSWORD FOR %s = PASSWORD('known')",
          "SET DEFAULT ROLE NONE FOR %s",
          "GRANT SELECT ON shop.* TO %s",
          "GRANT team TO %s",
          "GRANT PROXY ON %s TO adm",
          "GRANT PROXY ON adm TO %s",
          "REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s",
          "CREATE ROLE crew WITH ADMIN %s",
          "CREATE DEFINER = %s PROCEDURE shop.theirs() SET GLOBAL max_connections = 9",
          "CREATE DEFINER = %s FUNCTION shop.theirs() RETURNS int RETURN load_file('/etc/passwd')",
          "CREATE DEFINER = %s VIEW shop.theirs AS SELECT * FROM mysql.global_priv",
          "CREATE DEFINER = %s TRIGGER shop.theirs BEFORE INSERT ON shop.item FOR EACH ROW SET @a = 1",
          "CREATE DEFINER = %s EVENT shop.theirs ON SCHEDULE EVERY 1 SECOND DO SET GLOBAL max_connections = 9",
          "RENAME USER %s TO thief@`%%`",
          "DROP USER IF EXISTS thief",
          "CREATE USER IF NOT EXISTS thief IDENTIFIED BY 'known'",
          "DROP USER IF EXISTS %s");

  @Test
  void noStatementReachesIt() throws Exception {
    start("adm");
    for (var host : HOSTS) {
      var account = "`%s`@'%s'".formatted(ENGINE, host);
      outcomes("adm", STATEMENTS.stream().map(each -> each.formatted(account)).toList());
      assertTheEngineIsIn();
    }
    outcomes("adm", List.of("CREATE USER IF NOT EXISTS thief IDENTIFIED BY 'known'"));
    try (var thief = connect("thief", "known")) {
      assertThat(
              outcomes(thief, List.of("SET GLOBAL max_connections = 9", "SELECT * FROM shop.item")))
          .allSatisfy((sql, failure) -> assertThat(failure).as(sql).contains("denied"));
    }

    assertThat(value("adm", "SELECT count(*) FROM mysql.user WHERE Host LIKE 'localhost%'"))
        .as("mariadb.sys, and no other that programs would ask for")
        .isEqualTo("1");
    execute("adm", "FLUSH PRIVILEGES");
    assertTheEngineIsIn();
    host.stop(SOURCE);
    assertTheEngineIsIn();
    host.start(SOURCE, listen);
    assertTheEngineIsIn();
  }

  /// Once a name means another account, sessions and routines of the former one have its rights.
  @Test
  void whatItMayDoGoesToNobodyElse() throws Exception {
    start("adm");
    execute(
        "adm",
        "GRANT ALL ON shop.* TO app",
        "GRANT SELECT ON mysql.* TO app",
        "GRANT EXECUTE ON shop.* TO app");
    try (var app = connect("app", "app")) {
      app.createStatement().execute("CREATE PROCEDURE shop.rise() SET GLOBAL max_connections = 9");
      app.createStatement().execute("CREATE VIEW shop.all_users AS SELECT * FROM mysql.db");
      outcomes(
          "adm",
          List.of("DROP USER app", "RENAME USER `%s`@localhost TO app@`%%`".formatted(ENGINE)));

      assertThat(
              outcomes(
                  app,
                  List.of(
                      "SET ROLE NONE",
                      "SET GLOBAL max_connections = 9",
                      "CREATE USER another",
                      "SELECT load_file('/etc/passwd') INTO OUTFILE '/tmp/stolen'",
                      "CALL shop.rise()")))
          .allSatisfy((sql, failure) ->
              assertThat(failure).as(sql).containsAnyOf("denied", "invalid", "not exist"));
    }
    assertThat(outcomes("adm", List.of("CALL shop.rise()", "SELECT * FROM shop.all_users")))
        .allSatisfy((sql, failure) ->
            assertThat(failure).as(sql).containsAnyOf("denied", "not exist", "references invalid"));
    assertThat(value("adm", "SELECT @@max_connections")).isEqualTo("100");
  }

  /// Nobody comes upon that by chance, not even by these.
  @Test
  void accountsThatWouldBeInItsWayAreNotMade() throws Exception {
    start("adm");

    assertThat(
            outcomes(
                "adm",
                List.of(
                    "CREATE USER `%s`@localhost IDENTIFIED BY 'known'".formatted(ENGINE),
                    "CREATE USER ''@localhost",
                    "RENAME USER app TO `%s`@localhost".formatted(ENGINE))))
        .allSatisfy((sql, failure) -> assertThat(failure).as(sql).isNotEmpty());
    execute(
        "adm",
        "CREATE USER `%s`@`127.0.0.%%`".formatted(ENGINE),
        "CREATE USER IF NOT EXISTS `%s`@localhost".formatted(ENGINE),
        "CREATE USER app@localhost");
    assertTheEngineIsIn();
  }

  @Test
  void whatIsInItsWayOnPurposeIsGoneWithTheNextStart() throws Exception {
    start("adm");
    execute("adm", "CREATE USER ''@`10.%`", "CREATE USER app@localhost");
    for (var account : inTheWay()) {
      execute("adm", "DROP USER IF EXISTS " + account.split(" ")[0], "CREATE USER " + account);

      assertThatThrownBy(this::assertTheEngineIsIn, account)
          .isInstanceOf(HostException.class)
          .hasMessageContaining("a reboot removes it");
      host.start(SOURCE, listen);

      assertTheEngineIsIn();
    }
    assertThat(
            value(
                "adm",
                "SELECT group_concat(concat(User, '@', Host) ORDER BY 1 SEPARATOR ' ') FROM mysql.user"
                    + " WHERE User IN ('', 'app')"))
        .isEqualTo("@10.% app@% app@localhost");
  }

  /// Those that a login finds before the engine's.
  private static List<String> inTheWay() {
    var accounts = new ArrayList<String>();
    for (var user : List.of("", ENGINE)) {
      for (var host : List.of("localhost", "localhos_")) {
        accounts.add("`%s`@`%s`".formatted(user, host));
      }
    }
    accounts.add("`%s`@localhost IDENTIFIED VIA unix_socket".formatted(ENGINE));
    for (var as : List.of("ACCOUNT LOCK", "REQUIRE SSL", "WITH MAX_QUERIES_PER_HOUR 1")) {
      accounts.add("`%s`@localhost %s".formatted(ENGINE, as));
    }
    return accounts;
  }

  @Test
  void whatIsInItsWayIsGoneWithTheStartOfACopy_andWithThatForAPasswordAlone() throws Exception {
    start("adm");
    standInTheWay();
    host.copy(SOURCE, CLONE, CloneKind.FULL_COPY);

    host.changeMasterPassword(CLONE, "adm", Verifier.of(ServerKind.MARIADB, new Secret("its own")));
    host.start(CLONE, elsewhere(listen), Map.of("log_bin", "0"));
    host.stop(CLONE);
    host.start(CLONE, elsewhere(listen));

    assertThatThrownBy(this::assertTheEngineIsIn).hasMessageContaining("a reboot removes it");
    host.stop(SOURCE);
    assertTheEngineIsIn();
  }

  private void standInTheWay() throws SQLException {
    execute(
        "adm",
        "DROP USER `%s`@localhost".formatted(ENGINE),
        "CREATE USER `%s`@localhost IDENTIFIED BY 'known'".formatted(ENGINE));
  }

  /// Statements about users reach it, too.
  @Test
  void aReaderIsMadeAnew_whenItsEngineIsKeptOut() throws Exception {
    start("adm");
    var reader = new StorageId("reader");
    var address = new Listen(InetAddress.ofLiteral(ELSEWHERE), listen.port());
    host.follow(SOURCE, reader, address, Map.of());
    standInTheWay();
    execute("adm", "CREATE TABLE shop.last (id int)");
    var atSource = listen;
    listen = address;
    await("the reader to repeat that", () -> outcome("SELECT * FROM shop.last").isEmpty());
    listen = atSource;

    host.start(SOURCE, listen);
    host.follow(SOURCE, reader, address, Map.of());

    assertThat(host.endOfFollowing(reader)).isEmpty();
    assertTheEngineIsIn();
    host.unfollow(SOURCE, reader);
  }

  private String outcome(String sql) {
    try {
      return outcomes("adm", List.of(sql)).get(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As engines had it before: in their hands while the server runs.
  @Test
  void anOlderOneIsTakenOutOfReachWhileItsServerRuns() throws Exception {
    start("adm");
    asAnOlderEngineLeftIt();
    var pid = pid();

    host.start(SOURCE, listen);

    assertThat(pid()).isEqualTo(pid);
    assertThat(outcomes("adm", List.of("RENAME USER `%s`@localhost TO thief".formatted(ENGINE))))
        .allSatisfy((sql, failure) -> assertThat(failure).isEmpty());
    assertTheEngineIsIn();
  }

  @Test
  void anOlderOneThatWasTakenAwayComesBack() throws Exception {
    start("adm");
    asAnOlderEngineLeftIt();
    standInTheWay();

    host.start(SOURCE, listen);

    assertTheEngineIsIn();
    assertThat(value("adm", "SELECT count(*) FROM mysql.global_priv WHERE Host LIKE 'localhost%'"))
        .as("mariadb.sys, and its own")
        .isEqualTo("2");
  }

  private void asAnOlderEngineLeftIt() throws Exception {
    asSuperuser(
        "UPDATE mysql.global_priv SET Host = 'LOCALHOST' WHERE Host = '%s'".formatted(OWN_HOST),
        "ALTER TABLE mysql.global_priv MODIFY Host char(255) NOT NULL DEFAULT ''",
        "DELETE FROM mysql.db WHERE Db = 'rdsadmin'",
        "FLUSH PRIVILEGES");
    Files.writeString(volume(SOURCE).resolve("fence"), "2");
  }

  private String pid() throws Exception {
    return Files.readString(
            ServerDirectories.at(dataDirectory.toRealPath())
                .mariaDb(SOURCE.value(), volume(SOURCE))
                .files()
                .socketFolder()
                .resolve("pid"))
        .strip();
  }

  /// It changes a password, which only it may.
  private void assertTheEngineIsIn() throws HostException {
    host.changeMasterPassword(SOURCE, "adm", Verifier.of(ServerKind.MARIADB, new Secret(PASSWORD)));
  }
}
