package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
  @TempDir Path folder;

  /// A server that ends by the line that tells why.
  private IOException failure(ServerLog log, Map<Path, Long> since) throws IOException {
    return log.explain(new IOException("it ended"), "17.11", null, since);
  }

  private ServerFiles files() throws IOException {
    var files =
        new ServerFiles(
            folder.resolve("pgdata"), folder, folder.resolve("s"), folder.resolve("log"));
    Files.createDirectory(files.log());
    return files;
  }

  /// Such as a parameter group brings about that lets all statements be logged.
  @Test
  void tellsTheLastLinesOfAFileThatFitsIntoNoMemory() throws IOException {
    var files = files();
    var log = new ServerLog(files);
    Files.writeString(log.startFile(), "");
    try (var file = new RandomAccessFile(files.log().resolve("postgresql.log").toFile(), "rw")) {
      file.seek(3L << 30);
      file.write("\nFATAL:  could not map memory\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(failure(log, Map.of()))
        .hasMessage("PostgreSQL 17.11: it ended. It said: FATAL:  could not map memory");
  }

  @Test
  void tellsNothingOfAnEarlierStart() throws IOException {
    var files = files();
    var log = new ServerLog(files);
    var file = Files.writeString(files.log().resolve("postgresql.log"), "FATAL:  earlier\n");
    Files.writeString(log.startFile(), "LOG:  redirecting\n");
    var since = log.position();
    Files.writeString(file, "FATAL:  earlier\nFATAL:  now\n");

    assertThat(failure(log, since)).hasMessageEndingWith("It said: FATAL:  now");
  }

  /// What it says before it has a log bears no level.
  @Test
  void tellsWhySettingsDoNotGoTogether() {
    assertThat(
            ServerLog.telling(
                """
                postgres: superuser_reserved_connections (3) plus reserved_connections (0) must be less than max_connections (1)
                """))
        .containsExactly(
            "postgres: superuser_reserved_connections (3) plus reserved_connections (0) must be less than max_connections (1)");
  }

  /// The last line does not say which.
  @Test
  void tellsWhichSettingIsRefused() {
    assertThat(
            ServerLog.telling(
                """
                2026-01-01 00:00:00.000 GMT [17] LOG:  skipping missing configuration file "/data/postgresql.auto.conf"
                2026-01-01 00:00:00.000 GMT [17] LOG:  invalid value for parameter "search_path": "a b"
                2026-01-01 00:00:00.000 GMT [17] DETAIL:  List syntax is invalid.
                2026-01-01 00:00:00.000 GMT [17] FATAL:  configuration file "/data/postgresql.conf" contains errors
                """))
        .containsExactly(
            "LOG:  invalid value for parameter \"search_path\": \"a b\"",
            "DETAIL:  List syntax is invalid.",
            "FATAL:  configuration file \"/data/postgresql.conf\" contains errors");
  }

  @Test
  void tellsTheLastLinesOfWeight_withoutTheirPrefix() {
    assertThat(
            ServerLog.telling(
                """
                2026-01-01 00:00:00.000 UTC [17] LOG:  starting PostgreSQL
                2026-01-01 00:00:00.000 UTC [17] FATAL:  could not map anonymous shared memory
                2026-01-01 00:00:00.000 UTC [17] LOG:  database system is shut down
                """))
        .containsExactly("FATAL:  could not map anonymous shared memory");
  }

  @Test
  void tellsAllWhereNothingHasWeight() {
    assertThat(ServerLog.telling("Segmentation fault\n")).containsExactly("Segmentation fault");
  }
}
