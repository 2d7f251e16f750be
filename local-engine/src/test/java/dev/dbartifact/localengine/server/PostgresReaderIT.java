package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What readers can be relied on for, whatever keeps their files.
class PostgresReaderIT extends HostFixture {
  private static final StorageId READER = new StorageId("reader-1");
  private static final String SLOTS = "SELECT count(*) FROM pg_replication_slots";
  private static final String BEGAN = "SELECT pg_postmaster_start_time()";

  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  @Test
  void aReaderThatFollowsIsLeftAlone_andOneThatDoesNotIsMadeAnew() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    var reader = new Sql(elsewhere(listen), "admin", PASSWORD, "shop");
    awaitValue(source, SLOTS + " WHERE active", "1");
    var began = reader.value(BEGAN);

    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    assertThat(reader.value(BEGAN)).isEqualTo(began);

    kill(SOURCE);
    host.start(SOURCE, listen);
    source.execute("CREATE TABLE after_the_crash (id int)");
    awaitValue(reader, "SELECT to_regclass('after_the_crash') IS NOT NULL", "t");
    assertThat(reader.value(BEGAN)).isEqualTo(began);

    kill(READER);
    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    assertThat(reader.value("SELECT to_regclass('after_the_crash') IS NOT NULL")).isEqualTo("t");
    assertThat(reader.value(BEGAN)).isNotEqualTo(began);

    host.unfollow(SOURCE, READER);
    host.unfollow(SOURCE, READER);
    assertThat(host.stored()).containsExactly(SOURCE);
    assertThat(source.value(SLOTS)).isEqualTo("0");
  }

  /// A hot standby refuses serializable transactions, also those of the engine.
  @Test
  void whatUsersChooseForTheirSessionsDoesNotKeepTheEngineOutOfAReader() throws Exception {
    var chosen =
        Map.of(
            "default_transaction_isolation",
            "serializable",
            "standard_conforming_strings",
            "off",
            "exit_on_error",
            "on");
    var listen = freeAddress();
    host.start(create(SOURCE), listen, chosen);
    host.follow(SOURCE, READER, elsewhere(listen), chosen);

    assertThat(host.masterVerifier(READER, "admin")).isPresent();
    host.harden(READER);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    assertThat(source.value("SELECT current_setting('default_transaction_isolation')"))
        .isEqualTo("serializable");
  }

  /// It receives what its source writes, and stops to replay that.
  @Test
  void aReaderThatHasLessThanItsSourceHasBegunWithSaysSo_andHasAsMuchOnceItIsMadeAnew()
      throws Exception {
    var few = Map.of("max_connections", "20");
    var listen = freeAddress();
    host.start(create(SOURCE), listen, few);
    host.follow(SOURCE, READER, elsewhere(listen), few);
    assertThat(host.endOfFollowing(READER)).isEmpty();
    var reader = new Sql(elsewhere(listen), "admin", PASSWORD, "shop");

    host.stop(SOURCE);
    host.start(SOURCE, listen, Map.of("max_connections", "80"));

    new Sql(listen, "admin", PASSWORD, "shop").execute("CREATE TABLE later (id int)");
    await("the end", PATIENCE, () -> host.endOfFollowing(READER).isPresent());
    host.follow(SOURCE, READER, elsewhere(listen), few);
    awaitValue(reader, "SELECT to_regclass('later') IS NOT NULL", "t");
    assertThat(reader.value("SHOW max_connections")).isEqualTo("80");
    assertThat(host.endOfFollowing(READER)).isEmpty();
  }

  @Test
  void aReaderThatIsGoneKeepsNothingAtItsSource() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen);
    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    host.stop(SOURCE);
    host.unfollow(SOURCE, READER);

    host.start(SOURCE, listen);
    assertThat(new Sql(listen, "admin", PASSWORD, "shop").value(SLOTS)).isEqualTo("0");
  }

  @Test
  void aReaderNeedsASourceThatRuns() throws Exception {
    create(SOURCE);
    assertThatThrownBy(() -> host.follow(SOURCE, READER, freeAddress(), Map.of()))
        .hasMessageContaining("reader of 'source'")
        .hasMessageContaining("does not run");
    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void aReaderThatIsStartedByItselfWritesAndItsSourceForgetsIt() throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    source.execute("CREATE TABLE before (id int)");
    host.follow(SOURCE, READER, elsewhere, Map.of("work_mem", "8192"));
    var reader = new Sql(elsewhere, "admin", PASSWORD, "shop");
    awaitValue(reader, "SELECT to_regclass('before') IS NOT NULL", "t");
    var began = reader.value(BEGAN);

    host.start(READER, elsewhere, Map.of("work_mem", "8192"));

    assertThat(reader.value(BEGAN)).as("its start").isEqualTo(began);
    assertThat(reader.value("SELECT pg_is_in_recovery()")).isEqualTo("f");
    reader.execute("CREATE TABLE mine (id int)");
    source.execute("CREATE TABLE theirs (id int)");
    assertThat(reader.value("SELECT to_regclass('theirs') IS NULL")).isEqualTo("t");
    assertThat(source.value(SLOTS)).as("slots of the source").isEqualTo("0");
    host.stop(READER);
    host.discard(SOURCE);
    host.start(READER, elsewhere);
    assertThat(reader.value("SELECT to_regclass('mine') IS NOT NULL")).isEqualTo("t");
    assertThat(reader.value("SELECT pg_is_in_recovery()")).isEqualTo("f");
    assertThat(reader.value("SELECT current_setting('primary_conninfo')")).isEmpty();
  }

  @Test
  void aReaderThatDoesNotRunIsPromotedToo_andKeepsNothingAtASourceThatStartsLater()
      throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    host.follow(SOURCE, READER, elsewhere, Map.of());
    host.stop(READER);
    host.stop(SOURCE);

    host.start(READER, elsewhere);
    var reader = new Sql(elsewhere, "admin", PASSWORD, "shop");
    reader.execute("CREATE TABLE mine (id int)");
    host.start(SOURCE, listen);
    assertThat(new Sql(listen, "admin", PASSWORD, "shop").value(SLOTS)).isEqualTo("0");
  }

  /// The server wrote by itself, and its engine was killed before the source had forgotten it.
  @Test
  void aReaderWhosePromotionWasCutShortIsForgottenByItsSourceAllTheSame() throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    host.follow(SOURCE, READER, elsewhere, Map.of());
    awaitValue(source, SLOTS + " WHERE active", "1");
    host.stop(READER);
    Files.delete(volume(READER).resolve("pgdata/standby.signal"));
    assertThat(source.value(SLOTS)).as("slots before").isEqualTo("1");

    host.start(READER, elsewhere);
    new Sql(elsewhere, "admin", PASSWORD, "shop").execute("CREATE TABLE mine (id int)");
    assertThat(source.value(SLOTS)).as("slots after").isEqualTo("0");
  }

  @Test
  void aReaderIsNotGivenUpWhileItsSourceDoesNotRun() throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    host.follow(SOURCE, READER, elsewhere, Map.of());
    host.stop(READER);
    host.stop(SOURCE);

    assertThatThrownBy(() -> host.follow(SOURCE, READER, elsewhere, Map.of()))
        .hasMessageContaining("does not run");
    assertThat(host.stored()).contains(READER);
  }
}
