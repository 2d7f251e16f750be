package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.dbartifact.localengine.server.HostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// Read replicas of plain instances, and their sources, that end by themselves.
class RevivalOfReplicasTest extends RevivalFixture {

  @Test
  void aReadReplicaThatStoppedToFollowIsMadeAnew_andStaysOne() {
    var own = plain("own");
    var copy = replica("copy", "own");
    var before = host.starts.get();
    host.strayed.put(copy, "The server says: Can't find any matching row");
    clock.turn(Duration.ofSeconds(5));

    awaitMessage("copy", RESTARTED);
    assertThat(host.starts).hasValue(before + 1);
    assertThat(host.followed).containsOnly(entry(copy, own));
    assertThat(messages("copy")).endsWith(SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
    assertThat(engine.describeInstance("copy").readReplicaSourceDBInstanceIdentifier())
        .isEqualTo("own");
    assertThat(messages("own")).doesNotContain(RESTARTED);
  }

  @Test
  void whatWasAReadReplicaIsLeftAlone() {
    plain("own");
    var former = replica("former", "own");
    engine.rds.promoteReadReplica(r -> r.dbInstanceIdentifier("former"));
    awaitStatus("former", "available");
    var copy = replica("copy", "own");
    var before = host.starts.get();
    host.strayed.put(former, "It follows nobody");
    host.strayed.put(copy, "The server says: Can't find any matching row");
    clock.turn(Duration.ofSeconds(5));

    awaitMessage("copy", RESTARTED);
    assertThat(host.starts).as("that of the other").hasValue(before + 1);
    assertThat(messages("former")).doesNotContain(RESTARTED);
  }

  @Test
  void aReplicaWaitsForItsSourceHoweverLongThatHasNoRoom() {
    var own = plain("own");
    var copy = replica("copy", "own");
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    host.kill(own);
    awaitStatus("own", "storage-full");

    host.kill(copy);
    awaitReason("copy", "waits for its source");
    for (var looks = 1; looks <= 10; looks++) {
      var before = host.starts.get();
      clock.turn(Duration.ofSeconds(30));
      awaitStarts(before + 1);
    }
    assertThat(status("copy")).isEqualTo("rebooting");

    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));
    awaitMessage("own", RESTARTED);
    awaitMessage("copy", RESTARTED);
    assertThat(host.followed).containsOnly(entry(copy, own));
  }

  @Test
  void aReplicaWhoseSourceIsGivenUpIsGivenUpToo() {
    var own = plain("own");
    var copy = replica("copy", "own");
    host.failStartsWith(new HostException("invalid checkpoint record"));
    host.kill(own);
    awaitReason("own", "start 2 of 5");
    host.kill(copy);
    awaitReason("copy", "waits for its source");

    passAllStarts("own");
    awaitStatus("own", "failed");
    awaitStatus("copy", "failed");
    assertThat(reason("copy")).isEqualTo("Its source is failed");
  }

  @Test
  void aReplicaWaitsForASourceThatCanBeMended_andComesBackWithIt() {
    var own = plain("own", parameters("postgres17"));
    var copy = replica("copy", "own");
    host.failStartsWith(new HostException("invalid value for parameter"));
    host.kill(own);
    awaitReason("own", "start 2 of 5");
    host.kill(copy);
    passAllStarts("own");
    awaitStatus("own", "incompatible-parameters");
    awaitReason("copy", "It waits for its source, which is incompatible-parameters");

    host.failStartsWith(null);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("own"));
    awaitStatus("own", "available");
    awaitMessage("copy", RESTARTED);
    assertThat(engine.describeInstance("copy").statusInfos())
        .extracting(DBInstanceStatusInfo::status)
        .containsExactly("replicating");
    assertThat(host.followed).containsOnly(entry(copy, own));
  }

  @Test
  void aReplicaWhoseSourceEndsWhileItIsMadeIsMadeWhenThatIsBack() {
    var own = plain("own");
    hold(own);
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier("own"));
    host.failNextStartWith(new HostException("connection to server was lost"));
    host.kill(own);
    host.release();

    awaitMessage("own", RESTARTED);
    awaitMessage("copy", "DB instance created");
    assertThat(messages("copy")).doesNotContain(SHUTDOWN, RECOVERING, RECOVERED);
    assertThat(host.followed.values()).containsExactly(own);
  }

  @Test
  void aReplicaIsLookedAfterWhenTheWorkOnItsSourceIsDone() {
    var own = plain("own");
    var copy = replica("copy", "own");
    var other = plain("other");
    hold(own, other);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("own"));
    host.kill(copy);
    host.kill(other);
    awaitStatus("other", "rebooting");
    assertThat(messages("copy")).doesNotContain(SHUTDOWN);

    host.release();
    awaitMessage("own", RESTARTED);
    awaitMessage("copy", RESTARTED);
  }
}
