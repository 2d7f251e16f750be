package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that nobody needs for a while: when they pause, and when not.
class PauseTest extends PauseFixture {

  @Test
  void whatHasCapacityIsNeverPaused() {
    create("dev", 0.5, null);
    createInstance("dev-1", "dev", "db.serverless");
    passIdly();

    assertThat(running("dev")).isTrue();
    assertThat(host.volumes.get(volume("dev")).listen().address().getHostAddress())
        .isEqualTo(engine.describe("dev").endpoint());
    assertThat(messages("dev-1")).containsExactly("DB instance created");
  }

  @Test
  void aServerPausesWhenNobodyHasBeenThereForSoLong() {
    var dev = pausing("dev");
    clock.turn(IDLE);
    awaitPaused("dev");

    assertThat(messages("dev-1")).containsExactly("DB instance created", PAUSING, PAUSED);
    assertThat(events("dev-1").getLast().eventCategories())
        .containsExactly("notification", "serverless");
    assertThat(host.written).contains(volume("dev"));
    assertThat(engine.describe("dev").copy(TestEngine::withoutTimes))
        .isEqualTo(dev.copy(TestEngine::withoutTimes));
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("available");
    assertThat(dev.serverlessV2ScalingConfiguration().secondsUntilAutoPause()).isEqualTo(300);
  }

  @Test
  void howLongIsChosen() {
    create("dev", 0.0, 302);
    createInstance("dev-1", "dev", "db.serverless");
    passIdly();
    assertThat(running("dev")).isTrue();
    clock.turn(Duration.ofSeconds(1));
    awaitPaused("dev");
  }

  @Test
  void whatIsProvisionedStays() {
    create("dev", 0.0, null);
    createInstance("dev-1", "dev", "db.r6g.large");
    passIdly();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void aConnectionKeepsAwake() throws Exception {
    pausing("dev");
    try (var server = server("dev");
        var connection = new Socket(engine.describe("dev").endpoint(), PORT);
        var served = server.accept()) {
      passIdly();
      assertThat(running("dev")).isTrue();
      connection.getOutputStream().write(7);
      assertThat(served.getInputStream().read()).isEqualTo(7);
    }
    passIdly();
    awaitPaused("dev");
  }

  @Test
  void aPauseIsCanceledForWhoComesBeforeTheServerStops() throws Exception {
    pausing("dev");
    try (var server = server("dev")) {
      host.hold();
      engine.rds.modifyDBCluster(
          r -> r.dbClusterIdentifier("dev").masterUserPassword("battery-staple"));
      clock.turn(IDLE);
      awaitMessage("dev-1", PAUSING);
      try (var _ = new Socket(engine.describe("dev").endpoint(), PORT);
          var _ = server.accept()) {
        host.release();
        awaitMessage("dev-1", CANCELED);
        assertThat(running("dev")).isTrue();
      }
    }
  }

  @Test
  void aServerThatCannotStopGoesOn() {
    pausing("dev");
    host.failWith(new HostException("does not end, not even by SIGKILL"));
    clock.turn(IDLE);
    awaitMessage("dev-1", CANCELED);
    host.failWith(null);

    assertThat(running("dev")).isTrue();
    clock.turn(IDLE);
    awaitPaused("dev");
  }

  @Test
  void oneThatIsPausedIsNotTakenForDead() {
    paused("dev");
    var before = host.starts.get();
    host.kill(volume("dev"));
    snapshot("dev");
    assertThat(host.starts).hasValue(before);
    assertThat(messages("dev-1")).doesNotContain("DB instance shutdown");
  }

  @Test
  void neitherSnapshotsNorClonesNorTagsResumeIt() {
    var dev = paused("dev");
    snapshot("dev");
    engine.restore("clone", "dev");
    engine.await("clone", each -> each.status().equals("available"));
    tag(dev, "owner", "me");
    snapshot("dev");

    assertThat(running("dev")).isFalse();
    assertThat(engine.describe("dev").status()).isEqualTo("available");
  }

  @Test
  void statusTellsPausedFromAvailable() throws Exception {
    paused("dev");
    assertThat(status()).contains("\"status\":\"paused\"");
    connect("dev").get();
    assertThat(status()).doesNotContain("\"status\":\"paused\"");
  }

  private String status() throws IOException {
    return SignedCall.get(
        engine.engine.endpoint(),
        "/",
        "us-west-2",
        StatusService.NAME,
        TestEngine.KEY,
        Waiting.PATIENCE);
  }

  @Test
  void theyPauseAsMuchSoonerAsEverythingElseIsFaster(@TempDir Path other) throws Exception {
    engine.close();
    engine = TestEngine.start(other, host, clock, Pace.aurora(1000));
    create("dev", 0.0, null);
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("dev-1")
            .dbClusterIdentifier("dev")
            .dbInstanceClass("db.serverless")
            .engine("aurora-postgresql"));
    TestEngine.await(
        "the instance",
        () -> {
          clock.turn(Duration.ofMillis(1));
          return engine.describeInstance("dev-1").dbInstanceStatus().equals("available")
              && engine.describe("dev").status().equals("available");
        });
    clock.turn(Duration.ofMillis(300));
    awaitPaused("dev");
  }
}
