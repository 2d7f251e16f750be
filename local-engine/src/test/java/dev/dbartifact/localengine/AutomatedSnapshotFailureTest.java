package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Automated snapshots where room is short, and those that fail or are interrupted.
class AutomatedSnapshotFailureTest extends AutomatedSnapshotFixture {
  @TempDir Path cut;

  @Test
  void theOldestGoFirstWhenRoomIsShort_andNoneAreMade() {
    cluster("prod");
    awaitAutomated("prod", 1);
    clock.turn(SOME);
    cluster("late");
    awaitAutomated("prod", 2);
    awaitAutomated("late", 1);
    var newest = automated("late").getFirst().dbClusterSnapshotIdentifier();

    host.scarce = true;
    clock.turn(Duration.ofSeconds(5));
    awaitAutomated("late", 0);
    awaitAutomated("prod", 0);
    assertThat(messages(SourceType.DB_CLUSTER, "prod"))
        .filteredOn(each -> each.contains("nearly full"))
        .as("oldest first")
        .isSorted()
        .hasSize(2);
    assertThat(messages(SourceType.DB_CLUSTER, "late"))
        .contains(
            "The storage is nearly full: the automated snapshot %s is deleted".formatted(newest));
  }

  @Test
  void whileOneGoesForLackOfRoomTheOthersStay() {
    cluster("prod");
    awaitAutomated("prod", 1);
    clock.turn(Duration.ofMinutes(1));
    plain("own");
    awaitOfPlain("own", 1);
    clock.turn(SOME);
    awaitAutomated("prod", 2);
    awaitOfPlain("own", 2);
    host.hold();
    host.scarce = true;
    clock.turn(Duration.ofSeconds(5));
    TestEngine.await("the oldest", () -> automated("prod").getFirst().status().equals("deleting"));

    // That those of the instance go, too, shows that all have been looked at since.
    retain("own", 0);
    TestEngine.await(
        "those that nobody wants",
        () -> ofPlain("own").stream().allMatch(each -> each.status().equals("deleting")));
    assertThat(automated("prod").getLast().status()).isEqualTo("available");

    host.scarce = false;
    host.release();
    awaitOfPlain("own", 0);
    awaitAutomated("prod", 1);
  }

  @Test
  void whereRoomWasShortTheNextOneIsMadeInItsWindow() {
    cluster("prod");
    awaitAutomated("prod", 1);
    host.scarce = true;
    clock.turn(Duration.ofSeconds(5));
    awaitAutomated("prod", 0);
    host.scarce = false;
    clock.turn(Duration.ofMinutes(6));
    take("mine");
    assertThat(automated("prod")).isEmpty();

    clock.turn(Duration.ofMinutes(4));
    awaitAutomated("prod", 1);
  }

  @Test
  void oneThatIsDueAndHasNoRoomIsToldOfOnce_andMadeWhenThereIsRoom() {
    headless("prod");
    host.scarce = true;
    clock.turn(Duration.ofSeconds(5));
    engine.createInstance("prod-1", "prod");
    TestEngine.await("the lack of room", () -> lacks("prod") == 1);
    assertThat(automated("prod")).isEmpty();
    assertThat(volumes()).isEmpty();

    // Until something else is told, the first has been looked at again.
    headless("late");
    engine.createInstance("late-1", "late");
    TestEngine.await("the lack of room", () -> lacks("late") == 1);
    assertThat(lacks("prod")).isEqualTo(1);

    host.scarce = false;
    clock.turn(Duration.ofSeconds(5));
    awaitAutomated("prod", 1);
    awaitAutomated("late", 1);
  }

  private long lacks(String cluster) {
    return messages(SourceType.DB_CLUSTER, cluster).stream()
        .filter(
            "The storage is nearly full: no automated snapshot is made until there is room"::equals)
        .count();
  }

  @Test
  void oneThatFailsLeavesNothing_andIsTriedAgain() {
    headless("prod");
    host.failCopiesWith(new HostException("no luck"));
    engine.createInstance("prod-1", "prod");
    TestEngine.await(
        "the attempt",
        () ->
            messages(SourceType.DB_CLUSTER_SNAPSHOT, null).size() == 1
                && ofType("automated").isEmpty());
    assertThat(engine.describe("prod").status()).isEqualTo("available");
    assertThat(messages(SourceType.DB_CLUSTER, "prod"))
        .contains(
            "The automated snapshot rds:prod%s could not be made: no luck"
                .formatted(MINUTE.format(clock.instant())));

    host.failCopiesWith(null);
    clock.turn(Duration.ofMinutes(5));
    awaitAutomated("prod", 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatWasInterruptedIsMadeAnew(boolean clusterStays) throws Exception {
    host.failCopiesWith(new HostException("not yet"));
    headless("prod");
    engine.createInstance("prod-1", "prod");
    until("prod-1", "available");
    host.hold();
    host.failCopiesWith(null);
    // One that has failed is tried again.
    clock.turn(Duration.ofMinutes(5));
    TestEngine.await("the attempt", () -> automated("prod").size() == 1);
    cutPower();
    if (!clusterStays) {
      forgetClusters();
    }
    var rest = new FakeDatabaseHost();
    rest.sharing = true;
    rest.volumes.putAll(host.volumes);
    host.release();

    clock.turn(Duration.ofMinutes(1));
    try (var again = TestEngine.start(cut, rest, clock)) {
      TestEngine.await("the end of what was half made", () -> automated(again, "prod").isEmpty());
      clock.turn(Duration.ofMinutes(1));
      if (clusterStays) {
        TestEngine.await("another one", () -> automated(again, "prod").size() == 1);
      }
    }
  }

  /// The memory as it is on the disk now.
  private void cutPower() throws IOException {
    PowerCut.copy(memory, cut);
  }

  private void forgetClusters() throws IOException {
    for (var kind : List.of("clusters", "instances")) {
      try (var files = Files.list(cut.resolve(kind))) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
