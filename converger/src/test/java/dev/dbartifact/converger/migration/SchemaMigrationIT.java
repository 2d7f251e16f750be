package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/// What a migration of a real PostgreSQL applies, and what a second one does not.
class SchemaMigrationIT extends PostgresMigrationFixture {
  private static final Path EVERY_FORMAT = Path.of("src/test/resources/changelogs/every-format");

  @Test
  void aSecondRunChangesNothing() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    assertThat(update("shop.sql").applied()).extracting(ChangeSetRef::id).containsExactly("1", "2");

    MigrationResult second = update("shop.sql");

    assertThat(second.applied()).isEmpty();
    assertThat(second.alreadyApplied()).isEqualTo(2);
    assertThat(said.lines).containsExactly("applying 1 1/2", "applying 2 2/2");
  }

  @Test
  void aSecondRunOpensNoSecondSession() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    try (Connection other = connect()) {
      execute(other, "SELECT pg_advisory_lock(%d, %d)".formatted(PostgresLock.KEY, name()));

      assertThat(update("shop.sql").applied()).isEmpty();
    }
  }

  @Test
  void endedBetweenAChangeSetAndItsRow_neitherIsThere_andARerunCompletes() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    var ending =
        new MigrationProgress() {
          @Override
          public void applied(ChangeSetRef changeSet, java.time.Duration elapsed) {
            throw new IllegalStateException("ended here");
          }
        };

    assertThatThrownBy(() ->
            new SchemaMigration(MigrationSettings.DEFAULT, ending)
                .update(target, root, "shop.sql", "", ""))
        .hasStackTraceContaining("ended here");

    assertThat(text("SELECT to_regclass('customers') IS NULL")).isEqualTo("t");
    assertThat(update("shop.sql").applied()).hasSize(2);
  }

  @Test
  void aNewChangeSetIsAppliedAlone() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES + "--changeset ben:3\nCREATE TABLE carts (id int);\n");

    MigrationResult third = update("shop.sql");

    assertThat(third.applied())
        .containsExactly(new ChangeSetRef("3", "ben", "shop.sql", java.util.OptionalInt.empty()));
    assertThat(third.alreadyApplied()).isEqualTo(2);
  }

  /// As earlier Liquibases recorded what a changelog with a logical path includes.
  @Test
  void whatWasAppliedUnderThePathOfItsOwnFile_isNotAppliedAgain() throws Exception {
    String head =
        ChangelogFolder.XML_HEAD.replace(
            "<databaseChangeLog ", "<databaseChangeLog logicalFilePath=\"shop\" ");
    folder
        .with("b.sql", formatted("1", "CREATE TABLE b (id int);"))
        .with("root.xml", head + "<include file=\"b.sql\"/></databaseChangeLog>");
    update("root.xml");
    assertThat(text("SELECT filename FROM databasechangelog")).isEqualTo("shop");
    execute("UPDATE databasechangelog SET filename = 'b.sql'");

    assertThat(update("root.xml").applied()).isEmpty();
  }

  @Test
  void everyFormatAndEveryWayToInclude() throws Exception {
    MigrationResult first = everyFormat();

    assertThat(first.applied())
        .extracting(ChangeSetRef::toString)
        .containsExactly(
            "'xml::anna' (root.xml)",
            "'yaml::anna' (parts/b.yaml)",
            "'json::anna' (parts/c.json)",
            "'sql::anna' (parts/d.sql)",
            "'e1::anna' (all/e1.sql)",
            "'e2::anna' (all/e2.yaml)",
            "'data::anna' (root.xml)",
            "'file::anna' (root.xml)");
    assertThat(text("SELECT string_agg(name, ',' ORDER BY id) FROM a")).isEqualTo("Ada,Bea Ö");
    assertThat(text("SELECT n FROM of_file")).isEqualTo("42");
    assertThat(everyFormat().applied()).isEmpty();
  }

  private MigrationResult everyFormat() throws Exception {
    return migration(MigrationSettings.DEFAULT).update(target, EVERY_FORMAT, "root.xml", "", "");
  }

  @Test
  void contextsAndLabels_choose() throws Exception {
    folder.with(
        "shop.sql",
        """
        --liquibase formatted sql
        --changeset anna:1 context:test
        CREATE TABLE of_test (id int);
        --changeset anna:2 context:prod
        CREATE TABLE of_prod (id int);
        --changeset anna:3 labels:slow
        CREATE TABLE slow (id int);
        """);

    MigrationResult result =
        migration(MigrationSettings.DEFAULT).update(target, root, "shop.sql", "test", "!slow");

    assertThat(result.applied()).extracting(ChangeSetRef::id).containsExactly("1");
  }

  @Test
  void afterAKill_theNextRunCompletes() throws Exception {
    execute("CREATE TABLE pace AS SELECT 600 AS seconds");
    folder.with(
        "shop.sql",
        TWO_TABLES
            + """
            --changeset ben:3
            CREATE TABLE carts (id int);
            SELECT pg_sleep(seconds) FROM pace;
            """);
    Process killed = MigrateOnce.start(target, root, "shop.sql");
    awaitSleep(killed);
    killed.destroyForcibly().waitFor();
    execute("UPDATE pace SET seconds = 0");

    MigrationResult next =
        new SchemaMigration(MigrationSettings.DEFAULT, said)
            .update(target, root, "shop.sql", "", "");

    assertThat(next.applied()).extracting(ChangeSetRef::id).containsExactly("3");
    assertThat(next.alreadyApplied()).isEqualTo(2);
    assertThat(said.lines).anyMatch(each -> each.startsWith("Released a stale lock"));
  }

  private void awaitSleep(Process migration) throws Exception {
    String asleep =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
    for (int look = 0; look < 1000 && !text(asleep).equals("1"); look++) {
      assertThat(migration.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void nothingIsPrinted() throws Exception {
    folder.withXml(
        "root.xml",
        "<changeSet id=\"1\" author=\"anna\"><output target=\"STDOUT\">hello</output></changeSet>");
    var written = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(written, true));
    try {
      update("root.xml");
    } finally {
      System.setOut(before);
    }
    assertThat(written.toString()).isEmpty();
  }
}
