package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.SignedRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// An engine that was asked to misbehave, over the wire.
class MisbehaviourTest {

  private TestEngine engine;
  private RdsClient once;

  @BeforeEach
  void start(@TempDir Path memory) throws Exception {
    engine = TestEngine.start(memory);
    once =
        RdsClient.builder()
            .endpointOverride(engine.engine.endpoint())
            .region(Region.US_WEST_2)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(TestEngine.KEY.id(), TestEngine.KEY.secret())))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void stop() {
    once.close();
    engine.close();
  }

  private void rules(String rules) throws Exception {
    var answer = local("PUT", "{\"rules\": [" + rules.replace('\'', '"') + "]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> local(String method, String body) throws Exception {
    var request =
        SignedRequest.of(
            method,
            engine.engine.endpoint().resolve(StatusService.MISBEHAVIOUR),
            body,
            StatusService.NAME,
            TestEngine.KEY);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String code(Throwable fault) {
    return ((RdsException) fault).awsErrorDetails().errorCode();
  }

  @Test
  void rulesAreReadReplacedAndRemoved() throws Exception {
    assertThat(local("GET", "").body()).contains("\"rules\" : [ ]");
    rules("{'action': 'rds:*', 'fault': {'code': 'Throttling'}}");
    assertThat(local("GET", "").body()).contains("Throttling", "Rate exceeded");
    assertThatThrownBy(() -> once.describeDBClusters())
        .satisfies(e -> assertThat(code(e)).isEqualTo("Throttling"));
    assertThat(local("DELETE", "").statusCode()).isEqualTo(200);
    assertThat(once.describeDBClusters().dbClusters()).isEmpty();
  }

  @Test
  void wrongRulesChangeNothing() throws Exception {
    rules("{'action': 'rds:*', 'fault': {'code': 'Throttling'}}");
    var answer = local("PUT", "{\"rules\": [{}]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The rules stay as they were", "rule 1: action");
    assertThat(local("GET", "").body()).contains("Throttling");
  }

  @Test
  void withoutASignatureNobodyChangesThem() throws Exception {
    var request =
        HttpRequest.newBuilder(engine.engine.endpoint().resolve(StatusService.MISBEHAVIOUR))
            .DELETE()
            .build();
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
    }
  }

  /// The engine's own RequestExpired is put into other words, with another status.
  @ParameterizedTest
  @CsvSource({
    "'', 400",
    "', ''status'': 418', 418",
  })
  void aFaultArrivesAsTheRuleSaysIt(String more, int status) throws Exception {
    rules("{'action': 'rds:*', 'fault': {'code': 'RequestExpired'" + more + "}}");
    assertThatThrownBy(() -> once.describeDBClusters())
        .isInstanceOfSatisfying(
            RdsException.class, e -> assertThat(e.statusCode()).isEqualTo(status))
        .satisfies(e -> assertThat(code(e)).isEqualTo("RequestExpired"));
  }

  @Test
  void aFaultWithoutAStatusHasTheOneOfTheModel() throws Exception {
    rules("{'action': 'rds:*', 'fault': {'code': 'DBClusterEndpointNotFoundFault'}}");
    assertThatThrownBy(() -> once.describeDBClusterEndpoints())
        .isInstanceOfSatisfying(RdsException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  void aClientThatRetriesGetsThrough() throws Exception {
    rules("{'action': 'rds:DescribeDBClusters', 'first': 2, 'fault': {'code': 'Throttling'}}");
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
  }

  @Test
  void aNewClusterIsNotFoundAtFirst() throws Exception {
    rules(
        "{'action': 'rds:DescribeDBClusters', 'after': 'rds:CreateDBCluster', 'first': 2,"
            + " 'fault': {'code': 'DBClusterNotFoundFault'}}");
    engine.create("shop");
    for (var poll = 0; poll < 2; poll++) {
      assertThatThrownBy(() -> engine.describe("shop"))
          .isInstanceOf(DbClusterNotFoundException.class);
    }
    assertThat(engine.describe("shop").dbClusterIdentifier()).isEqualTo("shop");
  }

  @Test
  void aDeleteIsRefusedSoManyTimes() throws Exception {
    engine.create("shop");
    engine.await("shop", each -> each.status().equals("available"));
    rules(
        "{'action': 'rds:DeleteDBCluster', 'first': 60,"
            + " 'fault': {'code': 'InvalidDBClusterStateFault'}}");
    for (var refusal = 0; refusal < 60; refusal++) {
      assertThatThrownBy(this::delete).isInstanceOf(InvalidDbClusterStateException.class);
    }
    delete();
    engine.awaitGone("shop");
  }

  private void delete() {
    once.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));
  }

  @Test
  void aConnectionIsDroppedBeforeOrAfterTheAction() throws Exception {
    rules(
        "{'action': 'rds:CreateDBCluster', 'resource': 'lost', 'drop': 'before'},"
            + "{'action': 'rds:CreateDBCluster', 'resource': 'made', 'drop': 'after'}");
    for (var id : List.of("lost", "made")) {
      assertThatThrownBy(() ->
              once.createDBCluster(r ->
                  r.dbClusterIdentifier(id)
                      .engine("aurora-postgresql")
                      .masterUsername("shop")
                      .masterUserPassword(TestEngine.PASSWORD)))
          .isInstanceOf(SdkClientException.class)
          .hasRootCauseInstanceOf(IOException.class);
    }
    assertThat(engine.rds.describeDBClusters().dbClusters())
        .extracting(each -> each.dbClusterIdentifier())
        .containsExactly("made");
  }

  @Test
  void latencyIsWaitedFor() throws Exception {
    rules("{'action': 'rds:DescribeDBClusters', 'latencyMillis': 300}");
    var start = System.nanoTime();
    once.describeDBClusters();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void aRestoreEndsAsAsked() throws Exception {
    engine.cluster("prod");
    rules("{'action': 'rds:RestoreDBClusterToPointInTime', 'endsIn': 'restore-failed'}");
    engine.restore("dev", "prod");
    engine.await("dev", each -> each.status().equals("restore-failed"));
    assertThat(engine.describe("prod").status()).isEqualTo("available");
    assertThatThrownBy(() ->
            engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("dev").copyTagsToSnapshot(true)))
        .isInstanceOf(InvalidDbClusterStateException.class);
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("dev").skipFinalSnapshot(true));
    engine.awaitGone("dev");
  }

  @Test
  void aClusterThatIsThereLosesItsKeyAndAnInstanceItsParameters() throws Exception {
    engine.cluster("shop");
    rules(
        "{'action': 'rds:ModifyDBCluster', 'endsIn': 'inaccessible-encryption-credentials'},"
            + "{'action': 'rds:RebootDBInstance', 'endsIn': 'incompatible-parameters'}");
    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").copyTagsToSnapshot(true));
    engine.await("shop", each -> each.status().equals("inaccessible-encryption-credentials"));
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.awaitInstance(
        "shop-1", each -> each.dbInstanceStatus().equals("incompatible-parameters"));
  }
}
