package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a migration applies where DDL commits by itself, and how it goes on after a failure.
class MySqlMigrationIT extends MySqlMigrationFixture {

  @Test
  void aSecondRunChangesNothing_andOpensNoLock() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    assertThat(update("shop.sql").applied()).extracting(ChangeSetRef::id).containsExactly("1", "2");
    try (Connection other = connect()) {
      execute(other, "SELECT get_lock(" + MySqlLock.NAME + ", 0)");

      MigrationResult second = update("shop.sql");

      assertThat(second.applied()).isEmpty();
      assertThat(second.alreadyApplied()).isEqualTo(2);
    }
    assertThat(said.lines).containsExactly("applying 1 1/2", "applying 2 2/2");
    assertThat(text("SELECT concat_ws('/', locked + 0, lockedby) FROM DATABASECHANGELOGLOCK"))
        .isEqualTo("0");
  }

  @Test
  void everyFormat_andRowsFromFiles() throws Exception {
    folder
        .withXml(
            "root.xml",
            """
            <changeSet id="xml" author="anna" dbms="mysql">
              <createTable tableName="a" remarks="All of it">
                <column name="id" type="int"><constraints primaryKey="true"/></column>
                <column name="name" type="varchar(80)" remarks="What it is called"/>
              </createTable>
            </changeSet>
            <changeSet id="pg" author="anna" dbms="postgresql"><sql>SELECT nonsense</sql></changeSet>
            <include file="b.yaml"/>
            <include file="c.sql"/>
            <changeSet id="data" author="anna">
              <loadData tableName="a" file="a.csv" relativeToChangelogFile="true"/>
            </changeSet>
            """)
        .with(
            "b.yaml",
            """
            databaseChangeLog:
              - changeSet:
                  id: yaml
                  author: anna
                  changes:
                    - addColumn:
                        tableName: a
                        columns: [{column: {name: born, type: date}}, {column: {name: died, type: date}}]
            """)
        .with(
            "c.sql",
            """
            --liquibase formatted sql
            --changeset anna:sql splitStatements:false
            CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC BEGIN RETURN 2 * n; END
            """)
        .with("a.csv", "id,name\n1,Ada\n2,Bea Ö\n");

    assertThat(update("root.xml").applied())
        .extracting(ChangeSetRef::id)
        .containsExactly("xml", "yaml", "sql", "data");
    assertThat(text("SELECT group_concat(name ORDER BY id) FROM a WHERE twice(id) > 1"))
        .isEqualTo("Ada,Bea Ö");
    assertThat(update("root.xml").applied()).isEmpty();
  }

  @Test
  void rowsAndTheirChangeSet_areKeptTogether() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    folder.with(
        "shop.sql",
        TWO_TABLES
            + "--changeset ben:3\nINSERT INTO customers VALUES (1, 'Ada');\nINSERT INTO customers VALUES (1, 'Bea');\n");

    assertThat(failure("shop.sql")).hasMessageContaining("Duplicate entry '1'");

    assertThat(text("SELECT count(*) FROM customers")).isEqualTo("0");
    assertThat(mark()).isNull();
  }

  @Test
  void aFailingChangeSet_isNamed_andARunAfterTheFixDoesNotRepeatItsBeginning() throws Exception {
    String half = TWO_TABLES + "--changeset ben:3\nCREATE TABLE carts (id int);\n";
    folder.with("shop.sql", half + "CREATE VIEW v AS SELECT * FROM oders;\n");

    assertThat(failure("shop.sql"))
        .hasMessage(
            "Could not apply change set '3::ben' (shop.sql, line 6) to "
                + target
                + ": Table '"
                + target.database()
                + ".oders' doesn't exist (SQLSTATE 42S02)."
                + " The statement was: CREATE VIEW v AS SELECT * FROM oders."
                + " What the statements before that one did stays where MySQL commits by itself, as"
                + " it does with all DDL, and is not done again;"
                + " 2 of the 3 pending change sets were applied."
                + " Mend the cause (a changelog is mended by building the artifact again), then run"
                + " the same command again: it continues with this change set.");
    assertThat(mark()).contains(" | before statement 2 of shop.sql::3::ben [");

    folder.with("shop.sql", half + "CREATE VIEW v AS SELECT * FROM orders;\n");
    assertThat(update("shop.sql").applied()).extracting(ChangeSetRef::id).containsExactly("3");
    assertThat(text("SELECT count(*) FROM v")).isEqualTo("0");
    assertThat(mark()).isNull();
  }

  @Test
  void whatTookEffect_mustStayAsItWas() throws Exception {
    folder.with(
        "shop.sql",
        TWO_TABLES + "--changeset ben:3\nCREATE TABLE carts (id int);\nSELECT * FROM absent;\n");
    failure("shop.sql");
    for (String changed :
        new String[] {"CREATE TABLE carts (id bigint);\nSELECT 1;\n", "SELECT 1;\n"}) {
      folder.with("shop.sql", TWO_TABLES + "--changeset ben:3\n" + changed);

      assertThat(failure("shop.sql"))
          .hasMessageContaining("its statements before number 2, which took effect, are not the")
          .hasMessageContaining("UPDATE DATABASECHANGELOGLOCK SET lockedby = NULL WHERE id = 1");
    }
    execute("DROP TABLE carts");
    execute("UPDATE DATABASECHANGELOGLOCK SET lockedby = NULL WHERE id = 1");
    assertThat(update("shop.sql").applied()).hasSize(1);
  }

  @Test
  void aConditionThatTheChangeSetItselfHasMadeFalse_doesNotEndIt() throws Exception {
    String xml =
        """
        <changeSet id="1" author="anna">
          <preConditions onFail="MARK_RAN"><not><tableExists tableName="a"/></not></preConditions>
          <sql>CREATE TABLE a (id int); CREATE TABLE b AS SELECT id FROM %s</sql>
        </changeSet>
        """;
    folder.withXml("root.xml", xml.formatted("absent"));
    failure("root.xml");

    folder.withXml("root.xml", xml.formatted("a"));
    assertThat(update("root.xml").applied()).hasSize(1);
    assertThat(text("SELECT count(*) FROM b")).isEqualTo("0");
  }

  @Test
  void endedBetweenAChangeSetAndItsRow_aRerunCompletes() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    var ending =
        new MigrationProgress() {
          @Override
          public void applied(ChangeSetRef changeSet, Duration elapsed) {
            throw new IllegalStateException("ended here");
          }
        };
    assertThatThrownBy(() ->
            new SchemaMigration(MigrationSettings.DEFAULT, ending)
                .update(target, root, "shop.sql", "", ""))
        .hasStackTraceContaining("ended here");
    assertThat(text("SELECT count(*) FROM customers")).isEqualTo("0");

    assertThat(update("shop.sql").applied()).hasSize(2);
  }

  /// As a kill leaves it that comes between a statement and the note that it took effect.
  @Test
  void aStatementInDoubt_isFoundToHaveTakenEffect() throws Exception {
    folder.with("shop.sql", TWO_TABLES.substring(0, TWO_TABLES.indexOf("--changeset anna:2")));
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES);
    execute("CREATE TABLE orders (id int PRIMARY KEY)");
    leaveBehind(new ChangeSetWalk("shop.sql::2::anna", Optional.empty()).mark());

    assertThat(update("shop.sql").applied()).extracting(ChangeSetRef::id).containsExactly("2");
    assertThat(said.lines)
        .anyMatch(each -> each.startsWith("Released a stale lock"))
        .contains("Going on with shop.sql::2::anna at its statement 1.")
        .anyMatch(each -> each.startsWith("Statement 1 took effect already, when the run before"));
  }

  @Test
  void aTableThatIsThereWithoutDoubt_isNoExcuse() throws Exception {
    execute("CREATE TABLE customers (id int)");
    folder.with("shop.sql", TWO_TABLES);

    assertThat(failure("shop.sql")).hasMessageContaining("Table 'customers' already exists");
    assertThat(failure("shop.sql")).hasMessageContaining("Table 'customers' already exists");
  }

  private void leaveBehind(Mark mark) throws SQLException {
    execute(
        "UPDATE DATABASECHANGELOGLOCK SET locked = true, lockgranted = now(), lockedby = 'db-artifact-converge (pid 1)"
            + mark
            + "'");
  }

  /// The server goes on with the statement of a session that is gone; nobody else begins meanwhile.
  @Test
  void afterAKill_theNextRunWaitsForTheStatement_andCompletes() throws Exception {
    folder.with(
        "shop.sql",
        TWO_TABLES
            + """
            --changeset ben:3
            CREATE TABLE carts (id int);
            INSERT INTO carts VALUES (1);
            CREATE TABLE slow AS SELECT sleep(4) AS n;
            INSERT INTO carts VALUES (2);
            """);
    Process killed = MigrateOnce.start(target, root, "shop.sql");
    awaitSleep(killed);
    killed.destroyForcibly().waitFor();

    MigrationResult next =
        new SchemaMigration(MigrationSettings.DEFAULT, said)
            .update(target, root, "shop.sql", "", "");

    assertThat(next.applied()).extracting(ChangeSetRef::id).containsExactly("3");
    assertThat(next.alreadyApplied()).isEqualTo(2);
    assertThat(text("SELECT group_concat(id ORDER BY id) FROM carts")).isEqualTo("1,2");
    assertThat(said.lines).anyMatch(each -> each.startsWith("Released a stale lock"));
  }

  private void awaitSleep(Process migration) throws Exception {
    String asleep =
        "SELECT count(*) FROM information_schema.PROCESSLIST WHERE info LIKE 'CREATE TABLE slow%' AND db = database()";
    for (int look = 0; look < 1000 && !text(asleep).equals("1"); look++) {
      assertThat(migration.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void thePasswordIsInNoMessage_evenIfAChangeSetHasIt() throws Exception {
    String password = target.password().reveal();
    folder.with(
        "shop.sql",
        "--liquibase formatted sql\n--changeset anna:1\nSELECT '%s' FROM absent;\n"
            .formatted(password));

    assertThat(failure("shop.sql")).hasMessageContaining("•").message().doesNotContain(password);
  }

  private String mark() throws SQLException {
    return text("SELECT lockedby FROM DATABASECHANGELOGLOCK WHERE id = 1");
  }
}
