package dev.dbartifact.builder.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.Problems;
import dev.dbartifact.builder.spec.ChangelogSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogFilesTest {
  private static final String SQL = "--liquibase formatted sql\n--changeset a:1\nselect 1;\n";
  private static final String NO_CHANGELOG = "";

  @TempDir Path folder;
  private final Problems problems = new Problems();

  @Test
  void oneFileAloneIsAChangelog() throws Exception {
    write("a.sql", SQL);
    assertThat(collected("a.sql")).containsExactly("a.sql");
  }

  @Test
  void xmlNamesFilesFromTheRootAndFromItself() throws Exception {
    write(
        "db/root.xml",
        """
        <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
          <property file="db/my.properties"/>
          <include file="db/tables.xml"/>
          <include file="views.sql" relativeToChangelogFile="true"/>
          <changeSet id="1" author="a">
            <loadData tableName="t" file="data/rows.csv" relativeToChangelogFile="true"/>
            <loadUpdateData tableName="t" file="db/data/more.csv" primaryKey="id"/>
            <sqlFile path="db/function.sql"/>
            <createProcedure path="procedure.sql" relativeToChangelogFile="true"/>
            <createView viewName="v" path="db/view.sql"/>
            <insert tableName="t"><column name="c" valueClobFile="text.txt"/></insert>
            <rollback><sqlFile path="db/rollback.sql"/></rollback>
          </changeSet>
        </databaseChangeLog>
        """);
    write("db/tables.xml", "<databaseChangeLog/>");
    write("db/views.sql", SQL);
    var contents =
        List.of(
            "my.properties",
            "data/rows.csv",
            "data/more.csv",
            "function.sql",
            "procedure.sql",
            "view.sql",
            "text.txt",
            "rollback.sql");
    for (var content : contents) {
      write("db/" + content, "x");
    }

    assertThat(collected("db/root.xml"))
        .contains("db/root.xml", "db/tables.xml", "db/views.sql")
        .containsAll(contents.stream().map("db/"::concat).toList())
        .hasSize(11);
  }

  @Test
  void yamlAndJsonNameFilesToo() throws Exception {
    write(
        "root.yaml",
        """
        databaseChangeLog:
          - include: { file: child.json }
          - changeSet:
              id: 1
              author: a
              changes:
                - sqlFile: { path: "f.sql", relativeToChangelogFile: true }
        """);
    write(
        "child.json",
        """
        {"databaseChangeLog": [
          {"changeSet": {"id": "2", "author": "a", "changes": [
            {"loadData": {"tableName": "t", "file": "rows.csv"}}]}}]}
        """);
    write("f.sql", "select 1");
    write("rows.csv", "a\\n1");
    assertThat(collected("root.yaml"))
        .containsExactly("child.json", "f.sql", "root.yaml", "rows.csv");
  }

  @Test
  void rowsNameFilesInColumnsOfLargeObjects() throws Exception {
    write(
        "db/root.xml",
        """
        <databaseChangeLog>
          <changeSet id="1" author="a">
            <loadData tableName="t" file="db/rows.csv" separator=";" quotchar="'">
              <column name="id" type="NUMERIC"/>
              <column name="text" type="CLOB"/>
              <column header="photo" name="picture" type="blob"/>
            </loadData>
            <insert tableName="t"><column name="other" value="x"/></insert>
          </changeSet>
        </databaseChangeLog>
        """);
    write(
        "db/rows.csv",
        "id;text;photo;other\n1;'long;name.txt';ada.png;no.txt\n2;just ${text};NULL;no.txt\n"
            + "3;root.txt;aGVsbG8=;no.txt\n");
    write("db/long;name.txt", "x");
    write("db/ada.png", "x");
    write("db/no.txt", "x");
    write("root.txt", "x");

    assertThat(collected("db/root.xml"))
        .containsExactly(
            "db/ada.png", "db/long;name.txt", "db/root.xml", "db/rows.csv", "root.txt");
    Files.delete(folder.resolve("db/ada.png"));
    assertThat(collected("db/root.xml")).isEmpty();
    assertThat(problems.list())
        .singleElement()
        .asString()
        .startsWith("db/root.xml:3: 'db/ada.png' does not exist");
  }

  @Test
  void anEncodingThatDoesNotExistIsTold() throws Exception {
    write(
        "root.xml",
        """
        <databaseChangeLog>
          <changeSet id="1" author="a">
            <loadData tableName="t" file="rows.csv" encoding="utf8x"/>
            <loadData tableName="t" file="rows.csv" encoding="not one"/>
            <loadData tableName="t" file="rows.csv" encoding="${encoding}">
              <column name="text" type="CLOB"/>
            </loadData>
          </changeSet>
        </databaseChangeLog>
        """);
    Files.write(folder.resolve("rows.csv"), new byte[] {'t', 'e', 'x', 't', '\n', (byte) 0xff});

    assertThat(collected("root.xml")).isEmpty();
    assertThat(problems.list())
        .extracting(Object::toString)
        .containsExactly(
            "root.xml:3: 'utf8x' is not an encoding, such as UTF-8",
            "root.xml:4: 'not one' is not an encoding, such as UTF-8");
  }

  @Test
  void aFolderIsTakenWithEverythingInIt() throws Exception {
    write("root.xml", "<databaseChangeLog><includeAll path='all/'/></databaseChangeLog>");
    write("all/2.sql", SQL);
    write("all/deep/1.xml", "<databaseChangeLog><include file='other.sql'/></databaseChangeLog>");
    write("all/README.md", "");
    write("other.sql", SQL);
    assertThat(collected("root.xml"))
        .containsExactly("all/2.sql", "all/README.md", "all/deep/1.xml", "other.sql", "root.xml");
  }

  /// Liquibase counts the files of the folder itself as those of depth 1.
  @Test
  void ofAFolderOnlyWhatLiquibaseIncludesIsFollowed() throws Exception {
    write(
        "root.xml",
        """
        <databaseChangeLog>
          <includeAll path="all/" endsWithFilter=" .Up.SQL " minDepth="2" maxDepth="3"/>
        </databaseChangeLog>
        """);
    write("all/1.up.sql", NO_CHANGELOG);
    write("all/a/2.up.sql", SQL);
    write("all/a/2.down.sql", NO_CHANGELOG);
    write("all/a/b/3.UP.SQL", SQL);
    write("all/a/b/c/4.up.sql", NO_CHANGELOG);

    assertThat(collected("root.xml"))
        .containsExactly(
            "all/1.up.sql",
            "all/a/2.down.sql",
            "all/a/2.up.sql",
            "all/a/b/3.UP.SQL",
            "all/a/b/c/4.up.sql",
            "root.xml");
    write("all/a/2.up.sql", NO_CHANGELOG);
    write("all/a/b/3.UP.SQL", NO_CHANGELOG);
    assertThat(collected("root.xml")).isEmpty();
    assertThat(problems.list())
        .extracting(Object::toString)
        .containsExactly(
            "all/a/2.up.sql: is empty; a changelog has at least one change set",
            "all/a/b/3.UP.SQL: is empty; a changelog has at least one change set");
  }

  @Test
  void yamlLimitsAFolderToo() throws Exception {
    write("root.yaml", "databaseChangeLog:\n- includeAll: {path: all, maxDepth: 1}\n");
    write("all/1.sql", SQL);
    write("all/a/2.sql", NO_CHANGELOG);
    assertThat(collected("root.yaml")).containsExactly("all/1.sql", "all/a/2.sql", "root.yaml");
  }

  /// What depends on a property is known when the changelog runs.
  @Test
  void aLimitThatIsNotKnownYetExcludesNothing() throws Exception {
    write(
        "root.xml",
        """
        <databaseChangeLog>
          <includeAll path="all/" endsWithFilter="${which}.sql" minDepth="${depth}"/>
        </databaseChangeLog>
        """);
    write("all/1.sql", NO_CHANGELOG);
    assertThat(collected("root.xml")).isEmpty();
    assertThat(problems.list()).singleElement().asString().startsWith("all/1.sql: is empty");
  }

  @Test
  void whatIsIncludedTwiceIsTakenOnce() throws Exception {
    write(
        "root.xml",
        "<databaseChangeLog><include file='a.sql'/><include file='a.sql'/></databaseChangeLog>");
    write("a.sql", SQL);
    assertThat(collected("root.xml")).containsExactly("a.sql", "root.xml");
  }

  @Test
  void whatMayBeMissingMayBeMissing() throws Exception {
    write(
        "root.xml",
        "<databaseChangeLog><include file='a.sql' errorIfMissing='false'/></databaseChangeLog>");
    assertThat(collected("root.xml")).containsExactly("root.xml");
  }

  @Test
  void theDigestKnowsNamesAndBytesAndNothingElse() throws Exception {
    write("one/a.sql", SQL);
    write("two/a.sql", SQL);
    write("three/b.sql", SQL);
    write("four/a.sql", SQL + " ");
    assertThat(digest("one", "a.sql")).isEqualTo(digest("two", "a.sql"));
    assertThat(digest("one", "a.sql")).isNotEqualTo(digest("three", "b.sql"));
    assertThat(digest("one", "a.sql")).isNotEqualTo(digest("four", "a.sql"));
  }

  @Test
  void everyProblemIsToldWithItsPlace() throws Exception {
    writeEveryProblem();

    assertThat(collected("db/root.xml")).isEmpty();
    assertThat(problems.list())
        .extracting(problem -> problem.toString().replace(folder.toString(), "ROOT"))
        .zipSatisfy(
            List.of(
                "db/root.xml:2: 'gone.sql' does not exist below ROOT",
                "db/root.xml:3: 'beside.sql' does not exist below ROOT*relativeToChangelogFile*",
                "db/root.xml:4: '../outside.sql' leads out of ROOT",
                "db/root.xml:5: '/etc/passwd' is absolute*",
                "db/root.xml:6: '${where}/a.sql' depends on a property*",
                "db/empty.yaml: is empty*",
                "db/broken.xml:3: is not well-formed XML*",
                "db/broken.json:1: is not well-formed YAML or JSON*",
                "db/other.xml:1: is no changelog*",
                "db/root.xml:11: 'db/notes.txt' is no changelog*",
                "db/root.xml:12: the folder 'nowhere' does not exist*",
                "db/root.xml:13: *symbolic link*",
                "db/root.xml:14: includes itself: db/root.xml -> *"),
            (problem, expected) -> assertThat(problem).matches(written(expected)));
  }

  /// @param expected where a star stands for anything
  private static Pattern written(String expected) {
    return Pattern.compile(
        Arrays.stream(expected.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  private void writeEveryProblem() throws IOException {
    Files.writeString(folder.resolveSibling("outside.sql"), SQL);
    write(
        "db/root.xml",
        """
        <databaseChangeLog>
          <include file="gone.sql"/>
          <include file="beside.sql"/>
          <include file="../outside.sql"/>
          <include file="/etc/passwd"/>
          <include file="${where}/a.sql"/>
          <include file="db/empty.yaml"/>
          <include file="db/broken.xml"/>
          <include file="db/broken.json"/>
          <include file="db/other.xml"/>
          <include file="db/notes.txt"/>
          <includeAll path="nowhere"/>
          <include file="db/link.sql"/>
          <include file="db/root.xml"/>
        </databaseChangeLog>
        """);
    write("db/beside.sql", SQL);
    write("db/empty.yaml", " \n");
    write("db/broken.xml", "<databaseChangeLog>\n<include file='x'>\n</databaseChangeLog>");
    write("db/broken.json", "{\"databaseChangeLog\": [");
    write("db/other.xml", "<project/>");
    write("db/notes.txt", "x");
    Files.createSymbolicLink(folder.resolve("db/link.sql"), folder.resolveSibling("outside.sql"));
  }

  @Test
  void aMissingRootIsToldWhereItWasNamed() throws Exception {
    assertThat(collected("gone.xml")).isEmpty();
    assertThat(problems.list())
        .extracting(Object::toString)
        .containsExactly("the.ini:7: 'gone.xml' does not exist below " + folder);
  }

  @Test
  void noEntityIsEverFollowed() throws Exception {
    write(
        "root.xml",
        """
        <!DOCTYPE databaseChangeLog [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
        <databaseChangeLog><include file="&secret;"/></databaseChangeLog>
        """);
    assertThat(collected("root.xml")).isEmpty();
    assertThat(problems.list()).hasSize(1);
  }

  private List<String> collected(String root) throws IOException {
    return collect(folder, root)
        .map(baked -> List.copyOf(baked.files().keySet()))
        .orElse(List.of());
  }

  private String digest(String root, String path) throws IOException {
    return collect(folder.resolve(root), path).orElseThrow().changelog().digest().value();
  }

  private Optional<BakedChangelog> collect(Path root, String path) throws IOException {
    return ChangelogFiles.collect(new ChangelogSpec(root, Path.of(path), "the.ini:7"), problems);
  }

  private void write(String path, String content) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
