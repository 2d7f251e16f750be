package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/// What a migration of a real PostgreSQL applies, and what a second one does not.
class SchemaMigrationIT extends PostgresMigrationFixture {

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

  @Test
  void everyFormatAndEveryWayToInclude() throws Exception {
    everyFormat();

    MigrationResult first = update("root.xml");

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
    assertThat(update("root.xml").applied()).isEmpty();
  }

  private void everyFormat() throws IOException {
    folder
        .withXml(
            "root.xml",
            """
            <changeSet id="xml" author="anna">
              <createTable tableName="a">
                <column name="id" type="int"><constraints primaryKey="true"/></column>
                <column name="name" type="text"/>
              </createTable>
            </changeSet>
            <include file="parts/b.yaml" relativeToChangelogFile="true"/>
            <include file="parts/c.json"/>
            <include file="parts/d.sql"/>
            <includeAll path="all/"/>
            <changeSet id="data" author="anna">
              <loadData tableName="a" file="data/a.csv" relativeToChangelogFile="true"/>
            </changeSet>
            <changeSet id="file" author="anna"><sqlFile path="sql/f.sql"/></changeSet>
            """)
        .with(
            "parts/b.yaml",
            """
            databaseChangeLog:
              - changeSet:
                  id: yaml
                  author: anna
                  changes:
                    - addColumn:
                        tableName: a
                        columns: [{column: {name: born, type: date}}]
            """)
        .with(
            "parts/c.json",
            """
            {"databaseChangeLog": [{"changeSet": {"id": "json", "author": "anna", "changes": [
              {"createIndex": {"tableName": "a", "indexName": "a_born",
                               "columns": [{"column": {"name": "born"}}]}}]}}]}
            """)
        .with("parts/d.sql", formatted("sql", "CREATE VIEW v AS SELECT * FROM a;"))
        .with("all/e1.sql", formatted("e1", "CREATE TABLE e1 (id int);"))
        .with(
            "all/e2.yaml",
            """
            databaseChangeLog:
              - changeSet: {id: e2, author: anna, changes: [{sql: {sql: CREATE TABLE e2 (id int)}}]}
            """)
        .with("data/a.csv", "id,name\n1,Ada\n2,Bea Ö\n")
        .with("sql/f.sql", "CREATE TABLE of_file (n int);\nINSERT INTO of_file VALUES (42);\n");
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
