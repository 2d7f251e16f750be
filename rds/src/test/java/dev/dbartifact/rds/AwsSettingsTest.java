package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Regions and endpoints, and what a user hears of those that cannot be.
class AwsSettingsTest extends AwsConnectionFixture {

  @Test
  void theChosenProfilesRegionAndEndpointAreUsed(@TempDir Path home) throws IOException {
    withProfileWork(home);
    var aws = connection(work(), 200, CALLER);

    aws.callerArn();

    assertThat(aws.region()).isEqualTo("eu-west-3");
    assertThat(sent).singleElement().asString().startsWith("http://127.0.0.1:1");
  }

  @Test
  void anEndpointOfAProfileOnThisMachineIsSeenAsSuch(@TempDir Path home) throws IOException {
    withProfileWork(home);

    assertThat(AwsConnection.isLoopback(work())).isTrue();
    assertThat(AwsConnection.isLoopback(AwsSettings.standard())).isFalse();
    assertThat(AwsConnection.isLoopback(settings())).isTrue();
    assertThat(AwsConnection.isLoopback(at("http://aws.localhost:4510"))).isTrue();
    assertThat(AwsConnection.isLoopback(at("http://localhost.example:4510"))).isFalse();
  }

  private static AwsSettings at(String endpoint) {
    return new AwsSettings(Optional.empty(), Optional.empty(), Optional.of(URI.create(endpoint)));
  }

  /// The variable of the AWS command line, which the SDK for Java does not read.
  @Test
  void theCommandLinesVariableForTheRegionIsTakenWhereTheSdksIsNotSet() {
    var commandLine = Map.of("AWS_DEFAULT_REGION", "eu-north-1");
    var both = Map.of("AWS_DEFAULT_REGION", "eu-north-1", "AWS_REGION", "eu-south-1");

    assertThat(AwsSettings.standard().in(commandLine).region()).contains("eu-north-1");
    assertThat(AwsSettings.standard().in(both).region()).isEmpty();
    assertThat(settings().in(commandLine).region()).contains("us-east-1");
    assertThat(AwsSettings.standard().in(Map.of("AWS_DEFAULT_REGION", "")).region()).isEmpty();
  }

  @Test
  void anEndpointIsAUrl() {
    assertThat(AwsSettings.endpoint("http://127.0.0.1:9432"))
        .isEqualTo(URI.create("http://127.0.0.1:9432"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9432",
        "http://127.0.0.1:99999",
        "http://[::1",
        "ftp://a.b",
        "https://"
      })
  void anythingElseIsNoEndpoint(String text) {
    assertThatThrownBy(() -> AwsSettings.endpoint(text))
        .hasMessageContaining("'" + text + "' is not an endpoint: a URL such as");
  }

  @Test
  void anEndpointOfTheSurroundingsThatIsNoneIsAMatterOfConfiguration() {
    System.setProperty("aws.endpointUrlRds", "localhost:4510");
    try {
      assertThatThrownBy(() -> AwsConnection.open(AwsSettings.standard()))
          .isInstanceOfSatisfying(
              AwsException.class,
              wrong -> assertThat(wrong.meaning()).isEqualTo(ErrorMeaning.WRONG_SETTINGS))
          .hasMessageContaining("'localhost:4510' is not an endpoint");
    } finally {
      System.clearProperty("aws.endpointUrlRds");
    }
  }

  @Test
  void aSettingThatIsNoneIsAMatterOfConfiguration() {
    System.setProperty("aws.useDualstackEndpoint", "perhaps");

    assertThatThrownBy(() -> connection(200, CALLER).callerArn())
        .isInstanceOfSatisfying(
            AwsException.class, wrong -> assertThat(wrong.meaning().isConfiguration()).isTrue())
        .hasMessageContainingAll("AWS_USE_DUALSTACK_ENDPOINT", "perhaps");
  }

  @Test
  void aRegionThatCannotBeOneIsAMatterOfConfiguration() {
    var nowhere = new AwsSettings(Optional.empty(), Optional.of("eu central"), Optional.empty());

    assertThatThrownBy(() -> connection(nowhere, 200, CALLER).callerArn())
        .isInstanceOfSatisfying(
            AwsException.class, wrong -> assertThat(wrong.meaning().isConfiguration()).isTrue())
        .hasMessageContainingAll("Could not connect to AWS", "eu%20central", "Correct the region");
  }

  @Test
  void anEmptySettingSaysNothing() {
    assertThat(new AwsSettings(Optional.of(""), Optional.of(" "), Optional.empty()))
        .isEqualTo(AwsSettings.standard());
  }
}
