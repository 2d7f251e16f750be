package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Engines that are started on a full disk: what they find is settled and shown; the records
/// follow.
class FullDiskStartTest extends PlainInstanceFixture {

  @RegisterExtension static final QuietLog SHELVES = QuietLog.of("state");

  @TempDir Path second;
  private final FakeDatabaseHost rest = new FakeDatabaseHost();

  @AfterEach
  void releaseAll() {
    host.release();
  }

  @Test
  void whatWasThereServes() throws Exception {
    engine.cluster("shop");
    made("own");
    copy();
    var blocked = BlockedRecords.in(second);

    try (var again = TestEngine.start(second, rest, Clock.systemUTC())) {
      for (var id : List.of("shop-1", "own")) {
        again.awaitInstance(id, each -> each.dbInstanceStatus().equals("available"));
      }
      assertThat(rest.served()).hasSize(2);
      blocked.free();
      again.cluster("later");
    }
  }

  @Test
  void whatWasUnderWayIsSettled() throws Exception {
    engine.cluster("shop");
    engine.createInstance("shop-2", "shop");
    until("shop-2", "available");
    engine.cluster("idle");
    made("own");
    host.hold();
    engine.rds.failoverDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("idle"));
    engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier("own"));
    copy();
    BlockedRecords.in(second);

    try (var again = TestEngine.start(second, rest, Clock.systemUTC())) {
      again.await("shop", each -> each.status().equals("available"));
      again.awaitInstance("shop-2", each -> each.dbInstanceStatus().equals("available"));
      again.await("idle", each -> each.status().equals("stopped"));
      again.awaitInstance("own", each -> each.dbInstanceStatus().equals("stopped"));
    }
  }

  private void copy() throws Exception {
    rest.mariaDb = host.mariaDb;
    PowerCut.copy(memory, second);
    rest.takeOver(host);
  }
}
