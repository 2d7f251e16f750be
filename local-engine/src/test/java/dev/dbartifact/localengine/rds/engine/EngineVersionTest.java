package dev.dbartifact.localengine.rds.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineVersionTest {

  /// See [EngineVersion#requiresTls] for where AWS says so.
  @Test
  void newerVersionsRequireTls() {
    assertThat(requiresTls(Engine.POSTGRES, "14.18")).isFalse();
    assertThat(requiresTls(Engine.POSTGRES, "15.13")).isTrue();
    assertThat(requiresTls(Engine.AURORA_POSTGRESQL, "16.9")).isFalse();
    assertThat(requiresTls(Engine.AURORA_POSTGRESQL, "17.5")).isTrue();
    assertThat(requiresTls(Engine.MARIADB, "10.11.19")).isFalse();
    assertThat(requiresTls(Engine.MARIADB, "11.4.7")).isFalse();
    assertThat(requiresTls(Engine.MARIADB, "11.8.3")).isTrue();
    assertThat(requiresTls(Engine.MYSQL, "8.0.42")).isFalse();
    assertThat(requiresTls(Engine.AURORA_MYSQL, "8.0.mysql_aurora.3.08.2")).isFalse();
  }

  private static boolean requiresTls(Engine engine, String number) {
    return new EngineVersion(engine, number).requiresTls();
  }
}
