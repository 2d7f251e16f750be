package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The master passwords of instances that are no members of clusters.
class PlainPasswordTest extends PlainInstanceFixture {

  @Test
  void itsFirstPasswordIsPendingUntilItIsThere() {
    var answer = create("own", _ -> {});
    assertThat(answer.pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    assertThat(until("own", "available").pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void aNewPasswordHoldsSomeTimeAfterTheAnswer() {
    var own = made("own");
    host.hold();
    var answer = modify("own", request -> request.masterUserPassword("battery-staple"));
    assertThat(answer.pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    assertThat(volume(own).password()).isEqualTo(TestEngine.PASSWORD);

    host.release();
    engine.awaitInstance("own", each -> each.pendingModifiedValues().equals(NOTHING));
    assertThat(volume(own).password()).isEqualTo("battery-staple");
  }

  @Test
  void aManagedPasswordIsASecretOfTheInstance() {
    create("own", r -> r.masterUserPassword(null).manageMasterUserPassword(true));
    var own = until("own", "available");
    assertThat(own.masterUserSecret().secretArn()).contains(":secret:rds!db-");
    assertThat(own.masterUserSecret().secretStatus()).isEqualTo("active");
    var first = volume(own).password();

    modify("own", r -> r.rotateMasterUserPassword(true).applyImmediately(true));
    TestEngine.await("another password", () -> !volume(own).password().equals(first));
    engine.awaitInstance("own", each -> each.masterUserSecret().secretStatus().equals("active"));

    modify("own", r -> r.manageMasterUserPassword(false).masterUserPassword("battery-staple"));
    TestEngine.await("the given one", () -> volume(own).password().equals("battery-staple"));
    assertThat(engine.describeInstance("own").masterUserSecret()).isNull();
  }

  /// Its server has that of the snapshot until then, however long that takes.
  @Test
  void theSecretOfARestoredInstanceIsActiveWhenItsServerHasLearnedThePassword() throws Exception {
    made("own");
    snapshot("before", "own");
    host.passwordFailure = "No space left on device";
    engine.rds.restoreDBInstanceFromDBSnapshot(r ->
        r.dbInstanceIdentifier("copy")
            .dbSnapshotIdentifier("before")
            .manageMasterUserPassword(true));
    var copy = until("copy", "available");
    assertThat(copy.masterUserSecret().secretStatus()).isEqualTo("creating");
    assertThat(volume(copy).password()).isEqualTo(TestEngine.PASSWORD);

    engine.close();
    host.passwordFailure = null;
    engine = TestEngine.start(memory, host, clock());
    engine.awaitInstance("copy", each -> each.masterUserSecret().secretStatus().equals("active"));
    assertThat(kept(copy.masterUserSecret().secretArn()))
        .contains("\"password\":\"" + volume(until("copy", "available")).password() + "\"");
  }

  private String kept(String arn) {
    var key = AwsBasicCredentials.create(TestEngine.KEY.id(), TestEngine.KEY.secret());
    try (var secrets =
        SecretsManagerClient.builder()
            .endpointOverride(engine.engine.endpoint())
            .region(Region.US_WEST_2)
            .credentialsProvider(StaticCredentialsProvider.create(key))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      return secrets.getSecretValue(r -> r.secretId(arn)).secretString();
    }
  }

  @ParameterizedTest
  @CsvSource({"postgres, 128", "mysql, 41", "mariadb, 41"})
  void aPasswordIsAsLongAsTheEngineLetsIt(String of, int most) {
    assertThatThrownBy(
            () -> create("own", r -> r.engine(of).masterUserPassword("x".repeat(most + 1))))
        .hasMessageContaining("longer than " + most + " characters");
    create("own", r -> r.engine(of).masterUserPassword("x".repeat(most)));
    until("own", "available");
    assertThatThrownBy(() -> modify("own", r -> r.masterUserPassword("y".repeat(most + 1))))
        .hasMessageContaining("longer than " + most + " characters");
    modify("own", r -> r.masterUserPassword("y".repeat(most)));
  }

  @Test
  void aPasswordOfAnAuroraClusterHas41CharactersAtMost() {
    assertThatThrownBy(() ->
            engine.rds.createDBCluster(r ->
                r.dbClusterIdentifier("shop")
                    .engine("aurora-postgresql")
                    .masterUsername("shop")
                    .masterUserPassword("x".repeat(42))))
        .hasMessageContaining("longer than 41 characters");
  }
}
