package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.Changelog;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.converger.steps.MigrateSchema;
import dev.dbartifact.converger.steps.StepException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDatabaseTest {
  @TempDir Path changelogs;

  @Test
  void aChangelogThatRunsProgramsIsRefused() throws IOException {
    var step =
        changelog(
            """
            databaseChangeLog:
              - changeSet:
                  id: 1
                  author: mallory
                  changes:
                    - executeCommand:
                        executable: /bin/true
            """);

    assertThatThrownBy(() -> database().check(step, Engine.AURORA_POSTGRESQL))
        .isInstanceOfSatisfying(StepException.class, it -> assertThat(it.isRefusal()).isTrue())
        .hasMessageContaining("--allow-changelog-code");
  }

  @Test
  void aMalformedChangelogIsAFailure() throws IOException {
    var step = changelog("databaseChangeLog: [changeSet: {");

    assertThatThrownBy(() -> database().check(step, Engine.AURORA_POSTGRESQL))
        .isInstanceOfSatisfying(StepException.class, it -> assertThat(it.isRefusal()).isFalse())
        .hasMessageContaining("db.changelog.yaml");
  }

  @Test
  void changeSetsAreCounted() {
    assertThat(JdbcDatabase.migrated(13, 0)).isEqualTo("13 change sets applied, 0 were there");
    assertThat(JdbcDatabase.migrated(1, 1)).isEqualTo("1 change set applied, 1 was there");
  }

  private MigrateSchema changelog(String text) throws IOException {
    Files.writeString(changelogs.resolve("db.changelog.yaml"), text);
    return new MigrateSchema(
        new ClusterId("dev"),
        new Changelog("db.changelog.yaml", 1, Digest.of(new byte[0])),
        "",
        "");
  }

  private JdbcDatabase database() {
    var progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, 80);
    return new JdbcDatabase(changelogs, false, progress, Optional.empty());
  }
}
