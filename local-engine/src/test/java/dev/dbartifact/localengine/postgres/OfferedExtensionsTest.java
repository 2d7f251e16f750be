package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferedExtensionsTest {
  @TempDir private Path folder;

  @BeforeEach
  void anInstallation() throws IOException {
    write("hstore.control", "default_version = '1.8'\n");
    write("file_fdw.control", "default_version = '1.0'\n");
    write("file_fdw--1.0.sql", "CREATE FUNCTION f();\n");
    write("postgres_fdw.control", "default_version = '1.1' # newest\nrelocatable = true");
    write("postgres_fdw--1.0.sql", "CREATE FOREIGN DATA WRAPPER postgres_fdw;\n");
    write("postgres_fdw--1.0--1.1.sql", "ALTER FOREIGN DATA WRAPPER postgres_fdw;\n");
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void onlyWhatIsOfferedIsTrusted() throws IOException {
    new OfferedExtensions(folder).open();

    assertThat(read("postgres_fdw.control")).endsWith("relocatable = true\ntrusted = true\n");
    assertThat(read("file_fdw.control")).doesNotContain("trusted");
    assertThat(read("hstore.control")).doesNotContain("trusted");
  }

  @Test
  void theScriptThatLeadsToTheDefaultVersionGrantsAtItsEnd() throws IOException {
    new OfferedExtensions(folder).open();

    assertThat(read("postgres_fdw--1.0--1.1.sql"))
        .startsWith("ALTER FOREIGN DATA WRAPPER postgres_fdw;\n")
        .contains(
            "'GRANT %s TO %I WITH GRANT OPTION'",
            "pg_get_userbyid(made.extowner)", "SELECT 'USAGE ON FOREIGN DATA WRAPPER postgres_fdw'")
        .endsWith("END $grant$;\n");
    assertThat(read("postgres_fdw--1.0.sql"))
        .isEqualTo("CREATE FOREIGN DATA WRAPPER postgres_fdw;\n");
  }

  /// PostgreSQL puts the user's name in place of it, as text.
  @ParameterizedTest
  @ValueSource(
      strings = {"amcheck", "dblink", "pg_stat_statements", "pg_walinspect", "postgres_fdw"})
  void noScriptAsksForTheNameOfTheOwnerInItsText(String name) throws IOException {
    write(name + ".control", "default_version = '9.0'\n");
    write(name + "--9.0.sql", "CREATE FUNCTION f();\n");

    new OfferedExtensions(folder).open();

    assertThat(read(name + "--9.0.sql"))
        .contains("WHERE made.extname OPERATOR(pg_catalog.=) '" + name + "'")
        .doesNotContain("@extowner@");
  }

  @Test
  void whatAnEarlierEngineLetAScriptGrantIsReplaced() throws IOException {
    new OfferedExtensions(folder).open();
    var script = read("postgres_fdw--1.0--1.1.sql");
    var mark = "\n-- for the user who creates it\n";
    write(
        "postgres_fdw--1.0--1.1.sql",
        script.substring(0, script.indexOf(mark)) + mark + "GRANT ALL TO @extowner@;\n");

    new OfferedExtensions(folder).open();

    assertThat(read("postgres_fdw--1.0--1.1.sql")).isEqualTo(script);
  }

  @Test
  void theSecondTimeChangesNothing() throws IOException {
    new OfferedExtensions(folder).open();
    var control = read("postgres_fdw.control");
    var script = read("postgres_fdw--1.0--1.1.sql");

    new OfferedExtensions(folder).open();

    assertThat(read("postgres_fdw.control")).isEqualTo(control);
    assertThat(read("postgres_fdw--1.0--1.1.sql")).isEqualTo(script);
  }

  @Test
  void theDocumentationNamesThem() throws IOException {
    var page = Files.readString(Path.of("../docs/local-engine.md"));
    var list = page.split("<!-- extensions -->")[1].split("<!-- extensions end -->")[0];

    assertThat(list.strip().replaceAll("\\.$", "").split(",\\s*"))
        .containsExactlyInAnyOrderElementsOf(OfferedExtensions.NAMES);
  }
}
