package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresLoginTest {

  private static final Map<String, String> CLUSTER =
      Map.of("PGHOST", "127.77.0.1", "PGPORT", "5432", "PGUSER", "shop");

  @Test
  void whatTheUsersShellSaysOfOtherServersLeadsNowhere() {
    var environment =
        new HashMap<>(
            Map.of(
                "PGHOST", "prod.example.com",
                "PGHOSTADDR", "192.0.2.1",
                "PGSERVICE", "prod",
                "PGSSLMODE", "verify-full",
                "PGPASSWORD", "copy-Passw0rd",
                "PATH", "/usr/bin"));

    PostgresLogin.lead(environment, CLUSTER);

    assertThat(environment)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "PGHOST", "127.77.0.1",
                "PGPORT", "5432",
                "PGUSER", "shop",
                "PGPASSWORD", "copy-Passw0rd",
                "PATH", "/usr/bin"));
  }
}
