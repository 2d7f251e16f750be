package dev.dbartifact.localengine.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// What is remembered of a secret beside its values.
class StoredSecretTest {

  private static final Instant DAY = Instant.parse("2030-01-31T00:00:00Z");

  /// See "AWS Secrets Manager quotas" in the User Guide: about 100 versions of a secret.
  private static final int MOST = 100;

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
  void ofAVersionThatIsDroppedNothingIsRemembered() {
    var secret = new StoredSecret("id", SETTINGS, List.of(), Map.of());
    for (var number = 0; number <= MOST; number++) {
      var id = "version-" + number;
      var version = GetSecretValueResponse.builder().versionId(id).secretString("s").build();
      secret = secret.add(version, List.of(StoredSecret.CURRENT)).read(id, DAY);
    }

    assertThat(secret.accessed().keySet())
        .as("those that are there")
        .containsExactlyInAnyOrderElementsOf(
            secret.versions().stream().map(GetSecretValueResponse::versionId).toList());
    assertThat(secret.read("version-0")).isNull();
    assertThat(secret.read("version-" + MOST)).isEqualTo(DAY);
  }

  @Test
  void aVersionIsAddedOnce() {
    var version = GetSecretValueResponse.builder().versionId("first").secretString("s").build();
    var secret =
        new StoredSecret("id", SETTINGS, List.of(), Map.of())
            .add(version, List.of(StoredSecret.CURRENT));

    assertThatThrownBy(() -> secret.add(version, List.of(StoredSecret.PENDING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The secret shop/db has a version first already");
  }

  @Test
  void aSecretThatAnEarlierEngineKeptSaysNothingOfItsVersions() {
    var secret = new StoredSecret("id", SETTINGS, List.of(), null);

    assertThat(secret.read("first")).isNull();
    assertThat(secret.read("first", DAY).read("first")).isEqualTo(DAY);
  }
}
