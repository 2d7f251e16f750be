package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who a migration of a real PostgreSQL waits for, and how long.
class MigrationLockIT extends PostgresMigrationFixture {

  @Test
  void aStaleLockRow_isReleased_andSaid() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    said.lines.clear();
    execute(
        "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = '2024-05-06 07:08:09'");

    MigrationResult second = update("shop.sql");

    assertThat(second.applied()).isEmpty();
    assertThat(said.lines)
        .containsExactly(
            "Released a stale lock in databasechangeloglock, set by build-7 (10.0.0.7) since 2024-05-06 07:08:09.0: no session of this database can be its holder.");
    assertThat(text("SELECT locked FROM databasechangeloglock")).isEqualTo("f");
  }

  /// Whoever watches the row may undo what is done to it, or set it anew each time.
  @Test
  @Timeout(60)
  void aLockRowThatStaysStale_isGivenUp() throws Exception {
    folder.with("shop.sql", TWO_TABLES.substring(0, TWO_TABLES.indexOf("--changeset anna:2")));
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES);
    execute(
        "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = '2024-05-06 07:08:09'");
    execute(
        "CREATE FUNCTION undo() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
            + " CREATE TRIGGER undo BEFORE UPDATE ON databasechangeloglock FOR EACH ROW EXECUTE FUNCTION undo()");

    assertThat(failure("shop.sql"))
        .message()
        .containsPattern(
            "databasechangeloglock is still held after [01] s by build-7 .10.0.0.7. since ")
        .contains("UPDATE databasechangeloglock SET locked = false");
    assertThat(text("SELECT count(*) FROM databasechangelog")).isEqualTo("1");
  }

  @Test
  void aLockRowOfALivePlainLiquibase_isWaitedFor_andNeverTakenAway() throws Exception {
    folder.with("shop.sql", TWO_TABLES.substring(0, TWO_TABLES.indexOf("--changeset anna:2")));
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES);
    said.lines.clear();
    try (Connection other = connect()) {
      String pid = text(other, "SELECT pg_backend_pid()");
      execute(
          other,
          "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = localtimestamp");

      assertThat(failure("shop.sql"))
          .message()
          .containsPattern(
              "databasechangeloglock is still held after [01] s by build-7 .10.0.0.7. since ")
          .contains("pid " + pid + " (somebody-else")
          .contains("UPDATE databasechangeloglock SET locked = false");
      assertThat(text("SELECT locked || lockedby FROM databasechangeloglock"))
          .isEqualTo("truebuild-7 (10.0.0.7)");
      assertThat(text("SELECT count(*) FROM databasechangelog")).isEqualTo("1");
      assertThat(said.lines).singleElement().asString().contains("Waiting for it");
    }
    assertThat(update("shop.sql").applied()).hasSize(1);
    assertThat(said.lines).anyMatch(each -> each.startsWith("Released a stale lock"));
  }

  @Test
  void aLockRowThatIsGivenBackInTime_isTakenThen() throws Exception {
    folder.with("shop.sql", TWO_TABLES.substring(0, TWO_TABLES.indexOf("--changeset anna:2")));
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES);
    try (Connection other = connect()) {
      execute(
          other,
          "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = localtimestamp");
      var release =
          new MigrationProgress() {
            @Override
            public void notice(String sentence) {
              said.notice(sentence);
              giveBack(other);
            }
          };

      var result =
          new SchemaMigration(MigrationSettings.DEFAULT, release)
              .update(target, root, "shop.sql", "", "");

      assertThat(result.applied()).hasSize(1);
      assertThat(said.lines).filteredOn(each -> each.contains("lock")).hasSize(1);
    }
  }

  private static void giveBack(Connection holder) {
    try {
      execute(holder, "UPDATE databasechangeloglock SET locked = false, lockedby = NULL");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void whereNothingIsPending_aLiveLockRowIsNotWaitedFor() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    try (Connection other = connect()) {
      execute(
          other,
          "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = localtimestamp");

      assertThat(update("shop.sql").applied()).isEmpty();
      assertThat(text("SELECT locked FROM databasechangeloglock")).isEqualTo("t");
    }
  }

  @Test
  void sessionsThatCannotHoldTheLockRow_doNotKeepItAlive() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    execute("CREATE ROLE \"%s\" LOGIN PASSWORD 'a-Reader-1'".formatted(reader()));
    try (Connection console = connect();
        Connection _ =
            java.sql.DriverManager.getConnection(
                target.endpoint().jdbcUrl(), reader(), "a-Reader-1")) {
      execute(console, "SET application_name = 'psql'");
      execute(
          "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = localtimestamp");
      awaitSessionsOf("somebody-else", 0);

      update("shop.sql");

      assertThat(text("SELECT locked FROM databasechangeloglock")).isEqualTo("f");
    } finally {
      execute("DROP ROLE \"%s\"".formatted(reader()));
    }
  }

  private String reader() {
    return "reader_" + target.database();
  }

  /// A session that was closed is still listed for a moment.
  private void awaitSessionsOf(String application, int count) throws Exception {
    try (Connection asking = connect()) {
      String others =
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = '%s'"
              .formatted(application);
      Instant end = Instant.now().plusSeconds(30);
      while (!text(asking, others).equals("" + count)) {
        assertThat(Instant.now())
            .as("waiting for %d sessions of %s".formatted(count, application))
            .isBefore(end);
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aLockHeldBySomebodyElse_isWaitedFor_butNotForever() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    try (Connection other = connect()) {
      execute(other, "SELECT pg_advisory_lock(%d, %d)".formatted(PostgresLock.KEY, name()));
      String pid = text(other, "SELECT pg_backend_pid()");

      assertThatThrownBy(() -> update("shop.sql"))
          .isInstanceOf(MigrationException.class)
          .hasMessageStartingWith(
              "Could not migrate "
                  + target
                  + ": another migration still runs after 1 s: somebody-else (pid "
                  + pid
                  + ", connected from 127.0.0.1 since ");
      assertThat(said.lines).singleElement().asString().contains("somebody-else (pid " + pid);
      assertThat(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).isEqualTo("0");
    }
    assertThat(update("shop.sql").applied()).hasSize(2);
  }

  /// For each file that is included, Liquibase looks at what was applied before, and likes to make
  /// its table for that.
  @Test
  void whileSomebodyElseHoldsTheLock_aChangelogThatIncludesFiles_writesNothing() throws Exception {
    folder
        .with("all/shop.sql", TWO_TABLES)
        .withXml("root.xml", "<include file=\"all/shop.sql\"/>")
        .withXml("all.xml", "<includeAll path=\"all/\"/>");
    try (Connection other = connect()) {
      execute(other, "SELECT pg_advisory_lock(%d, %d)".formatted(PostgresLock.KEY, name()));

      assertThat(failure("root.xml")).hasMessageContaining("another migration still runs");
      assertThat(failure("all.xml")).hasMessageContaining("another migration still runs");
      assertThat(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).isEqualTo("0");
    }
    assertThat(update("root.xml").applied()).hasSize(2);
    assertThat(update("all.xml").applied()).isEmpty();
  }

  @Test
  void twoAtOnce_exactlyOneApplies() throws Exception {
    var text =
        new StringBuilder(
            TWO_TABLES.replace("--changeset anna:2", "SELECT pg_sleep(0.5);\n--changeset anna:2"));
    for (int each = 3; each <= 20; each++) {
      text.append("--changeset anna:%d\nCREATE TABLE t%d (id int);\n".formatted(each, each));
    }
    folder.with("shop.sql", text.toString());

    Process one = MigrateOnce.start(target, root, "shop.sql");
    Process two = MigrateOnce.start(target, root, "shop.sql");

    assertThat(Stream.of(MigrateOnce.answer(one), MigrateOnce.answer(two)).sorted())
        .containsExactly("applied 0, already 20", "applied 20, already 0");
  }

  @Test
  void aTableLockedBySomebodyElse_isNotWaitedForForever_andTheirSessionIsNamed() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES + "--changeset ben:3\nALTER TABLE orders ADD note text;\n");
    try (Connection other = connect()) {
      other.setAutoCommit(false);
      execute(other, "SELECT * FROM orders");
      String pid = text(other, "SELECT pg_backend_pid()");

      assertThat(failure("shop.sql"))
          .hasMessageContaining("canceling statement due to lock timeout")
          .hasMessageContaining(
              "Open transactions: pid " + pid + " (somebody-else, idle in transaction, for ");
      other.rollback();
    }
    assertThat(update("shop.sql").applied()).hasSize(1);
  }
}
