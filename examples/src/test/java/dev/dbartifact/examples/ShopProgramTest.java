package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "--rows-mb=64, --rows-mb",
    "64, known are --rows-mib",
    "--rows-mib, rows-mib",
    "--rows-mib=many, needs a whole number"
  })
  void whatTheyDoNotKnowIsNotLeftOut(String given, String told) throws Exception {
    Answer answer =
        run(
            ShopSource.class,
            Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            given);

    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.err())
        .contains("Could not make the source cluster shop-prod", told)
        .doesNotContain("\tat ");
  }

  @Test
  void bothWaysToWriteAValueAreTheSame() {
    assertThat(Arguments.parse(List.of("--rows-mib=64"), "rows-mib").number("rows-mib", 1))
        .isEqualTo(64);
    assertThat(Arguments.parse(List.of("--rows-mib", "64"), "rows-mib").number("rows-mib", 1))
        .isEqualTo(64);
  }

  @Test
  void helpIsNoMistakeAndMakesNothing() throws Exception {
    var shop = new Program(Repository.EXAMPLES.resolve("shop").toString());

    Answer help = shop.with("PATH", "/usr/bin:/bin").arguments("source", "--help").run();
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("examples/shop source [--rows-mib N]");
  }

  private Answer run(Class<?> program, Map<String, String> environment, String... arguments)
      throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Program(java, "-cp", System.getProperty("java.class.path"), program.getName())
        .arguments(arguments)
        .with("AWS_EC2_METADATA_DISABLED", "true")
        .with("AWS_CONFIG_FILE", nowhere.resolve("config").toString())
        .with("AWS_SHARED_CREDENTIALS_FILE", nowhere.resolve("credentials").toString())
        .with(environment)
        .run();
  }
}
