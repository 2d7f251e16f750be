package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.mariadb.EngineStatements;
import java.net.InetAddress;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Servers of MariaDB that follow another.
abstract class AbstractMariaDbReaderTest extends MariaDbHostFixture {
  private static final String USERS_OF_REPLICAS =
      "SELECT group_concat(user SEPARATOR ' ') FROM mysql.global_priv"
          + " WHERE user LIKE 'rdsrepladmin%'";

  /// Its bit in `access`; see `sql/privilege.h` of MariaDB.
  private static final long CONNECTION_ADMIN = 1L << 32;

  @Test
  void aReaderShowsWhatABusySourceWritesAndTakesNothingFromUsers() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE USER clerk IDENTIFIED BY 'clerk-pass'", "GRANT ALL ON shop.* TO clerk");
    try (var transfers = Transfers.between(source)) {
      transfers.await(50);

      var reader = follow(source, READER, Map.of("event_scheduler", "ON", "max_connections", "33"));

      assertThat(reader.value("SELECT sum(balance) FROM account")).isEqualTo("20000");
      assertThat(reader.value("SELECT @@max_connections")).isEqualTo("33");
      assertThat(reader.value("SELECT @@event_scheduler")).isEqualTo("OFF");
      for (var user : List.of(reader, as(reader.listen(), "clerk", "clerk-pass"))) {
        assertThatThrownBy(() -> user.execute("DELETE FROM transfer"))
            .hasMessageContaining("--read-only");
        assertThatThrownBy(() -> user.execute("SET GLOBAL read_only = 0"))
            .hasMessageContaining("Access denied");
      }
      source.execute("CREATE TABLE news (id int)");
      awaitValue(reader, TABLES.formatted("news"), "1");
    }
    source.execute("INSERT INTO transfer (amount) SELECT 7 FROM seq_1_to_3");
    awaitValue(reader(source, READER), "SELECT count(*) FROM transfer WHERE amount = 7", "3");
    var sums = "SELECT concat(sum(id * balance), ' ', count(*)) FROM account";
    assertThat(reader(source, READER).value(sums)).isEqualTo(source.value(sums));
  }

  @Test
  void aReaderThatFollowsIsLeftAlone_andOneThatDoesNotIsMadeAnew() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    var pid = pid(READER);

    follow(source, READER, Map.of());
    assertThat(pid(READER)).isEqualTo(pid);

    kill(SOURCE);
    host.start(SOURCE, source.listen());
    source.execute("CREATE TABLE after_the_crash (id int)");
    awaitValue(reader, TABLES.formatted("after_the_crash"), "1");
    assertThat(pid(READER)).isEqualTo(pid);

    kill(READER);
    follow(source, READER, Map.of());
    assertThat(reader.value(TABLES.formatted("after_the_crash"))).isEqualTo("1");
    assertThat(pid(READER)).isNotEqualTo(pid);

    host.unfollow(SOURCE, READER);
    host.unfollow(SOURCE, READER);
    assertThat(host.stored()).containsExactly(SOURCE);
    assertThat(source.value(REPLICAS)).isEqualTo("0");
  }

  @Test
  void aReaderThatCannotDoWhatItsSourceDidSaysSo_andIsMadeAnew() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    assertThat(host.endOfFollowing(READER)).isEmpty();
    kill(SOURCE);
    awaitValue(reader, "SELECT 1", "1");
    assertThat(host.endOfFollowing(READER)).as("it tries to reach it").isEmpty();
    host.start(SOURCE, source.listen());

    source.execute("CREATE TABLE news (id int)");
    awaitValue(reader, TABLES.formatted("news"), "1");
    EngineStatements.run(server(READER), "SET sql_log_bin = 0", "DROP TABLE shop.news");
    source.execute("INSERT INTO news VALUES (1)");
    await("the end", PATIENCE, () -> host.endOfFollowing(READER).isPresent());
    assertThat(host.endOfFollowing(READER).get()).contains("shop.news");

    follow(source, READER, Map.of());
    assertThat(host.endOfFollowing(READER)).isEmpty();
    awaitValue(reader, "SELECT count(*) FROM news WHERE id = 1", "1");
  }

  @Test
  void theSecretOfAReaderIsInItsDataDirectoryOnly() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());

    var itself = data().getParent().resolveSibling(READER.value()).resolve("mariadb");
    var secret = Files.readAllLines(itself.resolve("master.info")).get(5);
    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(Files.getPosixFilePermissions(itself)).hasSize(3);
    var files = ServerDirectories.at(dataDirectory.toRealPath());
    for (var folder : List.of(files.run(), files.log())) {
      try (var all = Files.walk(folder)) {
        for (var file : all.filter(Files::isRegularFile).toList()) {
          assertThat(file).content().doesNotContain(secret);
        }
      }
    }
  }

  @Test
  void whatUsersChooseForTheirSessionsDoesNotDisturbReaders() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    var chosen =
        Map.of(
            "sql_mode",
            "ORACLE,ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
            "group_concat_max_len",
            "4",
            "max_statement_time",
            "0.001");
    host.start(SOURCE, listen, chosen);
    var source = master(listen);
    follow(source, READER, chosen);
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    host.start(CLONE, freeAddress(), chosen);
    assertThat(host.running(CLONE)).isTrue();
  }

  @Test
  void twoReadersFollowAndOneGoes() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());
    assertThat(source.value(PATIENCE_WITH_REPLICAS)).startsWith("31536000");
    var second = new StorageId("reader-2");
    var listen = new Listen(InetAddress.ofLiteral("127.0.0.3"), source.listen().port());
    host.follow(SOURCE, second, listen, Map.of());
    assertThat(source.value(REPLICAS)).isEqualTo("2");
    assertThat(source.value(KEPT)).isEqualTo("300");

    host.unfollow(SOURCE, READER);

    source.execute("CREATE TABLE news (id int)");
    awaitValue(master(listen), TABLES.formatted("news"), "1");
    assertThat(source.value(KEPT)).isEqualTo("300");
    host.unfollow(SOURCE, second);
    assertThat(source.value(KEPT)).isEqualTo("1");
  }

  @Test
  void aReaderThatIsGoneKeepsNothingAtItsSource() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());
    host.stop(SOURCE);
    host.unfollow(SOURCE, READER);

    host.start(SOURCE, source.listen());
    assertThat(source.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value(KEPT)).isEqualTo("1");
  }

  /// It would end the logins of those who lack a right that it needs.
  @Test
  void whatSessionsAreToBeginWithIsNotForReaders() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE visit (who text)");
    var chosen = Map.of("init_connect", "INSERT INTO shop.visit VALUES (current_user())");
    host.reload(SOURCE, source.listen(), chosen);
    follow(source, READER, chosen);

    kill(SOURCE);
    host.start(SOURCE, source.listen(), chosen);
    source.execute("CREATE TABLE news (id int)");

    awaitReceived(source, READER);
    assertThat(host.endOfFollowing(READER)).isEmpty();
    assertThat(source.value("SELECT count(*) > 0 FROM visit WHERE who LIKE 'root@%'"))
        .isEqualTo("1");
  }

  /// It may do more than they.
  @Test
  void usersCannotTakeTheAccountOfAReader() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());
    var name = source.value(USERS_OF_REPLICAS);
    var row = "SELECT json_detailed(Priv) FROM mysql.global_priv WHERE User = '%s'".formatted(name);
    var before = source.value(row);
    for (var host : List.of("127.0.0.1", "127.0.0.1" + "%".repeat(247), "%")) {
      for (var statement :
          List.of(
              "ALTER USER `%s`@`%s` IDENTIFIED BY 'known'",
              "SET PASSWORD FOR `%s`@`%s` = PASSWORD('known')",
              "RENAME USER `%s`@`%s` TO thief",
              "DROP USER `%s`@`%s`")) {
        assertThatThrownBy(() -> source.execute(statement.formatted(name, host)))
            .isInstanceOf(SQLException.class);
      }
    }
    assertThat(source.value(row)).isEqualTo(before);
  }

  @Test
  void aReaderGoesAlsoWhereItsSourceCannotForgetItNow() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());
    EngineStatements.run(
        server(SOURCE), "SET sql_log_bin = 0", "RENAME TABLE mysql.global_priv TO mysql.kept");

    host.unfollow(SOURCE, READER);

    assertThat(host.stored()).containsExactly(SOURCE);
    EngineStatements.run(
        server(SOURCE), "SET sql_log_bin = 0", "RENAME TABLE mysql.kept TO mysql.global_priv");
    host.stop(SOURCE);
    host.start(SOURCE, source.listen());
    assertThat(source.value(REPLICAS)).isEqualTo("0");
  }

  /// As an engine left them whose accounts of readers could do more.
  @Test
  void aFenceOfAnOlderEngineIsRaisedWhileReadersFollow() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    var second = new StorageId("reader-2");
    var listen = new Listen(InetAddress.ofLiteral("127.0.0.3"), source.listen().port());
    host.follow(SOURCE, second, listen, Map.of());
    EngineStatements.run(
        server(SOURCE),
        "SET sql_log_bin = 0",
        "UPDATE mysql.global_priv SET Host = '127.0.0.1' WHERE User LIKE 'rdsrepladmin%'",
        "FLUSH PRIVILEGES");
    for (var user : source.value(USERS_OF_REPLICAS).split(" ")) {
      EngineStatements.run(
          server(SOURCE),
          "SET sql_log_bin = 0",
          "GRANT CONNECTION ADMIN ON *.* TO `%s`@`127.0.0.1`".formatted(user));
    }
    var may = REPLICAS + " AND json_value(Priv, '$.access') & %d <> 0".formatted(CONNECTION_ADMIN);
    assertThat(source.value(may)).isEqualTo("2");
    Files.writeString(data().resolveSibling("fence"), "1");

    host.start(SOURCE, source.listen());

    assertThat(source.value(may)).isEqualTo("0");
    assertThat(data().resolveSibling("fence")).hasContent("3");
    source.execute("CREATE TABLE news (id int)");
    for (var each : List.of(reader, master(listen))) {
      awaitValue(each, TABLES.formatted("news"), "1");
    }
  }
}
