package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;

/// A disk whose IOPS do not suit its size: an earlier engine took any.
class EarlierDiskTest extends PlainInstanceFixture {

  private static final int IOPS = 20000;
  private static final String RATIO = "Invalid iops to storage (GB) ratio";

  @BeforeEach
  void make() throws Exception {
    create("own", r -> r.storageType("io1").allocatedStorage(100).iops(5000));
    var own = until("own", "available");
    remembering(
        "instances/" + own.dbiResourceId() + ".json", settings -> settings.put("Iops", IOPS));
    until("own", "available");
  }

  private static void assertSame(DBInstance instance) {
    assertThat(instance.storageType()).isEqualTo("io1");
    assertThat(instance.allocatedStorage()).isEqualTo(100);
    assertThat(instance.iops()).isEqualTo(IOPS);
  }

  @Test
  void itStaysWhenSomethingElseIsChanged() {
    assertThat(modify("own", r -> r.maxAllocatedStorage(200)).maxAllocatedStorage()).isEqualTo(200);
    modify("own", r -> r.storageType("io1").allocatedStorage(100).iops(IOPS));
    assertSame(until("own", "available"));
  }

  @Test
  void anotherOneMustBeSuited() {
    refused(
        RdsException.class, RATIO, () -> modify("own", r -> r.allocatedStorage(200).iops(IOPS)));
    refused(
        RdsException.class, RATIO, () -> modify("own", r -> r.allocatedStorage(100).iops(10000)));
    modify("own", r -> r.allocatedStorage(400).iops(IOPS).applyImmediately(true));
    assertThat(until("own", "available").allocatedStorage()).isEqualTo(400);
  }

  @Test
  void copiesHaveItToo() {
    snapshot("before", "own");
    restore(_ -> {});
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.targetDBInstanceIdentifier("latest")
            .sourceDBInstanceIdentifier("own")
            .useLatestRestorableTime(true));
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier("replica").sourceDBInstanceIdentifier("own"));
    assertSame(until("restored", "available"));
    assertSame(until("latest", "available"));
    assertSame(until("replica", "available"));
  }

  @Test
  void aCopyWithAnotherOneMustBeSuited() {
    snapshot("before", "own");
    refused(RdsException.class, RATIO, () -> restore(r -> r.allocatedStorage(200)));
    refused(RdsException.class, RATIO, () -> restore(r -> r.iops(10000)));
    restore(r -> r.allocatedStorage(400));
    assertThat(until("restored", "available").iops()).isEqualTo(IOPS);
  }

  private void restore(Consumer<RestoreDbInstanceFromDbSnapshotRequest.Builder> disk) {
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> disk.accept(r.dbInstanceIdentifier("restored").dbSnapshotIdentifier("before")));
  }
}
