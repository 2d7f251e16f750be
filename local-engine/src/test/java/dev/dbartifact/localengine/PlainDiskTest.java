package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Range;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What becomes of the disk that an instance says to have, when it is changed and in copies.
class PlainDiskTest extends PlainInstanceFixture {

  /// As it is shown where there is no throughput to choose.
  private static final int NONE = 0;

  private static final String BOTH = "You must specify both the storage size and iops";

  private void madeWith(Consumer<CreateDbInstanceRequest.Builder> disk) {
    create("own", disk);
    until("own", "available");
  }

  private DBInstance changed(Consumer<ModifyDbInstanceRequest.Builder> change) {
    modify("own", r -> change.accept(r.applyImmediately(true)));
    return until("own", "available");
  }

  private static void assertDisk(DBInstance instance, int gib, int iops, int throughput) {
    assertThat(instance.allocatedStorage()).as("GiB").isEqualTo(gib);
    assertThat(instance.iops()).as("IOPS").isEqualTo(iops);
    assertThat(instance.storageThroughput()).as("throughput").isEqualTo(throughput);
  }

  @ParameterizedTest(name = "of {0} GiB to {1}: {2}, of {3} at least")
  @CsvSource({
    "100, 110, 110, 110",
    "100, 105, 110, 110",
    "100, 111, 111, 110",
    "105, 106, 116, 116",
    "20, 21, 22, 22"
  })
  void itGrowsByATenthAtLeast(int from, int asked, int to, int least) {
    madeWith(r -> r.allocatedStorage(from));
    assertThat(sizes()).containsExactly(range(from, from), range(least, 65536));
    assertThat(changed(r -> r.allocatedStorage(asked)).allocatedStorage()).isEqualTo(to);
  }

  @Test
  void aDiskThatIsNearlyAsLargeAsTheyGetDoesNotGrow() {
    madeWith(r -> r.allocatedStorage(65000));
    assertThat(sizes()).containsExactly(range(65000, 65000));
    refused(
        RdsException.class,
        "Invalid storage size",
        () -> modify("own", r -> r.allocatedStorage(65536)));
  }

  @Test
  void whatIsAskedForLaterIsAddedToWhatWaits() {
    madeWith(r -> r.allocatedStorage(20));
    modify("own", r -> r.allocatedStorage(50));

    var waiting = modify("own", r -> r.storageType("gp2")).pendingModifiedValues();
    assertThat(waiting.allocatedStorage()).isEqualTo(50);
    assertThat(waiting.storageType()).isEqualTo("gp2");

    modify("own", r -> r.allocatedStorage(40));
    var larger = changed(r -> r.multiAZ(false));
    assertThat(larger.allocatedStorage()).isEqualTo(40);
    assertThat(larger.storageType()).isEqualTo("gp2");
  }

  @Test
  void askingForWhatItHasTakesAChangeBack() {
    madeWith(r -> r.allocatedStorage(20));
    modify("own", r -> r.allocatedStorage(50));

    assertThat(modify("own", r -> r.allocatedStorage(20)).pendingModifiedValues())
        .isEqualTo(NOTHING);
    modify("own", r -> r.allocatedStorage(50));
    refused(
        RdsException.class,
        "less than current: 19, and it is 20",
        () -> modify("own", r -> r.allocatedStorage(19)));
  }

  private List<Range> sizes() {
    return engine
        .rds
        .describeValidDBInstanceModifications(r -> r.dbInstanceIdentifier("own"))
        .validDBInstanceModificationsMessage()
        .storage()
        .stream()
        .filter(each -> each.storageType().equals("gp3"))
        .findFirst()
        .orElseThrow()
        .storageSize();
  }

  private static Range range(int from, int to) {
    return Range.builder().from(from).to(to).step(1).build();
  }

  @ParameterizedTest
  @CsvSource({"io1, 1000", "io1, 3000", "io2, 3000", "io1, 5000"})
  void provisionedIopsStayUntilOthersAreAskedFor(String type, int iops) {
    madeWith(r -> r.storageType(type).allocatedStorage(100).iops(iops));
    assertThat(changed(r -> r.maxAllocatedStorage(200)).iops()).isEqualTo(iops);
    assertDisk(changed(r -> r.storageType(type).allocatedStorage(100)), 100, iops, NONE);
    assertDisk(changed(r -> r.allocatedStorage(120).iops(iops)), 120, iops, NONE);
    assertDisk(changed(r -> r.allocatedStorage(120).iops(2000)), 120, 2000, NONE);
  }

  @ParameterizedTest
  @CsvSource({"io1, 1000", "io2, 5000"})
  void whereIopsAreProvisionedTheyAndTheSizeAreChangedTogether(String type, int iops) {
    madeWith(r -> r.storageType(type).allocatedStorage(100).iops(iops));
    refused(RdsException.class, BOTH, () -> modify("own", r -> r.allocatedStorage(120)));
    refused(RdsException.class, BOTH, () -> modify("own", r -> r.iops(2000)));
    assertDisk(engine.describeInstance("own"), 100, iops, NONE);
  }

  @ParameterizedTest(name = "{0} with {2} IOPS on {1} GiB: {3}")
  @CsvSource({"io1, 100, 5001, 50.0100", "io1, 2001, 1000, 0.4998", "io2, 100, 100100, 1001.0000"})
  void provisionedIopsSuitTheSize(String type, int gib, int iops, String ratio) {
    refused(
        RdsException.class,
        "Invalid iops to storage (GB) ratio for engine name postgres and storage type %s: %s"
            .formatted(type, ratio),
        () -> create("own", r -> r.storageType(type).allocatedStorage(gib).iops(iops)));
  }

  @Test
  void whatCameWithTheSizeFollowsIt() {
    madeWith(r -> r.allocatedStorage(100));
    assertDisk(changed(r -> r.allocatedStorage(400)), 400, 12000, 500);
    assertDisk(changed(r -> r.iops(13000).storageThroughput(600)), 400, 13000, 600);
    assertDisk(changed(r -> r.allocatedStorage(500)), 500, 13000, 600);
  }

  @Test
  void alsoInCopiesThatAreLarger() {
    madeWith(r -> r.allocatedStorage(100));
    assertDisk(restored("same", 100), 100, 3000, 125);
    assertDisk(restored("restored", 400), 400, 12000, 500);
    assertDisk(latest("latest", 400), 400, 12000, 500);
    assertDisk(replica("replica", 400), 400, 12000, 500);
  }

  @Test
  void whatWasProvisionedIsInCopiesToo() {
    madeWith(r -> r.storageType("gp3").allocatedStorage(400).iops(13000).storageThroughput(600));
    assertDisk(restored("restored", 500), 500, 13000, 600);
    assertDisk(latest("latest", 500), 500, 13000, 600);
    assertDisk(replica("replica", 500), 500, 13000, 600);
  }

  private DBInstance restored(String id, int gib) {
    snapshot("before-" + id, "own");
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier(id).dbSnapshotIdentifier("before-" + id).allocatedStorage(gib));
    return until(id, "available");
  }

  private DBInstance latest(String id, int gib) {
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.targetDBInstanceIdentifier(id)
            .sourceDBInstanceIdentifier("own")
            .useLatestRestorableTime(true)
            .allocatedStorage(gib));
    return until(id, "available");
  }

  private DBInstance replica(String id, int gib) {
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier(id).sourceDBInstanceIdentifier("own").allocatedStorage(gib));
    return until(id, "available");
  }
}
