package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.HostException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Master passwords that were accepted, and not learned by any server when the engine ended. The
/// next one works on a copy of the records and of the volumes at that moment.
class PasswordAcrossRestartTest extends EngineFixture {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  private static final String NEW = "battery-staple";

  @TempDir Path second;
  private final FakeDatabaseHost rest = new FakeDatabaseHost();

  @AfterEach
  void releaseAll() {
    host.release();
  }

  @Test
  void aClusterThatWasStoppingLearnsItWhenItIsStarted() throws Exception {
    engine.cluster("shop");
    host.hold();
    change();
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));

    try (var again = next()) {
      again.await("shop", each -> each.status().equals("stopped"));
      again.rds.startDBCluster(r -> r.dbClusterIdentifier("shop"));
      assertLearned(again);
    }
  }

  @Test
  void oneThatWasStartingLearnsItThen() throws Exception {
    engine.cluster("shop");
    host.hold();
    change();
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
    copy();

    try (var stopping = TestEngine.start(second, rest, Clock.systemUTC())) {
      stopping.await("shop", each -> each.status().equals("stopped"));
      rest.hold();
      stopping.rds.startDBCluster(r -> r.dbClusterIdentifier("shop"));
      var third = second.resolve("third");
      PowerCut.copy(second.resolve("clusters"), third.resolve("clusters"));
      PowerCut.copy(second.resolve("instances"), third.resolve("instances"));
      rest.release();
      try (var again = TestEngine.start(third, taken(rest), Clock.systemUTC())) {
        assertLearned(again);
      }
    }
  }

  @Test
  void oneThatStaysForLackOfItsFinalSnapshotLearnsIt() throws Exception {
    engine.create("shop");
    engine.await("shop", each -> each.status().equals("available"));
    host.hold();
    change();
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("shop").finalDBSnapshotIdentifier("last"));
    rest.failCopiesWith(new HostException("The pool is full"));

    try (var again = next()) {
      again.await("shop", each -> each.status().equals("available"));
      var shop = again.await("shop", each -> each.pendingModifiedValues() == null);
      assertThat(again.volume(shop).password()).isEqualTo(NEW);
    }
  }

  @Test
  void soDoesAPlainInstanceWhenItIsStarted() throws Exception {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("own")
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    until("own", "available");
    host.hold();
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("own").masterUserPassword(NEW).applyImmediately(true));
    engine.rds.deleteDBInstance(
        r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
    rest.failCopiesWith(new HostException("The pool is full"));

    try (var again = next()) {
      again.awaitInstance("own", each -> each.dbInstanceStatus().equals("stopped"));
      again.rds.startDBInstance(r -> r.dbInstanceIdentifier("own"));
      again.awaitInstance("own", each -> each.dbInstanceStatus().equals("available"));
      assertThat(rest.volumes.values())
          .extracting(FakeDatabaseHost.Volume::password)
          .containsExactly(NEW);
    }
  }

  private void change() {
    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").masterUserPassword(NEW));
  }

  /// As after a power failure, which takes all servers.
  private TestEngine next() throws Exception {
    copy();
    return TestEngine.start(second, rest, Clock.systemUTC());
  }

  private void copy() throws Exception {
    PowerCut.copy(memory, second);
    rest.takeOver(host);
  }

  private static FakeDatabaseHost taken(FakeDatabaseHost from) {
    var host = new FakeDatabaseHost();
    host.takeOver(from);
    host.volumes.replaceAll((_, volume) -> volume.with(TestEngine.PASSWORD));
    return host;
  }

  private static void assertLearned(TestEngine again) {
    var shop = again.await("shop", each -> each.status().equals("available"));
    again.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
    again.await("shop", each -> each.pendingModifiedValues() == null);
    assertThat(again.volume(shop).password()).isEqualTo(NEW);
  }
}
