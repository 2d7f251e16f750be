package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbInstanceNotReadyException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.SecretsErrorException;

/// Servers that are paused: who and what brings them back.
class ResumeTest extends PauseFixture {

  @Test
  void whoConnectsGetsTheServerBack() throws Exception {
    paused("dev");
    assertThat(connect("dev").get()).isEmpty();

    assertThat(running("dev")).isTrue();
    assertThat(messages("dev-1")).endsWith(PAUSING, PAUSED, RESUMING, RESUMED);
    passIdly();
    awaitPaused("dev");
    var last = events("dev-1").reversed();
    assertThat(last).extracting(Event::message).startsWith(PAUSED, PAUSING, RESUMED);
    assertThat(last.get(2).date().plus(IDLE)).isBeforeOrEqualTo(last.get(1).date());
  }

  @Test
  void soDoesWhoConnectsToTheInstanceOrToTheReaders() throws Exception {
    var dev = paused("dev");
    connect(engine.describeInstance("dev-1").endpoint().address()).get();
    assertThat(running("dev")).isTrue();

    clock.turn(IDLE);
    awaitPaused("dev");
    connect(dev.readerEndpoint()).get();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void whoeverConnectsMeanwhileWaitsForTheSameStart() throws Exception {
    paused("dev");
    var before = host.starts.get();
    host.hold();
    var connections = new ArrayList<Connection>();
    for (var each = 0; each < 10; each++) {
      connections.add(connect("dev"));
    }
    TestEngine.await("the start", () -> messages("dev-1").contains(RESUMING));
    host.release();
    for (var connection : connections) {
      assertThat(connection.get()).isEmpty();
    }

    assertThat(host.starts).hasValue(before + 1);
  }

  @Test
  void aServerThatDoesNotStartAnyMoreIsBroughtBackLikeOneThatEnded() throws Exception {
    paused("dev");
    host.failNextStartWith(new HostException("invalid checkpoint record"));
    assertThat(connect("dev").get()).isEmpty();

    TestEngine.await("the server", () -> running("dev"));
    assertThat(messages("dev-1"))
        .contains(RESUMING, "DB instance shutdown")
        .doesNotContain(RESUMED);
  }

  @Test
  void nobodyWaitsForAStartThatEndedUnexpectedly_andTheServerIsBroughtBack() throws Exception {
    paused("dev");
    host.breakNextStartWith(new OutOfMemoryError("Required array size too large"));
    assertThat(connect("dev").get()).isEmpty();

    TestEngine.await("the server", () -> running("dev"));
  }

  @Test
  void oneThatHasResumedIsBroughtBackWhenItEnds() throws Exception {
    paused("dev");
    connect("dev").get();
    host.kill(volume("dev"));
    awaitMessage("dev-1", "DB instance restarted");
    assertThat(running("dev")).isTrue();
  }

  @Test
  void rdsDataIsToldToComeBack() {
    var dev = paused("dev");
    try (var data = data()) {
      assertThatThrownBy(() -> select(data, dev)).isInstanceOf(DatabaseResumingException.class);
      awaitMessage("dev-1", RESUMED);
      // Past that, to a secret that is not there.
      assertThatThrownBy(() -> select(data, dev)).isInstanceOf(SecretsErrorException.class);
    }
    assertThat(running("dev")).isTrue();
  }

  private RdsDataClient data() {
    return RdsDataClient.builder()
        .endpointOverride(engine.engine.endpoint())
        .region(Region.US_WEST_2)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestEngine.KEY.id(), TestEngine.KEY.secret())))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private void select(RdsDataClient data, DBCluster cluster) {
    data.executeStatement(
        r -> r.resourceArn(cluster.dbClusterArn()).secretArn("any").sql("SELECT 1"));
  }

  @Test
  void whoWantsLogsIsToldToComeBack() {
    paused("dev");
    assertThatThrownBy(() -> engine.rds.describeDBLogFiles(r -> r.dbInstanceIdentifier("dev-1")))
        .isInstanceOf(DbInstanceNotReadyException.class)
        .hasMessageContaining("resuming");
    awaitMessage("dev-1", RESUMED);
    assertThat(
            engine
                .rds
                .describeDBLogFiles(r -> r.dbInstanceIdentifier("dev-1"))
                .describeDBLogFiles())
        .isNotEmpty();
  }

  @Test
  void aChangeResumesIt() {
    paused("dev");
    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("dev").masterUserPassword("battery-staple").applyImmediately(true));
    awaitMessage("dev-1", RESUMED);
    engine.await("dev", each -> each.pendingModifiedValues() == null);
    assertThat(host.volumes.get(volume("dev")).password()).isEqualTo("battery-staple");
    passIdly();
    assertThat(running("dev")).as("within twenty minutes").isTrue();
  }

  @Test
  void parametersResumeIt() {
    engine.rds.createDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName("mine")
            .dbParameterGroupFamily("aurora-postgresql17")
            .description("Mine"));
    paused("dev", r -> r.dbClusterParameterGroupName("mine"));

    engine.rds.modifyDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName("mine")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("8192")
                    .applyMethod("immediate")
                    .build()));

    awaitMessage("dev-1", RESUMED);
    assertThat(host.parameters.get(volume("dev"))).containsEntry("work_mem", "8192");
    engine.awaitInstance(
        "dev-1",
        each -> each.dbParameterGroups().getFirst().parameterApplyStatus().equals("in-sync"));
  }

  @Test
  void aReaderResumesItAndKeepsItAwake() {
    paused("dev");
    createInstance("dev-2", "dev", "db.serverless");
    assertThat(running("dev")).isTrue();
    assertThat(host.followed.values()).containsExactly(volume("dev"));
    passIdly();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void aRebootResumesIt() {
    paused("dev");
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(running("dev")).isTrue();
  }
}
