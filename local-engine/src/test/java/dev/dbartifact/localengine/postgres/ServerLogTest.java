package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerLogTest {

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
