package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that end by themselves while what was done before is still shown as going on.
class RevivalAtAPaceTest extends RevivalFixture {

  @Test
  void anInstanceThatIsStillShownAsBeingMadeIsNotAvailableWithoutItsServer(@TempDir Path other)
      throws Exception {
    try (var slow = TestEngine.start(other, host, clock, Pace.aurora(2))) {
      var made = slow.create("shop");
      slow.createInstance("shop-1", "shop");
      TestEngine.await(
          "the server", () -> slow.volume(made) != null && slow.volume(made).listen() != null);
      host.failStartsWith(new HostException("out of memory"));
      host.kill(new StorageId(made.dbClusterResourceId().toLowerCase(Locale.ROOT)));
      slow.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("rebooting"));
      clock.turn(Duration.ofMinutes(3));
      assertThat(slow.describeInstance("shop-1").dbInstanceStatus()).isNotEqualTo("available");
      host.failStartsWith(null);
    }
  }

  @Test
  void aServerThatEndsAgainBeforeItsInstanceIsAvailableIsStartedAgain() throws Exception {
    startAt(Pace.aurora(1));
    slowly(engine.create("shop").dbClusterIdentifier(), "shop-1");

    host.kill(volume("shop"));
    TestEngine.await("recovery", () -> messages("shop-1").contains(RECOVERED));
    assertThat(status("shop-1")).isEqualTo("rebooting");

    host.kill(volume("shop"));
    awaitReason("shop-1", "start 2 of 5");
    clock.turn(Duration.ofSeconds(1));
    TestEngine.await("the server", () -> host.running(volume("shop")));
    turnUntilAvailable("shop-1");
    assertThat(messages("shop-1"))
        .endsWith(SHUTDOWN, RECOVERING, RECOVERED, SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
  }

  @Test
  void aReaderFollowsItsWriterBeforeThatIsAvailable() throws Exception {
    startAt(Pace.aurora(1));
    slowly(engine.create("shop").dbClusterIdentifier(), "shop-1");
    slowly("shop", "shop-2");
    host.killSecretly(readerVolume("shop-2"));
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    host.kill(volume("shop"));
    awaitStatus("shop-1", "storage-full");
    host.kill(readerVolume("shop-2"));
    awaitReason("shop-2", "waits for its writer");

    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));
    TestEngine.await("the reader", () -> host.running(readerVolume("shop-2")));
    assertThat(status("shop-1")).isEqualTo("rebooting");
    turnUntilAvailable("shop-1");
    turnUntilAvailable("shop-2");
  }

  @Test
  void aServerThatEndsWhileItIsRebootedAfterItWasGivenUpIsStartedAgain() throws Exception {
    startAt(Pace.aurora(1));
    writerWithParameters();
    turnUntilAvailable("shop-1");
    host.failStartsWith(new HostException("invalid value for parameter"));
    host.kill(volume("shop"));
    passAllStarts("shop-1");
    awaitStatus("shop-1", "incompatible-parameters");
    host.failStartsWith(null);

    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    TestEngine.await("the server", () -> host.running(volume("shop")));
    host.kill(volume("shop"));
    TestEngine.await("the server again", () -> host.running(volume("shop")));
    turnUntilAvailable("shop-1");
  }

  @Test
  void aServerThatEndsWhileItsInstanceIsShownAsUpgradingIsStartedAgain() throws Exception {
    startAt(Pace.aurora(20));
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .engine("aurora-postgresql")
            .engineVersion("17.5")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    slowly("shop", "shop-1");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").engineVersion("17.6").applyImmediately(true));
    awaitStarts(2);
    TestEngine.await("the server", () -> host.running(volume("shop")));
    assertThat(status("shop-1")).isEqualTo("upgrading");

    host.kill(volume("shop"));
    TestEngine.await("recovery", () -> messages("shop-1").contains(RECOVERED));
    turnUntilAvailable("shop-1");
  }

  @Test
  void aServerThatEndsAgainHasAPhaseOfItsOwn() throws Exception {
    startAt(Pace.aurora(20));
    slowly(engine.create("shop").dbClusterIdentifier(), "shop-1");
    slowly(engine.create("other").dbClusterIdentifier(), "other-1");
    var rebooting = Pace.aurora(20).of(Phase.INSTANCE_REBOOTING);
    host.kill(volume("shop"));
    TestEngine.await("recovery", () -> messages("shop-1").contains(RECOVERED));
    host.kill(volume("other"));
    TestEngine.await("recovery", () -> messages("other-1").contains(RECOVERED));

    host.kill(volume("shop"));
    awaitReason("shop-1", "start 2 of 5");
    clock.turn(Duration.ofSeconds(1));
    TestEngine.await(
        "the second recovery",
        () -> messages("shop-1").stream().filter(RECOVERED::equals).count() == 2);
    clock.turn(rebooting);
    // Its phase began with the first one of the other.
    awaitStatus("other-1", "available");
    assertThat(status("shop-1")).isEqualTo("rebooting");
    clock.turn(rebooting);
    awaitStatus("shop-1", "available");
  }

  /// In the place of the one whose pace is instant.
  private void startAt(Pace pace) throws Exception {
    engine.close();
    engine = TestEngine.start(memory, host, clock, pace);
  }

  private void slowly(String cluster, String instance) {
    engine.createInstance(instance, cluster);
    turnUntilAvailable(instance);
  }

  private void turnUntilAvailable(String id) {
    TestEngine.await(
        id + " available",
        () -> {
          clock.turn(Duration.ofSeconds(5));
          return status(id).equals("available");
        });
  }
}
