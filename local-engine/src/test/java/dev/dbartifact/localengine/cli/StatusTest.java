package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.server.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {

  private static final long MIB = 1 << 20;

  @Test
  void nothingIsNoLine() {
    assertThat(CloneTree.of(List.of())).isEmpty();
  }

  @Test
  void clonesStandBelowTheirSource() {
    assertThat(
            CloneTree.of(
                List.of(
                    cluster("dev", "prod"),
                    cluster("dev-of-dev", "dev"),
                    cluster("lonely", "gone"),
                    cluster("prod", null),
                    cluster("test", "prod"))))
        .map(line -> line.replaceFirst("  available.*", ""))
        .containsExactly("lonely", "prod", "├─ dev", "│  └─ dev-of-dev", "└─ test");
  }

  @Test
  void sizesEndpointsAndStatesAreShown() {
    assertThat(CloneTree.of(List.of(cluster("prod", null))))
        .containsExactly(
            "prod  available  127.77.1.2:5432  PostgreSQL 17.11  [prod-1 available]"
                + "  40.0 MiB own, 60.0 MiB shared");
  }

  @Test
  void aReaderHasAnAddressOfItsOwn() {
    var alone = cluster("prod", null);
    var pair =
        new ClusterReport(
            alone.id(),
            false,
            alone.volume(),
            alone.status(),
            null,
            alone.endpoint(),
            alone.address(),
            alone.port(),
            alone.engine(),
            alone.engineVersion(),
            alone.server(),
            alone.masterUsername(),
            null,
            List.of(
                alone.instances().getFirst(),
                new ClusterReport.InstanceReport("prod-2", false, "127.77.1.6", "available", null)),
            alone.bytes(),
            null,
            null);
    assertThat(CloneTree.of(List.of(pair)))
        .containsExactly(
            "prod  available  127.77.1.2:5432  PostgreSQL 17.11"
                + "  [prod-1 available; prod-2 available, reader 127.77.1.6:5432]"
                + "  40.0 MiB own, 60.0 MiB shared");
  }

  @Test
  void whatIsKeptForRestoresTakesRoomToo() {
    var alone = cluster("prod", null);
    var kept =
        new ClusterReport(
            alone.id(),
            false,
            alone.volume(),
            alone.status(),
            null,
            alone.endpoint(),
            alone.address(),
            alone.port(),
            alone.engine(),
            alone.engineVersion(),
            alone.server(),
            alone.masterUsername(),
            null,
            alone.instances(),
            alone.bytes(),
            new ClusterReport.HistoryReport("2030-01-31T12:00:00.123456Z", 16 * MIB),
            new ClusterReport.BackupReport(2, "rds:prod-2030-01-31-04-07", 3 * MIB));
    assertThat(CloneTree.of(List.of(kept)))
        .singleElement()
        .asString()
        .endsWith(
            "60.0 MiB shared, 16.0 MiB of history since 2030-01-31T12:00:00Z,"
                + " 3.0 MiB in 2 automated snapshots");
  }

  @Test
  void aPlainInstanceStandsForItself_alsoBesideAClusterOfItsName() {
    assertThat(
            CloneTree.of(
                List.of(
                    cluster("prod", null),
                    plain("copy", "prod", "mysql"),
                    plain("prod", null, "postgres"))))
        .containsExactly(
            "prod  available  127.77.1.2:5432  PostgreSQL 17.11  [prod-1 available]"
                + "  40.0 MiB own, 60.0 MiB shared",
            "prod  available  127.77.1.9:5432  PostgreSQL 17.11  [instance]",
            "└─ copy  available  127.77.1.9:5432  MySQL 17.11 (MariaDB 10.11.19)  [instance]");
  }

  private static ClusterReport plain(String id, String cloneOf, String engine) {
    return new ClusterReport(
        id,
        true,
        "instance-" + id,
        "available",
        null,
        "127.77.1.9",
        "127.77.1.9",
        5432,
        engine,
        "17.11",
        engine.equals("mysql") ? "MariaDB 10.11.19" : "PostgreSQL 17.11",
        "shop",
        cloneOf,
        List.of(new ClusterReport.InstanceReport(id, true, "127.77.1.9", "available", null)),
        null,
        null,
        null);
  }

  @Test
  void whatFailedSaysWhy() {
    var failed =
        new ClusterReport(
            "dev",
            false,
            "cluster-x",
            "cloning-failed",
            "No space left on device",
            "127.77.1.3",
            "127.77.1.3",
            5432,
            "aurora-postgresql",
            "17.11",
            "PostgreSQL 17.11",
            "shop",
            "prod",
            List.of(
                new ClusterReport.InstanceReport(
                    "dev-1", true, "127.77.1.4", "failed", "no volume")),
            null,
            null,
            null);
    assertThat(CloneTree.of(List.of(failed)))
        .containsExactly(
            "dev  cloning-failed  127.77.1.3:5432  PostgreSQL 17.11  [dev-1 failed]",
            "    No space left on device",
            "    dev-1: no volume");
  }

  @Test
  void aPoolIsReportedBeforeItIsFull() {
    var disk = new StorageRoom.Fill(1000 * MIB << 10, 900 * MIB << 10);
    assertThat(new StorageRoom(new StorageRoom.Fill(1000 * MIB, 500 * MIB), disk).warnings())
        .isEmpty();
    assertThat(new StorageRoom(new StorageRoom.Fill(1000 * MIB, 50 * MIB), disk).warnings())
        .containsExactly(
            "The storage pool is 95 % full, 50.0 MiB are left: delete clusters or snapshots before"
                + " writes fail.");
    assertThat(
            new StorageRoom(
                    new StorageRoom.Fill(1000 * MIB, 500 * MIB),
                    new StorageRoom.Fill(1000 * MIB, 300 * MIB))
                .warnings())
        .containsExactly(
            "The file system of the data directory is 70 % full, 300.0 MiB are left; below 256.0"
                + " MiB the pool takes no more volumes.");
  }

  @Test
  void theMemoryLimitsTheClusters() {
    assertThat(Memory.clusters("MemTotal:       25165824 kB\nMemFree: 1 kB\n")).isEqualTo(256);
    assertThat(Memory.clusters("MemTotal:       100000 kB\n")).isEqualTo(8);
  }

  private static ClusterReport cluster(String id, String cloneOf) {
    return new ClusterReport(
        id,
        false,
        "cluster-" + id,
        "available",
        null,
        "127.77.1.2",
        "127.77.1.2",
        5432,
        "aurora-postgresql",
        "17.11",
        "PostgreSQL 17.11",
        "shop",
        cloneOf,
        List.of(new ClusterReport.InstanceReport(id + "-1", true, "127.77.1.5", "available", null)),
        new Usage(100 * MIB, 40 * MIB, 60 * MIB),
        null,
        null);
  }
}
