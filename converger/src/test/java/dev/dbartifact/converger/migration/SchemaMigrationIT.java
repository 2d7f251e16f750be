package dev.dbartifact.converger.migration;

import static dev.dbartifact.converger.migration.TestPostgres.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaMigrationIT {
  private static final String TWO_TABLES =
      """
      --liquibase formatted sql
      --changeset anna:1
      CREATE TABLE customers (id int PRIMARY KEY, name text);
      --rollback DROP TABLE customers;
      --changeset anna:2
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers);
      """;

  @TempDir Path root;
  private ChangelogFolder folder;
  private final JdbcTarget target = TestPostgres.freshDatabase();
  private final Recorded said = new Recorded();

  @BeforeEach
  void folder() {
    folder = new ChangelogFolder(root);
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    assertThat(update("shop.sql").applied()).extracting(ChangeSetRef::id).containsExactly("1", "2");

    MigrationResult second = update("shop.sql");

    assertThat(second.unchanged()).isTrue();
    assertThat(second.alreadyApplied()).isEqualTo(2);
    assertThat(said.lines).containsExactly("starting 2", "applying 1 1/2", "applying 2 2/2");
  }

  @Test
  void aSecondRunOpensNoSecondSession() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    try (Connection other = connect(target)) {
      execute(other, "SELECT pg_advisory_lock(%d, %d)".formatted(PostgresLock.KEY, name()));

      assertThat(update("shop.sql").unchanged()).isTrue();
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
    assertThat(update("root.xml").unchanged()).isTrue();
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
  void aFailingChangeSet_isNamed_andARerunAfterTheFixCompletes() throws Exception {
    folder.with(
        "shop.sql", TWO_TABLES + "--changeset ben:3\nCREATE VIEW v AS SELECT * FROM oders;\n");

    var failure = failure("shop.sql");

    assertThat(failure)
        .hasMessage(
            "Could not apply change set '3::ben' (shop.sql, line 7) to "
                + target
                + ": ERROR: relation \"oders\" does not exist; Position: 32 (SQLSTATE 42P01)."
                + " The statement was: CREATE VIEW v AS SELECT * FROM oders."
                + " It was rolled back; 2 of the 3 pending change sets were applied."
                + " Mend the cause (a changelog is mended by building the artifact again), then run"
                + " the same command again: it continues with this change set.");
    assertThat(failure.sqlState()).contains("42P01");
    assertThat(failure.changeSet().orElseThrow().line()).hasValue(7);

    folder.with(
        "shop.sql", TWO_TABLES + "--changeset ben:3\nCREATE VIEW v AS SELECT * FROM orders;\n");
    assertThat(update("shop.sql").applied()).extracting(ChangeSetRef::id).containsExactly("3");
  }

  @Test
  void aFailureInXmlAndYaml_hasItsLineToo() throws Exception {
    folder
        .withXml(
            "root.xml",
            """
            <include file="b.yaml"/>
            <changeSet author="anna"
                id="bad"><sql>SELECT 1/0</sql></changeSet>
            """)
        .with(
            "b.yaml",
            """
            databaseChangeLog:
              - changeSet: {id: bad, author: ben, changes: [{sql: {sql: SELECT 1}}]}
              - changeSet:
                  id: worse
                  author: anna
                  changes: [{sql: {sql: "SELECT 'x'::int"}}]
            """);
    assertThat(failure("root.xml").changeSet())
        .hasToString("Optional['worse::anna' (b.yaml, line 4)]");

    folder.with("b.yaml", "databaseChangeLog: []");
    assertThat(failure("root.xml").changeSet())
        .hasToString("Optional['bad::anna' (root.xml, line 8)]");
  }

  @Test
  void aStaleLockRow_isReleased_andSaid() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    said.lines.clear();
    execute(
        "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = '2024-05-06 07:08:09'");

    MigrationResult second = update("shop.sql");

    assertThat(second.unchanged()).isTrue();
    assertThat(said.lines)
        .containsExactly(
            "Released a stale lock in databasechangeloglock, set by build-7 (10.0.0.7) since 2024-05-06 07:08:09.0: no session of this database can be its holder.");
    assertThat(text("SELECT locked FROM databasechangeloglock")).isEqualTo("f");
  }

  @Test
  void aLockRowOfALivePlainLiquibase_isWaitedFor_andNeverTakenAway() throws Exception {
    folder.with("shop.sql", TWO_TABLES.substring(0, TWO_TABLES.indexOf("--changeset anna:2")));
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES);
    said.lines.clear();
    try (Connection other = connect(target)) {
      String pid = text(other, "SELECT pg_backend_pid()");
      execute(
          other,
          "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = localtimestamp");

      assertThat(failure("shop.sql"))
          .hasMessageContaining(
              "databasechangeloglock is still held after 1 s by build-7 (10.0.0.7) since ")
          .hasMessageContaining("pid " + pid + " (somebody-else")
          .hasMessageContaining("UPDATE databasechangeloglock SET locked = false");
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
    try (Connection other = connect(target)) {
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
    try (Connection other = connect(target)) {
      execute(
          other,
          "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = localtimestamp");

      assertThat(update("shop.sql").unchanged()).isTrue();
      assertThat(text("SELECT locked FROM databasechangeloglock")).isEqualTo("t");
    }
  }

  @Test
  void sessionsThatCannotHoldTheLockRow_doNotKeepItAlive() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    execute("CREATE ROLE \"%s\" LOGIN PASSWORD 'a-Reader-1'".formatted(reader()));
    try (Connection console = connect(target);
        Connection _ =
            java.sql.DriverManager.getConnection(
                target.endpoint().jdbcUrl(), reader(), "a-Reader-1")) {
      execute(console, "SET application_name = 'psql'");
      execute(
          "UPDATE databasechangeloglock SET locked = true, lockedby = 'build-7 (10.0.0.7)', lockgranted = localtimestamp");
      awaitOneSessionOf("somebody-else", 0);

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
  private void awaitOneSessionOf(String application, int count) throws Exception {
    try (Connection asking = connect(target)) {
      String others =
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = '%s'"
              .formatted(application);
      for (int look = 0; look < 1000 && !text(asking, others).equals("" + count); look++) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aLockHeldBySomebodyElse_isWaitedFor_butNotForever() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    try (Connection other = connect(target)) {
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
  void aTableLockedBySomebodyElse_isNotWaitedForForever_andTheirSessionIsNamed() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES + "--changeset ben:3\nALTER TABLE orders ADD note text;\n");
    try (Connection other = connect(target)) {
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

  @Test
  void anEditedChangeSet_isRefused_withAdvice() throws Exception {
    folder.with("shop.sql", TWO_TABLES);
    update("shop.sql");
    folder.with("shop.sql", TWO_TABLES.replace("name text", "name varchar(80)"));

    assertThat(failure("shop.sql"))
        .hasMessageContaining("shop.sql::1::anna")
        .hasMessageContaining("restore it, and put the change in a new one");
  }

  @Test
  void programsAndClasses_areRefused_beforeAnythingIsChanged() throws Exception {
    Path proof = root.resolve("proof");
    folder.withXml(
        "root.xml",
        """
        <changeSet id="1" author="anna"><createTable tableName="a"><column name="id" type="int"/></createTable></changeSet>
        <changeSet id="2" author="anna"><executeCommand executable="touch"><arg value="%s"/></executeCommand></changeSet>
        """
            .formatted(proof));

    assertThatThrownBy(() -> update("root.xml"))
        .isInstanceOf(CodeNotAllowedException.class)
        .hasMessageContaining("'2::anna' (root.xml, line 7) uses executeCommand")
        .hasMessageContaining("--allow-changelog-code");
    assertThat(proof).doesNotExist();
    assertThat(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).isEqualTo("0");

    migration(MigrationSettings.DEFAULT.allowingCode()).update(target, root, "root.xml", "", "");
    assertThat(proof).exists();
  }

  @Test
  void aClassInTheConditionsOfTheChangelog_isRefused_andNeverMade() throws Exception {
    Touch.made = 0;
    folder.withXml(
        "root.xml",
        """
        <preConditions><customPrecondition className="%s"/></preConditions>
        <changeSet id="1" author="anna"><sql>CREATE TABLE a (id int)</sql></changeSet>
        """
            .formatted(Touch.class.getName()));

    assertThatThrownBy(() -> update("root.xml"))
        .isInstanceOf(CodeNotAllowedException.class)
        .hasMessageContaining("customPrecondition");
    assertThat(Touch.made).isZero();

    migration(MigrationSettings.DEFAULT.allowingCode()).update(target, root, "root.xml", "", "");
    assertThat(Touch.made).isPositive();
  }

  /// A class that a changelog names.
  public static final class Touch implements liquibase.precondition.CustomPrecondition {
    static int made;

    public Touch() {
      made++;
    }

    @Override
    public void check(liquibase.database.Database database) {}
  }

  @Test
  void filesOutsideTheFolder_areNotRead() throws Exception {
    Path outside = Files.createTempFile("outside", ".sql");
    Files.writeString(outside, formatted("x", "CREATE TABLE stolen (id int);"));
    Files.createSymbolicLink(root.resolve("link.sql"), outside);
    try {
      for (String path : List.of("../" + outside.getFileName(), outside.toString(), "link.sql")) {
        folder.withXml("root.xml", "<include file=\"%s\"/>".formatted(path));
        assertThatThrownBy(() -> update("root.xml"))
            .as(path)
            .isInstanceOf(MigrationException.class);
      }
      folder.withXml(
          "root.xml",
          "<property file=\"../%s\" relativeToChangelogFile=\"true\"/>"
              .formatted(outside.getFileName()));
      assertThatThrownBy(() -> update("root.xml"))
          .hasMessageContaining("lies outside the changelog folder");
    } finally {
      Files.delete(outside);
    }
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

    MigrationResult result = migration().update(target, root, "shop.sql", "test", "!slow");

    assertThat(result.applied()).extracting(ChangeSetRef::id).containsExactly("1");
  }

  @Test
  void variablesOfThisJvm_areNotExpanded() throws Exception {
    folder.withXml(
        "root.xml",
        """
        <property name="mine" value="of the changelog"/>
        <property name="USER" value="anna" global="false"/>
        <changeSet id="1" author="anna">
          <sql>CREATE TABLE seen AS SELECT '${PATH}|${java.home}|${mine}|${USER}' AS text</sql>
        </changeSet>
        """);

    update("root.xml");

    assertThat(text("SELECT text FROM seen"))
        .isEqualTo("${PATH}|${java.home}|of the changelog|anna");
  }

  @Test
  void thePasswordIsInNoMessage_evenIfAChangeSetHasIt() throws Exception {
    String password = target.password().reveal();
    folder.with("shop.sql", formatted("1", "SELECT '%s'::int;".formatted(password)));

    assertThat(failure("shop.sql")).hasMessageContaining("•").message().doesNotContain(password);
  }

  @Test
  void whatIsMissingOrMalformed_isSaid() throws Exception {
    assertThat(failure("absent.xml"))
        .hasMessageContaining("absent.xml")
        .hasMessageContaining("could not be read");
    folder.with("bad.xml", "<databaseChangeLog><changeSet>");
    assertThat(failure("bad.xml"))
        .hasMessageContaining("bad.xml")
        .hasMessageContaining("could not be read");
    folder.with(
        "remote.xml",
        ChangelogFolder.XML_HEAD
                .replace("dbchangelog-latest.xsd", "dbchangelog-99.xsd")
                .replace("www.liquibase.org/xml/ns/dbchangelog/", "127.0.0.1:9/")
            + "<include file=\"x\"/></databaseChangeLog>");
    assertThat(failure("remote.xml")).hasMessageContaining("127.0.0.1:9");
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

  private MigrationResult update(String changelog) throws MigrationException {
    return migration().update(target, root, changelog, "", "");
  }

  private SchemaMigration migration() {
    return migration(MigrationSettings.DEFAULT);
  }

  private SchemaMigration migration(MigrationSettings settings) {
    return new SchemaMigration(
        settings.waitingForOthers(Duration.ofSeconds(1)).waitingForTables(Duration.ofMillis(300)),
        said);
  }

  private MigrationException failure(String changelog) {
    return catchThrowableOfType(MigrationException.class, () -> update(changelog));
  }

  private int name() {
    return target.database().value().hashCode();
  }

  private static String formatted(String id, String sql) {
    return "--liquibase formatted sql\n--changeset anna:" + id + "\n" + sql + "\n";
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect(target)) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String query) throws SQLException {
    try (Connection connection = connect(target)) {
      return text(connection, query);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
