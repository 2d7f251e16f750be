package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerEnvironmentTest {

  @Test
  void theSecretsOfTheShellStayOutsideOfServers() {
    var environment =
        new HashMap<>(
            Map.of(
                "PATH", "/usr/bin",
                "LC_ALL", "C.UTF-8",
                "LD_LIBRARY_PATH", "/opt/lib",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "REGISTRY_TOKEN", "token",
                "PGPASSWORD", "password"));

    ServerEnvironment.keepOnly(environment);

    assertThat(environment).containsOnlyKeys("PATH", "LC_ALL", "LD_LIBRARY_PATH");
  }
}
