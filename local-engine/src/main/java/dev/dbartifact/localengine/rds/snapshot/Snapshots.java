package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.CopyDbClusterSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsResponse;

/// The actions on DB cluster snapshots, manual ones and those that the engine makes by itself.
public final class Snapshots {

  private static final Map<String, Function<Snapshot, String>> FILTERS =
      Map.of(
          "db-cluster-id", snapshot -> snapshot.settings().dbClusterIdentifier(),
          "db-cluster-snapshot-id", Snapshot::id,
          "engine", snapshot -> snapshot.settings().engine(),
          "snapshot-type", snapshot -> snapshot.settings().snapshotType());

  private final Catalog catalog;
  private final Home home;
  private final NamedClusters clusters;
  private final NewSnapshots newSnapshots;
  private final SnapshotWork work;
  private final SnapshotListing listing;

  public Snapshots(
      Catalog catalog,
      Home home,
      NamedClusters clusters,
      NewSnapshots newSnapshots,
      SnapshotWork work) {
    this.catalog = catalog;
    this.home = home;
    this.clusters = clusters;
    this.newSnapshots = newSnapshots;
    this.work = work;
    this.listing =
        new SnapshotListing(
            home,
            "cluster",
            FILTERS,
            Map.of("db-cluster-id", "cluster", "db-cluster-snapshot-id", "cluster-snapshot"));
  }

  DBClusterSnapshot create(CreateDbClusterSnapshotRequest request) {
    var id =
        NewSnapshots.name("DBClusterSnapshotIdentifier", request.dbClusterSnapshotIdentifier());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var cluster = clusters.find(request.dbClusterIdentifier());
      newSnapshots.requireNew(id);
      requireAvailable(cluster);
      var snapshot = newSnapshots.of(cluster, id, false, request.tags());
      work.backUp(snapshot, cluster);
      return describe(snapshot);
    });
  }

  /// The first sentence is AWS's.
  private static void requireAvailable(Cluster cluster) {
    if (!cluster.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Can't create a snapshot because the database cluster %s isn't currently in the available"
              + " state. It is %s.",
          cluster.id(), cluster.status());
    }
  }

  DBClusterSnapshot copy(CopyDbClusterSnapshotRequest request) {
    var id =
        NewSnapshots.name(
            "TargetDBClusterSnapshotIdentifier", request.targetDBClusterSnapshotIdentifier());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var source =
          find("SourceDBClusterSnapshotIdentifier", request.sourceDBClusterSnapshotIdentifier());
      newSnapshots.requireNew(id);
      requireAvailable(source);
      requireEncrypted(source, request.kmsKeyId());
      var copy =
          newSnapshots.copyOf(source, id, request.kmsKeyId(), request.copyTags(), request.tags());
      catalog.snapshots.put(copy);
      work.make(copy);
      return describe(copy);
    });
  }

  /// The port is for restores; RDS says 0 of each snapshot of an Aurora cluster.
  private static DBClusterSnapshot describe(Snapshot snapshot) {
    return snapshot.settings().copy(to -> to.port(0));
  }

  /// A copy is encrypted exactly if its source is; that of a snapshot of a plain instance may
  /// differ.
  private static void requireEncrypted(Snapshot source, String key) {
    if (key != null && !Boolean.TRUE.equals(source.settings().storageEncrypted())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "KmsKeyId cannot be given: the source DB cluster snapshot %s is not encrypted.",
          source.settings().dbClusterSnapshotIdentifier());
    }
  }

  /// The API Reference excludes that both a cluster and a snapshot are given, and AWS takes it: its
  /// own AuroraScenario of the Java code examples waits for a snapshot so.
  DescribeDbClusterSnapshotsResponse describe(DescribeDbClusterSnapshotsRequest request) {
    var wanted =
        new SnapshotListing.Wanted(
            request.snapshotType(),
            request.dbClusterIdentifier(),
            request.dbClusterResourceId(),
            request.filters());
    var page =
        listing.page(
            wanted,
            () -> named(request.dbClusterSnapshotIdentifier()),
            request.marker(),
            request.maxRecords());
    return DescribeDbClusterSnapshotsResponse.builder()
        .dbClusterSnapshots(page.items().stream().map(Snapshots::describe).toList())
        .marker(page.marker())
        .build();
  }

  private List<Snapshot> named(String snapshot) {
    return snapshot == null
        ? catalog.clusterSnapshots()
        : List.of(find("DBClusterSnapshotIdentifier", snapshot));
  }

  DBClusterSnapshot delete(DeleteDbClusterSnapshotRequest request) {
    return catalog.changing(() -> {
      var snapshot = find("DBClusterSnapshotIdentifier", request.dbClusterSnapshotIdentifier());
      if (snapshot.isAutomated()) {
        // The words are AWS's.
        throw RdsFault.INVALID_CLUSTER_SNAPSHOT_STATE.with("Only manual snapshots may be deleted.");
      }
      if (!snapshot.is(Status.AVAILABLE) && !snapshot.is(Status.FAILED)) {
        throw notAvailable(snapshot);
      }
      var deleting = snapshot.with(builder -> builder.status(Status.DELETING));
      catalog.snapshots.put(deleting);
      work.remove(deleting);
      // As it was, which is what the real service answers; unlike for those of instances.
      return describe(snapshot);
    });
  }

  public static void requireAvailable(Snapshot snapshot) {
    if (!snapshot.is(Status.AVAILABLE)) {
      throw notAvailable(snapshot);
    }
  }

  private static RuntimeException notAvailable(Snapshot snapshot) {
    return RdsFault.INVALID_CLUSTER_SNAPSHOT_STATE.with(
        "The cluster snapshot %s is not in available state: it is %s.",
        snapshot.id(), snapshot.settings().status());
  }

  /// By name or ARN.
  public Snapshot find(String parameter, String idOrArn) {
    var given = Rules.required(parameter, idOrArn);
    var id = home.name("cluster-snapshot", given).toLowerCase(Locale.ROOT);
    return catalog
        .clusterSnapshot(id)
        .orElseThrow(() ->
            RdsFault.CLUSTER_SNAPSHOT_NOT_FOUND.with("DBClusterSnapshot not found: %s", given));
  }
}
