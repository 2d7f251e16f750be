package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// A clone whose password is kept in Secrets Manager, and is rotated while the clone is reset.
class ResetAndRotationTest extends ResetFixture {

  @Test
  void aRotationThatComesWhileThePasswordIsReadIsTheOneThatLasts() throws Exception {
    engine.cluster("prod");
    clone("dev", "prod");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("dev").manageMasterUserPassword(true).applyImmediately(true));
    awaitActive();
    var dev = cluster("dev");
    var before = engine.volume(dev).password();
    try (var secrets = secrets()) {
      var arn = dev.masterUserSecret().secretArn();
      host.afterReading = () -> secrets.rotateSecret(r -> r.secretId(arn));

      reset("dev");

      awaitActive();
      var kept =
          new ObjectMapper().readTree(secrets.getSecretValue(r -> r.secretId(arn)).secretString());
      assertThat(engine.volume(dev).password())
          .isNotEqualTo(before)
          .isEqualTo(kept.get("password").textValue());
    }
  }

  private void awaitActive() {
    engine.await(
        "dev",
        each ->
            each.masterUserSecret() != null
                && each.masterUserSecret().secretStatus().equals("active"));
  }

  private SecretsManagerClient secrets() {
    return SecretsManagerClient.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(engine.engine.endpoint())
        .region(Region.US_WEST_2)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestEngine.KEY.id(), TestEngine.KEY.secret())))
        .build();
  }
}
