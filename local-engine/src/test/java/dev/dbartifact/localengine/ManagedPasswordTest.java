package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.state.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.HttpEndpointNotEnabledException;
import software.amazon.awssdk.services.rdsdata.model.RdsDataException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Passwords that RDS keeps in Secrets Manager, and the endpoint of RDS Data that uses them.
class ManagedPasswordTest {

  @TempDir Path memory;
  @TempDir Path copy;
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private TestEngine engine;
  private SecretsManagerClient secrets;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, Clock.systemUTC());
    secrets = client(SecretsManagerClient.builder(), engine);
  }

  @AfterEach
  void stop() {
    secrets.close();
    engine.close();
  }

  private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, TestEngine engine) {
    var key = AwsBasicCredentials.create(TestEngine.KEY.id(), TestEngine.KEY.secret());
    var sync = (software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<?, ?>) builder;
    sync.httpClient(UrlConnectionHttpClient.create());
    return builder
        .endpointOverride(engine.engine.endpoint())
        .region(Region.US_WEST_2)
        .credentialsProvider(StaticCredentialsProvider.create(key))
        .build();
  }

  private DBCluster managed() {
    return managed("shop");
  }

  private DBCluster managed(String id) {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .manageMasterUserPassword(true));
    engine.createInstance(id + "-1", id);
    engine.awaitInstance(id + "-1", each -> each.dbInstanceStatus().equals("available"));
    return engine.await(id, each -> each.status().equals("available"));
  }

  private String kept(String arn) {
    return kept(secrets, arn);
  }

  private static String kept(SecretsManagerClient from, String arn) {
    try {
      var text = from.getSecretValue(r -> r.secretId(arn)).secretString();
      return new ObjectMapper().readTree(text).get("password").textValue();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void awaitActive() {
    engine.await("shop", each -> each.masterUserSecret().secretStatus().equals("active"));
  }

  @Test
  void theSecretIsCreatingWithTheClusterAndHoldsItsPassword() {
    host.hold();
    var created =
        engine
            .rds
            .createDBCluster(r ->
                r.dbClusterIdentifier("shop")
                    .engine("aurora-postgresql")
                    .masterUsername("shop")
                    .manageMasterUserPassword(true))
            .dbCluster();
    assertThat(created.masterUserSecret().secretStatus()).isEqualTo("creating");
    assertThat(created.masterUserSecret().kmsKeyId()).startsWith("arn:aws:kms:us-west-2:");
    host.release();
    var made = engine.await("shop", each -> each.status().equals("available"));
    assertThat(made.masterUserSecret().secretStatus()).isEqualTo("active");
    assertThat(kept(made.masterUserSecret().secretArn())).isEqualTo(engine.volume(made).password());
  }

  @Test
  void rotationByRdsChangesTheRealPassword() {
    var before = managed();
    var old = engine.volume(before).password();
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").rotateMasterUserPassword(true).applyImmediately(true));
    awaitActive();
    var arn = before.masterUserSecret().secretArn();
    assertThat(engine.volume(before).password()).isNotEqualTo(old).isEqualTo(kept(arn));
  }

  @Test
  void rotationBySecretsManagerDoesTheSame() {
    var before = managed();
    var old = engine.volume(before).password();
    var arn = before.masterUserSecret().secretArn();
    secrets.rotateSecret(r -> r.secretId(arn));
    TestEngine.await("the new password", () -> !kept(arn).equals(old));
    assertThat(engine.volume(before).password()).isEqualTo(kept(arn));
  }

  @Test
  void aClusterThatIsThereIsManagedFromNowOnAndNoLonger() {
    var before = engine.cluster("shop");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").manageMasterUserPassword(true).applyImmediately(true));
    awaitActive();
    var arn = engine.describe("shop").masterUserSecret().secretArn();
    assertThat(engine.volume(before).password())
        .isNotEqualTo(TestEngine.PASSWORD)
        .isEqualTo(kept(arn));

    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .manageMasterUserPassword(false)
            .masterUserPassword("battery-staple"));
    assertThat(engine.describe("shop").masterUserSecret()).isNull();
    TestEngine.await(
        "the password", () -> engine.volume(before).password().equals("battery-staple"));
    assertThatThrownBy(() -> kept(arn)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void theSecretGoesWithItsClusterAndNotBefore() {
    var arn = managed().masterUserSecret().secretArn();
    assertThatThrownBy(() -> secrets.deleteSecret(r -> r.secretId(arn)))
        .isInstanceOf(InvalidRequestException.class);
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));
    engine.awaitGone("shop");
    assertThatThrownBy(() -> kept(arn)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aCloneIsNotManaged() {
    managed();
    engine.restore("dev", "shop");
    assertThat(engine.describe("dev").masterUserSecret()).isNull();
  }

  @Test
  void whatContradictsItselfIsRefused() {
    managed();
    assertRefused(() ->
        engine.rds.createDBCluster(r ->
            r.dbClusterIdentifier("other")
                .engine("aurora-postgresql")
                .masterUsername("shop")
                .masterUserPassword("battery-staple")
                .manageMasterUserPassword(true)));
    assertRefused(() ->
        engine.rds.modifyDBCluster(
            r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple")));
    assertRefused(() ->
        engine.rds.modifyDBCluster(
            r -> r.dbClusterIdentifier("shop").manageMasterUserPassword(false)));
    assertRefused(() ->
        engine.rds.modifyDBCluster(
            r -> r.dbClusterIdentifier("shop").rotateMasterUserPassword(true)));
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RdsException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterCombination"));
  }

  /// The secret holds the password, so that nothing is lost.
  @Test
  void anInterruptedRotationIsFinishedByTheNextEngine() throws Exception {
    var before = managed();
    var old = engine.volume(before).password();
    host.hold();
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").rotateMasterUserPassword(true).applyImmediately(true));
    assertThat(engine.describe("shop").masterUserSecret().secretStatus()).isEqualTo("rotating");
    copyMemory();
    var other = new FakeDatabaseHost();
    other.volumes.putAll(host.volumes);
    host.release();
    try (var again = TestEngine.start(copy, other, Clock.systemUTC());
        var itsSecrets = client(SecretsManagerClient.builder(), again)) {
      again.await("shop", each -> each.masterUserSecret().secretStatus().equals("active"));
      var arn = before.masterUserSecret().secretArn();
      assertThat(again.volume(before).password())
          .isNotEqualTo(old)
          .isEqualTo(kept(itsSecrets, arn));
    }
  }

  /// One whose final snapshot fails stays, and so does what opens it.
  @Test
  void aClusterThatIsOnItsWayOutKeepsItsSecretAcrossARestart() throws Exception {
    var shop = managed();
    var forgotten = managed("forgotten");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.awaitInstanceGone("shop-1");
    host.hold();
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("shop").finalDBSnapshotIdentifier("last"));
    copyMemory();
    removeRecord(forgotten);
    var other = new FakeDatabaseHost();
    other.volumes.putAll(host.volumes);
    other.failCopiesWith(new HostException("No space left on device"));
    other.hold();
    host.release();

    try (var again = TestEngine.start(copy, other, Clock.systemUTC());
        var itsSecrets = client(SecretsManagerClient.builder(), again)) {
      TestEngine.await("what is nobody's to go", () -> !isThere(itsSecrets, forgotten));
      other.release();
      again.await("shop", each -> each.status().equals("available"));

      assertThat(kept(itsSecrets, shop.masterUserSecret().secretArn()))
          .isEqualTo(again.volume(shop).password());
    }
  }

  private static boolean isThere(SecretsManagerClient secrets, DBCluster cluster) {
    var arn = cluster.masterUserSecret().secretArn();
    return secrets.listSecrets().secretList().stream().anyMatch(each -> each.arn().equals(arn));
  }

  private void removeRecord(DBCluster cluster) throws Exception {
    var storage = cluster.dbClusterResourceId().toLowerCase(Locale.ROOT);
    var record = copy.resolve("clusters").resolve(storage + ".json");
    Files.delete(record);
    Files.delete(AtomicFile.copy(record));
  }

  @Test
  void aRotationThatIsAskedForTwiceIsMadeOnce() {
    var shop = managed();
    var arn = shop.masterUserSecret().secretArn();
    var old = engine.volume(shop).password();
    var token = "00000002-0000-4000-8000-000000000000";
    secrets.rotateSecret(r -> r.secretId(arn).clientRequestToken(token));
    TestEngine.await("the new password", () -> !kept(arn).equals(old));
    awaitActive();

    var again = secrets.rotateSecret(r -> r.secretId(arn).clientRequestToken(token));

    assertThat(again.versionId()).isEqualTo(token);
    assertThat(engine.describe("shop").masterUserSecret().secretStatus()).isEqualTo("active");
    assertThat(engine.volume(shop).password()).isEqualTo(kept(arn));
  }

  private void copyMemory() throws Exception {
    PowerCut.copy(memory, copy);
  }

  /// Others are finished all the same.
  @Test
  void aClusterWhoseSecretIsGoneCanBeGivenAPassword() throws Exception {
    managed("shop");
    var lost = List.of(managed("one"), managed("two"));
    var old = engine.volume(engine.describe("shop")).password();
    host.hold();
    for (var id : List.of("shop", "one", "two")) {
      engine.rds.modifyDBCluster(
          r -> r.dbClusterIdentifier(id).rotateMasterUserPassword(true).applyImmediately(true));
    }
    copyMemory();
    for (var cluster : lost) {
      removeSecret(cluster.masterUserSecret().secretArn());
    }
    var other = new FakeDatabaseHost();
    other.volumes.putAll(host.volumes);
    host.release();
    try (var again = TestEngine.start(copy, other, Clock.systemUTC())) {
      var shop =
          again.await("shop", each -> each.masterUserSecret().secretStatus().equals("active"));
      assertThat(again.volume(shop).password()).isNotEqualTo(old);

      again.rds.modifyDBCluster(r ->
          r.dbClusterIdentifier("one")
              .manageMasterUserPassword(false)
              .masterUserPassword("battery-staple"));
      TestEngine.await(
          "the password", () -> again.volume(lost.getFirst()).password().equals("battery-staple"));
      assertThat(again.describe("one").masterUserSecret()).isNull();
    }
  }

  private void removeSecret(String arn) throws Exception {
    try (var files = Files.walk(copy.resolve("secrets"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).contains(arn)) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void rdsDataIsRefusedWhereTheEndpointIsOff() {
    var cluster = managed();
    try (var data = client(RdsDataClient.builder(), engine)) {
      assertThatThrownBy(() -> select(data, cluster))
          .isInstanceOf(HttpEndpointNotEnabledException.class);
      engine.rds.enableHttpEndpoint(r -> r.resourceArn(cluster.dbClusterArn()));
      // Past the endpoint, to a server that the fake host does not have.
      assertThatThrownBy(() -> select(data, cluster))
          .isInstanceOf(RdsDataException.class)
          .isNotInstanceOf(HttpEndpointNotEnabledException.class);
      engine.rds.disableHttpEndpoint(r -> r.resourceArn(cluster.dbClusterArn()));
      assertThatThrownBy(() -> select(data, cluster))
          .isInstanceOf(HttpEndpointNotEnabledException.class);
    }
  }

  private static void select(RdsDataClient data, DBCluster cluster) {
    data.executeStatement(r ->
        r.resourceArn(cluster.dbClusterArn())
            .secretArn(cluster.masterUserSecret().secretArn())
            .sql("SELECT 1"));
  }
}
