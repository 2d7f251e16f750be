package dev.dbartifact.localengine.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;

/// Which secrets a filter finds.
class SecretSearchTest {

  private static final StoredSecret SECRET =
      new StoredSecret(
          "id",
          DescribeSecretResponse.builder()
              .arn("arn")
              .name("shop/db")
              .description("The orders of the shop")
              .build(),
          List.of(),
          Map.of());

  private static boolean finds(String key, String value) {
    var request =
        ListSecretsRequest.builder()
            .filters(Filter.builder().key(key).values(value).build())
            .build();
    return !SecretSearch.apply(request, List.of(SECRET)).isEmpty();
  }

  @Test
  void eachWordMustBeginOneOfTheText() {
    assertThat(finds("description", "SHOP ord")).isTrue();
    assertThat(finds("description", "shop, orders!")).isTrue();
    assertThat(finds("description", "shop rders")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"description", "all"})
  void whereThereIsNoWordNothingIsFound(String key) {
    assertThat(finds(key, "-")).isFalse();
    assertThat(finds(key, "/ ")).isFalse();
    assertThat(finds(key, "!-")).as("all but nothing").isTrue();
  }
}
