package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Event;

/// What the next engine makes of plain instances when one was stopped, or killed in the middle of
/// something. The second one works on a copy of the records at that moment.
class PlainRestartTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  @TempDir Path first;
  @TempDir Path second;
  private final FakeDatabaseHost host = new FakeDatabaseHost();

  private void cut() throws IOException {
    copy("");
  }

  private void copy(String folder) throws IOException {
    PowerCut.copy(first.resolve(folder), second.resolve(folder));
  }

  private TestEngine start(Path memory) throws Exception {
    return TestEngine.start(memory, host, Clock.systemUTC());
  }

  private static void create(TestEngine engine, String id) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
  }

  private static DBInstance until(TestEngine engine, String id, String status) {
    return engine.awaitInstance(id, each -> each.dbInstanceStatus().equals(status));
  }

  @Test
  void everythingIsThereAfterACleanStop() throws Exception {
    DBInstance before;
    try (var engine = start(first)) {
      create(engine, "own");
      create(engine, "idle");
      until(engine, "idle", "available");
      engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier("idle"));
      until(engine, "idle", "stopped");
      before = until(engine, "own", "available");
    }
    try (var again = start(first)) {
      var after = until(again, "own", "available");
      assertThat(after.copy(to -> to.latestRestorableTime(null)))
          .isEqualTo(before.copy(to -> to.latestRestorableTime(null)));
      assertThat(again.describeInstance("idle").dbInstanceStatus()).isEqualTo("stopped");
      assertThat(host.volumes.values()).filteredOn(each -> each.listen() != null).hasSize(1);
    }
  }

  @Test
  void aHalfMadeInstanceIsUndone() throws Exception {
    try (var engine = start(first)) {
      host.hold();
      create(engine, "own");
      cut();
      host.release();
    }
    host.volumes.clear();
    try (var again = start(second)) {
      again.awaitInstanceGone("own");
      create(again, "own");
      until(again, "own", "available");
    }
  }

  @Test
  void aHalfMadeRestoreIsFinished() throws Exception {
    try (var engine = start(first)) {
      create(engine, "own");
      until(engine, "own", "available");
      host.hold();
      engine.rds.restoreDBInstanceToPointInTime(r ->
          r.sourceDBInstanceIdentifier("own")
              .targetDBInstanceIdentifier("copy")
              .useLatestRestorableTime(true));
      cut();
      host.release();
    }
    try (var again = start(second)) {
      until(again, "copy", "available");
      assertThat(host.volumes).hasSize(2);
    }
  }

  @Test
  void aDeletionIsFinished() throws Exception {
    try (var engine = start(first)) {
      create(engine, "own");
      until(engine, "own", "available");
      host.hold();
      delete(engine, "own");
      cut();
      host.release();
    }
    try (var again = start(second)) {
      again.awaitInstanceGone("own");
      TestEngine.await("the end of the volume", host.volumes::isEmpty);
    }
  }

  @Test
  void aDeletionWhileTheServerWasStoppingIsFinished() throws Exception {
    var clock = new TurnableClock(Instant.now());
    try (var engine = TestEngine.start(first, host, clock, Pace.QUICK)) {
      for (var id : List.of("own", "other")) {
        create(engine, id);
        turnUntilAvailable(engine, id, clock);
      }
      engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier("own"));
      delete(engine, "own");
      engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier("other"));
      clock.turn(Pace.QUICK.of(Phase.CLUSTER_STOPPING));
      until(engine, "other", "stopped");
      assertThat(messages(engine, "own")).doesNotContain("DB instance stopped");
    }
    try (var again = start(first)) {
      again.awaitInstanceGone("own");
      TestEngine.await("the end of the record", () -> storageRecords().size() == 1);
      assertThat(host.volumes).hasSize(1);
    }
  }

  private static void turnUntilAvailable(TestEngine engine, String id, TurnableClock clock) {
    TestEngine.await(
        id + " available",
        () -> {
          clock.turn(Duration.ofMillis(100));
          return engine.describeInstance(id).dbInstanceStatus().equals("available");
        });
  }

  @Test
  void aDeletionWhileTheStorageCouldNotBeMadeIsFinished() throws Exception {
    try (var engine = start(first)) {
      host.hold();
      create(engine, "own");
      delete(engine, "own");
      host.failWith(new HostException("Input/output error"));
      host.release();
      TestEngine.await(
          "the failure",
          () ->
              messages(engine, "own").stream()
                  .anyMatch(each -> each.startsWith("Input/output error")));
    }
    assertThat(storageRecords()).singleElement().asString().contains("\"deleting\"");
    host.failWith(null);
    try (var again = start(first)) {
      again.awaitInstanceGone("own");
      TestEngine.await("the end of the record", () -> storageRecords().isEmpty());
    }
  }

  /// What is written of its storage first.
  @Test
  void anInstanceThatStaysForLackOfItsFinalSnapshotStays() throws Exception {
    stays("clusters");
    try (var again = start(second)) {
      assertStays(again);
    }
  }

  /// Or of itself.
  @Test
  void soDoesOneWhoseStorageWasToGo() throws Exception {
    stays("instances");
    try (var again = start(second)) {
      assertStays(again);
    }
  }

  /// The second memory is that of an engine that ends when only this says so.
  private void stays(String folder) throws Exception {
    try (var engine = start(first)) {
      create(engine, "own");
      until(engine, "own", "available");
      host.hold();
      engine.rds.deleteDBInstance(
          r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
      cut();
      host.failCopiesWith(new HostException("The pool is full"));
      host.release();
      until(engine, "own", "available");
      copy(folder);
      copy("cluster-snapshots");
    }
  }

  private static void assertStays(TestEngine again) {
    var own = until(again, "own", "stopped");
    assertThat(own.statusInfos())
        .extracting(each -> each.message())
        .containsExactly("The instance stays: its final snapshot failed.");
    again.rds.startDBInstance(r -> r.dbInstanceIdentifier("own"));
    until(again, "own", "available");
  }

  private static void delete(TestEngine engine, String id) {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true));
  }

  private static List<String> messages(TestEngine engine, String id) {
    return engine
        .rds
        .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(id))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }

  /// What the first engine remembers of storage.
  private List<String> storageRecords() {
    try (var files = Files.list(first.resolve("clusters"))) {
      var records = new ArrayList<String>();
      for (var file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        records.add(Files.readString(file));
      }
      return records;
    } catch (NoSuchFileException e) {
      // It goes right now.
      return storageRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHalfDoneRenamingIsFinished() throws Exception {
    try (var engine = start(first)) {
      create(engine, "own");
      until(engine, "own", "available");
      cut();
      engine.rds.modifyDBInstance(
          r -> r.dbInstanceIdentifier("own").newDBInstanceIdentifier("new").applyImmediately(true));
      copy("instances");
    }
    try (var again = start(second)) {
      until(again, "new", "available");
      again.rds.stopDBInstance(r -> r.dbInstanceIdentifier("new"));
      until(again, "new", "stopped");
      assertThat(messages(again, "new")).contains("DB instance stopped");
    }
  }

  @Test
  void anInstanceWithoutStorageIsForgotten() throws Exception {
    try (var engine = start(first)) {
      create(engine, "own");
      until(engine, "own", "available");
    }
    try (var files = Files.walk(first.resolve("clusters"))) {
      files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
    }
    try (var again = start(first)) {
      again.awaitInstanceGone("own");
    }
  }

  @Test
  void aStopIsFinishedAndASnapshotToo() throws Exception {
    try (var engine = start(first)) {
      create(engine, "own");
      until(engine, "own", "available");
      host.hold();
      engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("before"));
      cut();
      host.release();
    }
    try (var again = start(second)) {
      until(again, "own", "stopped");
      TestEngine.await(
          "the snapshot",
          () ->
              again
                  .rds
                  .describeDBSnapshots(r -> r.dbSnapshotIdentifier("before"))
                  .dbSnapshots()
                  .getFirst()
                  .status()
                  .equals("available"));
    }
  }
}
