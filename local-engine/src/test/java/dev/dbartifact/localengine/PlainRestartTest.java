package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What the next engine makes of plain instances when one was stopped, or killed in the middle of
/// something. The second one works on a copy of the records at that moment.
class PlainRestartTest {

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
      engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("own").skipFinalSnapshot(true));
      cut();
      host.release();
    }
    try (var again = start(second)) {
      again.awaitInstanceGone("own");
      TestEngine.await("the end of the volume", host.volumes::isEmpty);
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
      assertThat(
              again
                  .rds
                  .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier("new"))
                  .events())
          .extracting(each -> each.message())
          .contains("DB instance stopped");
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
