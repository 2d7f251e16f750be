package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.server.HostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Servers that end by themselves: what becomes of one alone.
class RevivalTest extends RevivalFixture {

  @Test
  void aServerThatIsAskedToEndIsLeftAlone() {
    engine.cluster("shop");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.await("shop", each -> each.status().equals("stopped"));

    assertThat(host.starts).hasValue(1);
    assertThat(status("shop-1")).isEqualTo("stopped");
    assertThat(messages("shop-1")).doesNotContain(SHUTDOWN, RECOVERING);
  }

  @Test
  void aServerThatIsRebootedStartsOnce() {
    engine.cluster("shop");
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    awaitStatus("shop-1", "available");

    assertThat(host.starts).hasValue(2);
    assertThat(messages("shop-1")).endsWith(RESTARTED).doesNotContain(SHUTDOWN);
  }

  @Test
  void aServerThatIsDeletedStaysAway() {
    engine.cluster("shop");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.awaitInstanceGone("shop-1");

    assertThat(host.starts).hasValue(1);
  }

  @Test
  void aWriterAloneIsStartedAgainWhereItWas() {
    var shop = engine.cluster("shop");
    var before = engine.volume(shop).listen();

    host.kill(volume("shop"));
    awaitMessage("shop-1", RESTARTED);

    assertThat(engine.volume(shop).listen()).isEqualTo(before);
    assertThat(status("shop-1")).isEqualTo("available");
    assertThat(engine.describeInstance("shop-1").statusInfos()).isEmpty();
    assertThat(messages("shop-1")).endsWith(SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
  }

  @Test
  void aPlainInstanceIsStartedAgain() {
    plain("own");

    host.kill(host.storageAt(address("own")));
    awaitMessage("own", RESTARTED);

    assertThat(status("own")).isEqualTo("available");
    assertThat(host.storageAt(address("own"))).isNotNull();
  }

  @Test
  void untilItIsThereItsInstanceIsRebootingAndSaysWhy() {
    engine.cluster("shop");
    hold(volume("shop"));
    host.kill(volume("shop"));

    awaitStatus("shop-1", "rebooting");
    assertThat(reason("shop-1")).contains("ended by itself", "start 1 of 5");
    assertThat(engine.describe("shop").status()).isEqualTo("available");
    host.release();
    awaitStatus("shop-1", "available");
  }

  @Test
  void aReportNeverCallsADeadServerAvailable() throws Exception {
    engine.cluster("shop");
    hold(volume("shop"));
    host.killSecretly(volume("shop"));

    assertThat(report()).contains("\"rebooting\"").contains("has ended by itself");
    host.release();
    awaitMessage("shop-1", RESTARTED);
    assertThat(report()).doesNotContain("rebooting");
  }

  private String report() throws Exception {
    return SignedCall.get(
        engine.engine.endpoint(),
        StatusService.MEASURED,
        "us-west-2",
        StatusService.NAME,
        TestEngine.KEY,
        Waiting.PATIENCE);
  }

  @Test
  void aServerThatDoesNotStartIsGivenUpAfterFiveStarts() {
    engine.cluster("shop");
    var before = host.starts.get();
    host.failStartsWith(new HostException("invalid checkpoint record"));
    host.kill(volume("shop"));

    var started = before + 1;
    for (var pause : List.of(1, 5, 15, 60)) {
      awaitStarts(started);
      awaitReason("shop-1", "start %d of 5".formatted(started - before + 1));
      assertThat(status("shop-1")).isEqualTo("rebooting");
      clock.turn(Duration.ofSeconds(pause));
      started++;
    }
    awaitStatus("shop-1", "failed");
    clock.turn(Duration.ofMinutes(5));

    assertThat(host.starts).hasValue(before + 5);
    assertThat(reason("shop-1")).contains("invalid checkpoint record", "5 times in vain");
    assertThat(messages("shop-1"))
        .endsWith(
            "DB instance put into failed state. RDS recommends that you initiate a"
                + " point-in-time-restore.");
  }

  @Test
  void aServerThatEndsSoonAfterEachStartIsGivenUpToo() {
    engine.cluster("shop");
    var before = host.starts.get();
    for (var pause : List.of(0, 1, 5, 15, 60)) {
      host.kill(volume("shop"));
      awaitStatus("shop-1", pause == 0 ? "available" : "rebooting");
      clock.turn(Duration.ofSeconds(pause));
      awaitStatus("shop-1", "available");
    }
    host.kill(volume("shop"));
    awaitStatus("shop-1", "failed");

    assertThat(host.starts).hasValue(before + 5);
    assertThat(reason("shop-1")).contains("ended by itself");
  }

  @Test
  void aServerThatRanForFiveMinutesHasAllItsStartsAgain() {
    engine.cluster("shop");
    for (var times = 1; times <= 3; times++) {
      var restarts = times;
      host.kill(volume("shop"));
      // At once: the clock stands still.
      TestEngine.await(
          "restart " + times,
          () -> messages("shop-1").stream().filter(RESTARTED::equals).count() == restarts);
      awaitStatus("shop-1", "available");
      clock.turn(Duration.ofSeconds(301));
    }
  }

  @Test
  void aServerWithoutRoomComesBackWhenThereIsSome() {
    engine.cluster("shop");
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    host.kill(volume("shop"));
    awaitStatus("shop-1", "storage-full");
    for (var looks = 1; looks <= 10; looks++) {
      var before = host.starts.get();
      clock.turn(Duration.ofSeconds(30));
      awaitStarts(before + 1);
    }
    assertThat(status("shop-1")).isEqualTo("storage-full");
    assertThat(messages("shop-1").stream().filter(each -> each.contains("storage-full threshold")))
        .hasSize(1);

    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));
    awaitMessage("shop-1", RESTARTED);
    assertThat(status("shop-1")).isEqualTo("available");
  }

  @Test
  void aServerWhosePlaceIsTakenIsInAnIncompatibleNetwork() {
    engine.cluster("shop");
    host.failStartsWith(new HostException.AddressTaken("something else listens there"));
    var before = host.starts.get();
    host.kill(volume("shop"));
    for (var pause : List.of(1, 5, 15, 60)) {
      awaitStarts(++before);
      awaitReason("shop-1", "something else listens there; start");
      clock.turn(Duration.ofSeconds(pause));
    }
    awaitStatus("shop-1", "incompatible-network");
    assertThat(messages("shop-1"))
        .last()
        .asString()
        .startsWith("Database instance in incompatible-network. something else listens there.");
  }

  @Test
  void aServerWhosePlaceIsTakenComesBackWhenItIsFree() {
    unreachable();
    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));

    awaitMessage("shop-1", RESTARTED);
    assertThat(engine.describeInstance("shop-1").statusInfos()).isEmpty();
  }

  @Test
  void aServerWhosePlaceIsTakenCanBeRebooted() {
    unreachable();
    host.failStartsWith(null);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));

    awaitMessage("shop-1", RESTARTED);
  }

  /// Its first start fails, and some more do.
  private void unreachable() {
    host.failStartsWith(new HostException.AddressTaken("something else listens there"));
    engine.create("shop");
    engine.createInstance("shop-1", "shop");
    awaitStatus("shop-1", "incompatible-network");
    for (var looks = 1; looks <= 3; looks++) {
      var before = host.starts.get();
      clock.turn(Duration.ofSeconds(30));
      awaitStarts(before + 1);
      awaitStatus("shop-1", "incompatible-network");
    }
  }

  @Test
  void aServerThatDoesNotStartWithItsParametersSaysSo() {
    host.failStartsWith(new HostException("PostgreSQL 17.11 said: too few connections"));
    writerWithParameters();
    awaitStatus("shop-1", "incompatible-parameters");

    assertThat(reason("shop-1")).contains("too few connections", "work_mem");
    assertThat(messages("shop-1"))
        .endsWith("Database instance put into incompatible-parameters. " + reason("shop-1") + ".");
  }

  @Test
  void aServerThatFindsNoRoomWithTheNextEngineComesBackWhenThereIsSome() throws Exception {
    engine.cluster("shop");
    engine.close();
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    engine = TestEngine.start(memory, host, clock);
    awaitStatus("shop-1", "storage-full");
    assertThat(messages("shop-1")).last().asString().contains("storage-full threshold");

    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));
    awaitMessage("shop-1", RESTARTED);
  }
}
