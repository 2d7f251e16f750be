package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people hear who try the examples before they have set anything up.
class ShopProgramTest {
  @TempDir Path nowhere;

  @ParameterizedTest
  @ValueSource(classes = {ShopSource.class, MySqlShopSource.class, CompareShops.class})
  void withoutARegionTheyAreToldWhatToSet(Class<?> program) throws Exception {
    Answer answer = run(program, Map.of());

    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.err())
        .contains("no region is set. Set AWS_REGION", "bin/db-artifact-local env")
        .doesNotContain("Provider", "\tat ");
  }

  @Test
  void withoutKeysToo() throws Exception {
    Answer answer =
        run(ShopSource.class, Map.of("AWS_REGION", "us-east-1", "DB_PASSWORD", "a-Passw0rd"));

    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.err())
        .contains(
            "Could not make the source cluster shop-prod",
            "no AWS credentials were found",
            "bin/db-artifact-local env")
        .doesNotContain("Provider", "\tat ");
  }

  @Test
  void anEngineThatIsNotThereIsToldByItsEndpoint() throws Exception {
    Answer answer =
        run(
            ShopSource.class,
            Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "TEST",
                "AWS_SECRET_ACCESS_KEY", "TEST",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                "DB_PASSWORD", "a-Passw0rd"));

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("cannot be reached: Connection refused");
  }

  private Answer run(Class<?> program, Map<String, String> environment) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Program(java, "-cp", System.getProperty("java.class.path"), program.getName())
        .with("AWS_EC2_METADATA_DISABLED", "true")
        .with("AWS_CONFIG_FILE", nowhere.resolve("config").toString())
        .with("AWS_SHARED_CREDENTIALS_FILE", nowhere.resolve("credentials").toString())
        .with(environment)
        .run();
  }
}
