package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found in a changelog before there is a database.
class ChangelogCheckTest {
  @TempDir Path root;
  private ChangelogFolder folder;

  @BeforeEach
  void folder() {
    folder = new ChangelogFolder(root);
  }

  @Test
  void aSoundChangelog_isCounted_andNothingIsWritten() throws Exception {
    folder
        .withXml(
            "root.xml",
            """
            <include file="b.sql"/>
            <changeSet id="1" author="anna"><loadData tableName="a" file="a.csv"/></changeSet>
            """)
        .with("a.csv", "id\n1\n")
        .with(
            "b.sql",
            "--liquibase formatted sql\n--changeset anna:2\nSELECT 1;\n--changeset anna:3 context:x\nSELECT 2;\n");

    assertThat(check("root.xml")).isEqualTo(3);
    assertThat(
            new SchemaMigration(MigrationSettings.DEFAULT, MigrationProgress.NONE)
                .check(Engine.AURORA_POSTGRESQL, root, "root.xml", "y", ""))
        .isEqualTo(2);
    assertThat(root).isDirectoryNotContaining("glob:**databasechangelog*");
    assertThat(Path.of("databasechangelog.csv")).doesNotExist();
  }

  @Test
  void whatIsMissing_isNamed() throws Exception {
    folder.withXml("root.xml", "<include file=\"absent.sql\"/>");

    assertThatThrownBy(() -> check("root.xml"))
        .isInstanceOf(MigrationException.class)
        .hasMessageStartingWith("The changelog 'root.xml' cannot be used: ")
        .hasMessageContaining("absent.sql")
        .hasMessageNotContaining("..")
        .hasMessageEndingWith("Correct it and build the artifact again.");
  }

  @Test
  void whatIsIncomplete_isNamed() throws Exception {
    folder.with(
        "root.yaml",
        """
        databaseChangeLog:
          - changeSet: {id: 1, author: anna, changes: [{dropTable: {cascadeConstraints: true}}]}
        """);

    assertThatThrownBy(() -> check("root.yaml"))
        .hasMessageContaining("tableName is required")
        .hasMessageContaining("root.yaml::1::anna");
  }

  @Test
  void whatIsThereTwice_isNamed() throws Exception {
    folder.with(
        "root.sql",
        "--liquibase formatted sql\n--changeset anna:1\nSELECT 1;\n--changeset anna:1\nSELECT 2;\n");

    assertThatThrownBy(() -> check("root.sql")).hasMessageContaining("root.sql::1::anna");
  }

  @Test
  void programsAreRefused() throws Exception {
    folder.withXml(
        "root.xml",
        "<changeSet id=\"1\" author=\"anna\"><executeCommand executable=\"touch\"/></changeSet>");

    assertThatThrownBy(() -> check("root.xml")).isInstanceOf(CodeNotAllowedException.class);
  }

  @Test
  void classesInPreconditionsAreRefused() throws Exception {
    folder.withXml(
        "root.xml",
        """
        <changeSet id="1" author="anna">
          <preConditions><or><customPrecondition className="x.Y"/></or></preConditions><sql>SELECT 1</sql>
        </changeSet>
        """);

    assertThatThrownBy(() -> check("root.xml"))
        .isInstanceOf(CodeNotAllowedException.class)
        .hasMessageContaining("'1::anna' (root.xml, line 6) uses customPrecondition");
  }

  @Test
  void classesInTheConditionsOfAnIncludedChangelogAreRefused() throws Exception {
    folder
        .withXml("root.xml", "<include file=\"deep/b.yaml\"/>")
        .with(
            "deep/b.yaml",
            """
            databaseChangeLog:
              - preConditions: [{or: [{customPrecondition: {className: x.Y}}]}]
              - changeSet: {id: 1, author: anna, changes: [{sql: {sql: SELECT 1}}]}
            """);

    assertThatThrownBy(() -> check("root.xml"))
        .isInstanceOf(CodeNotAllowedException.class)
        .hasMessageContaining("<preConditions> of the changelog itself, or of one it includes, use")
        .hasMessageContaining("customPrecondition");
  }

  /// Liquibase makes an object of the class of a customChange while it parses.
  @Test
  void nothingOfARefusedClassRuns_notEvenWhileTheChangelogIsRead() throws Exception {
    String trap = "dev.dbartifact.converger.migration.Trap"; // naming it must not initialise it
    folder
        .withXml(
            "root.xml",
            """
            <include file="b.yaml"/>
            <changeSet id="1" author="anna" context="never">
              <preConditions><customPrecondition className="%1$s"/></preConditions>
              <customChange class="%1$s"><param name="a" value="b"/></customChange>
              <rollback><customChange class="%1$s"/></rollback>
            </changeSet>
            """
                .formatted(trap))
        .with(
            "b.yaml",
            """
            databaseChangeLog:
              - changeSet: {id: 2, author: anna, changes: [{customChange: {class: %s}}]}
            """
                .formatted(trap));

    assertThatThrownBy(() -> check("root.xml"))
        .isInstanceOf(CodeNotAllowedException.class)
        .hasMessageContainingAll(
            "'1::anna' (root.xml, line 7) uses customChange", "customPrecondition", "'2::anna'");
    assertThat(System.getProperty(Trap.TRACE)).isNull();
  }

  private int check(String changelog) throws MigrationException {
    return new SchemaMigration(MigrationSettings.DEFAULT, MigrationProgress.NONE)
        .check(Engine.AURORA_POSTGRESQL, root, changelog, "", "");
  }
}
