package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who a migration of a real MariaDB waits for, and how long.
class MySqlMigrationLockIT extends MySqlMigrationFixture {

  @Test
  void twoAtOnce_exactlyOneApplies() throws Exception {
    folder.with(
        "shop.sql",
        TWO_TABLES.replace("--changeset anna:2", "SELECT sleep(0.5);\n--changeset anna:2"));

    Process one = MigrateOnce.start(target, root, "shop.sql");
    Process two = MigrateOnce.start(target, root, "shop.sql");

    assertThat(Stream.of(MigrateOnce.answer(one), MigrateOnce.answer(two)).sorted())
        .containsExactly("applied 0, already 2", "applied 2, already 0");
  }

  @Test
  void aLockHeldBySomebodyElse_isWaitedFor_butNotForever() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    try (Connection other = connect()) {
      execute(other, "SELECT get_lock(" + MySqlLock.NAME + ", 0)");
      String id = text(other, "SELECT connection_id()");

      assertThat(failure("shop.sql"))
          .hasMessageContaining(
              "another migration still runs after 1 s: id " + id + " (user master from 127.0.0.1:")
          .hasMessageContaining("end it with KILL id");
      assertThat(said.lines).singleElement().asString().contains("Waiting for it");
    }
    assertThat(update("shop.sql").applied()).hasSize(2);
  }

  @Test
  void whileSomebodyElseHoldsTheLock_aChangelogThatIncludesFiles_writesNothing() throws Exception {
    folder.with("shop.sql", TWO_TABLES).withXml("root.xml", "<include file=\"shop.sql\"/>");
    try (Connection other = connect()) {
      execute(other, "SELECT get_lock(" + MySqlLock.NAME + ", 0)");

      assertThat(failure("root.xml")).hasMessageContaining("another migration still runs");
      assertThat(
              text(
                  "SELECT count(*) FROM information_schema.TABLES WHERE table_schema = database()"))
          .isEqualTo("0");
    }
    assertThat(update("root.xml").applied()).hasSize(2);
  }

  @Test
  void aStaleLockRow_isReleased_andSaid() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    said.lines.clear();
    try (Connection _ = connect()) {
      execute(
          "UPDATE DATABASECHANGELOGLOCK SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = '2024-05-06 07:08:09'");

      assertThat(update("shop.sql").applied()).isEmpty();
    }
    assertThat(said.lines)
        .containsExactly(
            "Released a stale lock in DATABASECHANGELOGLOCK, set by build-7 (10.0.0.7) since 2024-05-06 07:08:09.0: no session of this database can be its holder.");
    assertThat(text("SELECT locked + 0 FROM DATABASECHANGELOGLOCK")).isEqualTo("0");
  }

  @Test
  void aLockRowOfALivePlainLiquibase_isWaitedFor_andNeverTakenAway() throws Exception {
    folder.with("shop.sql", TWO_TABLES.substring(0, TWO_TABLES.indexOf("--changeset anna:2")));
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES);
    said.lines.clear();
    try (Connection other = connect()) {
      String id = text(other, "SELECT connection_id()");
      execute(
          other,
          "UPDATE DATABASECHANGELOGLOCK SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = now()");

      assertThat(failure("shop.sql"))
          .message()
          .containsPattern(
              "DATABASECHANGELOGLOCK is still held after [01] s by build-7 .10.0.0.7. since ")
          .contains("Sessions that may be at work: id " + id + " (user master from ")
          .contains("UPDATE DATABASECHANGELOGLOCK SET locked = false");
      assertThat(text("SELECT lockedby FROM DATABASECHANGELOGLOCK"))
          .isEqualTo("build-7 (10.0.0.7)");
    }
    assertThat(update("shop.sql").applied()).hasSize(1);
    assertThat(said.lines).anyMatch(each -> each.startsWith("Released a stale lock"));
  }

  @Test
  void aTableLockedBySomebodyElse_isNotWaitedForForever_andTheirSessionIsNamed() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    execute("INSERT INTO customers VALUES (1, 'Ada')");
    folder.with(
        "shop.sql", TWO_TABLES + "--changeset ben:3\nALTER TABLE customers ADD note text;\n");
    try (Connection other = connect()) {
      other.setAutoCommit(false);
      execute(other, "UPDATE customers SET name = 'Bea'");
      String id = text(other, "SELECT connection_id()");

      assertThat(failure("shop.sql"))
          .hasMessageContaining("Lock wait timeout exceeded")
          .hasMessageContaining("Open transactions: id " + id + " (user master from ");
      other.rollback();
    }
    assertThat(update("shop.sql").applied()).hasSize(1);
  }
}
