package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Changelogs that fail on a real PostgreSQL, or are refused, and what is said of them.
class MigrationRefusalIT extends PostgresMigrationFixture {

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
}
