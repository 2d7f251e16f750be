package dev.dbartifact.localengine.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/// What is remembered of a secret beside its values.
class StoredSecretTest {

  private static final Instant DAY = Instant.parse("2030-01-31T00:00:00Z");
  private static final DescribeSecretResponse SETTINGS =
      DescribeSecretResponse.builder().arn("arn").name("shop/db").build();

  @Test
  void aVersionThatWasReadSaysWhenAndSoDoesItsSecret() {
    var secret = new StoredSecret("id", SETTINGS, List.of(), Map.of()).read("first", DAY);

    assertThat(secret.read("first")).isEqualTo(DAY);
    assertThat(secret.read("second")).isNull();
    assertThat(secret.settings().lastAccessedDate()).isEqualTo(DAY);
  }

  @Test
  void toReadItAgainOnTheSameDayChangesNothing() {
    var secret = new StoredSecret("id", SETTINGS, List.of(), Map.of()).read("first", DAY);

    assertThat(secret.read("first", DAY)).isEqualTo(secret);
  }

  @Test
  void aSecretThatAnEarlierEngineKeptSaysNothingOfItsVersions() {
    var secret = new StoredSecret("id", SETTINGS, List.of(), null);

    assertThat(secret.read("first")).isNull();
    assertThat(secret.read("first", DAY).read("first")).isEqualTo(DAY);
  }
}
