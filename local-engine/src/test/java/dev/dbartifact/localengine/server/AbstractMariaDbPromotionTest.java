package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.mariadb.EngineStatements;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Servers of MariaDB that followed another, and go their own way from now on.
abstract class AbstractMariaDbPromotionTest extends MariaDbHostFixture {

  @Test
  void aPromotedReaderWrites_andItsSourceForgetsIt() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    awaitValue(reader, "SELECT count(*) FROM item", "1");

    host.start(READER, reader.listen());

    source.execute("INSERT INTO item VALUES (2)");
    reader.execute("INSERT INTO item VALUES (3)");
    assertThat(reader.value("SELECT sum(id) FROM item")).isEqualTo("4");
    assertThat(reader.value("SELECT @@read_only")).isEqualTo("0");
    assertThat(reader.value("SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
    assertThat(reader.value("SELECT @@gtid_slave_pos")).isEmpty();
    assertThat(replicationOf(reader)).isFalse();
    assertThat(source.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value(KEPT)).isEqualTo("1");
    var pid = pid(READER);
    host.start(READER, reader.listen());
    assertThat(pid(READER)).isEqualTo(pid);
  }

  @Test
  void aPromotedReaderHasAllThatItHadReceived() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    awaitValue(reader, TABLES.formatted("item"), "1");
    EngineStatements.run(server(READER), "STOP SLAVE SQL_THREAD");
    source.execute("INSERT INTO item SELECT seq FROM seq_1_to_200000");
    awaitReceived(source, READER);
    EngineStatements.run(server(READER), "START SLAVE SQL_THREAD");

    host.start(READER, reader.listen());

    assertThat(reader.value("SELECT count(*) FROM item")).isEqualTo("200000");
    assertThat(source.value(REPLICAS)).isEqualTo("0");
  }

  @Test
  void aReaderThatCannotDoWhatItHasReceivedIsPromotedWithoutThat() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    awaitValue(reader, TABLES.formatted("item"), "1");
    EngineStatements.run(server(READER), "STOP SLAVE SQL_THREAD");
    source.execute("INSERT INTO item VALUES (1)");
    awaitReceived(source, READER);

    host.start(READER, reader.listen());

    reader.execute("INSERT INTO item VALUES (2)");
    assertThat(reader.value("SELECT group_concat(id) FROM item")).isEqualTo("2");
  }

  @Test
  void aPromotedReaderServes_howeverLittleItsSourceAnswers() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    var socket = server(SOURCE).files().socketFolder().resolve("s");
    var away = socket.resolveSibling("away");
    Files.move(socket, away);

    host.start(READER, reader.listen());
    reader.execute("CREATE TABLE item (id int PRIMARY KEY)");
    assertThat(source.value(REPLICAS)).isEqualTo("1");

    Files.move(away, socket);
    host.start(READER, reader.listen());
    assertThat(source.value(REPLICAS)).as("the next start does it").isEqualTo("0");
  }

  @Test
  void whatWasAReaderCanBeFollowedItself() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    awaitValue(reader, "SELECT count(*) FROM item", "1");
    host.start(READER, reader.listen());

    var second = new StorageId("reader-2");
    var listen = new Listen(InetAddress.ofLiteral("127.0.0.3"), source.listen().port());
    host.follow(READER, second, listen, Map.of());
    reader.execute("INSERT INTO item VALUES (3)");

    awaitValue(master(listen), "SELECT sum(id) FROM item", "4");
  }

  @Test
  void aReaderThatDiedIsPromotedToo_alsoWithoutItsSource() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    awaitValue(reader, TABLES.formatted("item"), "1");
    kill(READER);
    kill(SOURCE);

    host.start(READER, reader.listen(), Map.of("log_bin", "0"));
    reader.execute("INSERT INTO item VALUES (3)");
    host.start(SOURCE, source.listen());

    assertThat(replicationOf(reader)).isFalse();
    assertThat(source.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value("SELECT count(*) FROM item")).isEqualTo("0");
  }
}
