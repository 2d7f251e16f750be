package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clusters whose server is paused, when they are stopped, deleted or changed, or the engine ends.
class PausedClusterTest extends PauseFixture {

  @Test
  void whatIsStoppedDoesNotResume() throws Exception {
    paused("dev");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("dev"));
    engine.await("dev", each -> each.status().equals("stopped"));
    assertThat(connect("dev").get()).isEmpty();
    assertThat(running("dev")).isFalse();

    engine.rds.startDBCluster(r -> r.dbClusterIdentifier("dev"));
    engine.await("dev", each -> each.status().equals("available"));
    TestEngine.await("the server", () -> running("dev"));
  }

  @Test
  void itCanBeDeleted() {
    paused("dev");
    delete();
    assertThat(host.volumes).isEmpty();
  }

  private void delete() {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("dev").skipFinalSnapshot(true));
    engine.awaitGone("dev");
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "instance"})
  void nobodyListensInPlaceOfWhatIsGone(String which) {
    var dev = paused("dev");
    var address =
        which.equals("writer")
            ? dev.endpoint()
            : engine.describeInstance("dev-1").endpoint().address();
    delete();
    assertThatThrownBy(() -> new Socket(address, PORT).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void theNextEngineStartsItsServerForWhoComes() throws Exception {
    pausing("dev");
    var before = host.starts.get();
    engine.close();
    engine = TestEngine.start(memory, host, clock);
    engine.await("dev", each -> each.status().equals("available"));

    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("available");
    assertThat(host.starts).hasValue(before);
    assertThat(connect("dev").get()).isEmpty();
    assertThat(host.starts).hasValue(before + 1);
    assertThat(messages("dev-1")).containsExactly(RESUMING, RESUMED);
  }

  @Test
  void aServerThatHasOutlivedItsEngineIsGoneOnWith() throws Exception {
    pausing("dev");
    var volume = volume("dev");
    var listen = host.volumes.get(volume).listen();
    engine.close();
    host.volumes.computeIfPresent(volume, (_, it) -> it.listening(listen));
    engine = TestEngine.start(memory, host, clock);
    // It was available before: that it is so once more, only the event says.
    TestEngine.await("the start of dev-1", () -> !messages("dev-1").isEmpty());
    awaitNoticed("dev");

    clock.turn(IDLE);
    awaitPaused("dev");
  }

  @Test
  void capacityBringsTheServerToWhereClientsLookForIt_andItsLackTakesItFromThere()
      throws Exception {
    var dev = paused("dev");
    capacity(1.0);
    TestEngine.await("the move", () -> listens("dev", dev.endpoint()));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(dev.serverlessV2ScalingConfiguration().secondsUntilAutoPause()).isNotNull();
    assertThat(engine.describe("dev").serverlessV2ScalingConfiguration().secondsUntilAutoPause())
        .isNull();
    // Nobody stands in its way.
    new ServerSocket(PORT, 1, InetAddress.ofLiteral(dev.endpoint())).close();

    capacity(0.0);
    TestEngine.await("the way back", () -> running("dev") && !listens("dev", dev.endpoint()));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(connect("dev").get()).isEmpty();
  }

  private void capacity(double least) {
    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("dev")
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(least).maxCapacity(4.0)));
  }

  private boolean listens(String cluster, String address) {
    var listen = host.volumes.get(volume(cluster)).listen();
    return listen != null && listen.address().getHostAddress().equals(address);
  }
}
