package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Upgrades;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.CopyDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DeleteDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/// The actions on DB snapshots, those of plain instances: manual ones and those that the engine
/// makes by itself.
public final class InstanceSnapshots {

  private static final Map<String, Function<Snapshot, String>> FILTERS =
      Map.of(
          "db-instance-id", snapshot -> snapshot.settings().dbClusterIdentifier(),
          "db-snapshot-id", Snapshot::id,
          "dbi-resource-id", snapshot -> snapshot.settings().dbClusterResourceId(),
          "engine", snapshot -> snapshot.settings().engine(),
          "snapshot-type", snapshot -> snapshot.settings().snapshotType());

  private final Catalog catalog;
  private final Home home;
  private final NamedInstances instances;
  private final NewInstanceSnapshots newSnapshots;
  private final NewSnapshots copies;
  private final SnapshotWork work;
  private final Upgrades upgrades;
  private final Descriptions descriptions;
  private final SnapshotListing listing;

  public InstanceSnapshots(
      Catalog catalog,
      Home home,
      NamedInstances instances,
      NewInstanceSnapshots newSnapshots,
      NewSnapshots copies,
      SnapshotWork work,
      Upgrades upgrades,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.instances = instances;
    this.newSnapshots = newSnapshots;
    this.copies = copies;
    this.work = work;
    this.upgrades = upgrades;
    this.descriptions = descriptions;
    this.listing =
        new SnapshotListing(
            home, "db", FILTERS, Map.of("db-instance-id", "db", "db-snapshot-id", Snapshot.PLAIN));
  }

  DBSnapshot create(CreateDbSnapshotRequest request) {
    var id = Rules.snapshotIdentifier("DBSnapshotIdentifier", request.dbSnapshotIdentifier());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var instance = instances.find(request.dbInstanceIdentifier());
      var storage = requireOwnStorage(instance);
      newSnapshots.requireNew(id);
      NewInstanceSnapshots.requireAvailable(descriptions.of(instance));
      requireNoReplica(instance, storage);
      var snapshot = newSnapshots.of(storage, descriptions.of(instance), id, false, request.tags());
      work.backUp(snapshot, storage);
      return newSnapshots.describe(snapshot);
    });
  }

  private Cluster requireOwnStorage(Instance instance) {
    return catalog
        .ownStorage(instance)
        .orElseThrow(() ->
            RdsFault.INVALID_PARAMETER_VALUE.with(
                "The specified instance is a member of a cluster and a snapshot cannot be created"
                    + " directly. Please use the CreateDBClusterSnapshot API instead."));
  }

  private static void requireNoReplica(Instance instance, Cluster storage) {
    if (storage.replicates().isPresent()) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Cannot create a snapshot of %s: it is a read replica, and the local engine takes"
              + " snapshots of sources only. Take one of its source, or promote it first.",
          instance.id());
    }
  }

  /// Remembers the snapshot and begins to make it.
  public Snapshot take(Instance instance, Cluster storage, String id, List<Tag> tags) {
    newSnapshots.requireNew(id);
    var snapshot = newSnapshots.of(storage, descriptions.of(instance), id, false, tags);
    catalog.snapshots.put(snapshot);
    work.make(snapshot);
    return snapshot;
  }

  DBSnapshot copy(CopyDbSnapshotRequest request) {
    var id =
        Rules.snapshotIdentifier(
            "TargetDBSnapshotIdentifier", request.targetDBSnapshotIdentifier());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var source = find("SourceDBSnapshotIdentifier", request.sourceDBSnapshotIdentifier());
      newSnapshots.requireNew(id);
      requireAvailable(source);
      var copy = copies.copyOf(source, id, request.kmsKeyId(), request.copyTags(), request.tags());
      catalog.snapshots.put(copy);
      work.make(copy);
      return newSnapshots.describe(copy);
    });
  }

  DescribeDbSnapshotsResponse describe(DescribeDbSnapshotsRequest request) {
    var wanted =
        new SnapshotListing.Wanted(
            request.snapshotType(),
            request.dbInstanceIdentifier(),
            request.dbiResourceId(),
            request.filters());
    var page =
        listing.page(
            wanted,
            () -> named(request.dbSnapshotIdentifier()),
            request.marker(),
            request.maxRecords());
    return DescribeDbSnapshotsResponse.builder()
        .dbSnapshots(page.items().stream().map(newSnapshots::describe).toList())
        .marker(page.marker())
        .build();
  }

  private List<Snapshot> named(String snapshot) {
    return snapshot == null
        ? catalog.instanceSnapshots()
        : List.of(find("DBSnapshotIdentifier", snapshot));
  }

  DBSnapshot delete(DeleteDbSnapshotRequest request) {
    return catalog.changing(() -> {
      var snapshot = find("DBSnapshotIdentifier", request.dbSnapshotIdentifier());
      if (snapshot.isAutomated()) {
        // The words are AWS's.
        throw RdsFault.INVALID_SNAPSHOT_STATE.with("automated snapshots cannot be deleted.");
      }
      if (!snapshot.is(Status.FAILED)) {
        requireAvailable(snapshot);
      }
      var deleting = snapshot.with(builder -> builder.status(Status.DELETING));
      catalog.snapshots.put(deleting);
      work.remove(deleting);
      // As the real service answers, whatever is left to do.
      return newSnapshots.describe(deleting).copy(to -> to.status("deleted"));
    });
  }

  /// An instance that is restored from it then has the later version.
  DBSnapshot modify(ModifyDbSnapshotRequest request) {
    return catalog.changing(() -> {
      var snapshot = find("DBSnapshotIdentifier", request.dbSnapshotIdentifier());
      requireAvailable(snapshot);
      if (snapshot.isAutomated()) {
        throw RdsFault.INVALID_SNAPSHOT_STATE.with(
            "Snapshot %s is automated, and only manual snapshots can be upgraded. Copy it, and"
                + " upgrade the copy.",
            snapshot.id());
      }
      var of = snapshot.settings();
      var has = new EngineVersion(Engine.of(of.engine()), of.engineVersion());
      var upgraded = snapshot.upgradedTo(upgrades.ofSnapshot(has, request.engineVersion()));
      catalog.snapshots.put(upgraded);
      return newSnapshots.describe(upgraded);
    });
  }

  public static void requireAvailable(Snapshot snapshot) {
    if (!snapshot.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_SNAPSHOT_STATE.with(
          "Snapshot %s is not in available state: it is %s.",
          snapshot.id(), snapshot.settings().status());
    }
  }

  /// By name or ARN.
  public Snapshot find(String parameter, String idOrArn) {
    var given = Rules.required(parameter, idOrArn);
    var id = home.name(Snapshot.PLAIN, given).toLowerCase(Locale.ROOT);
    return catalog
        .instanceSnapshot(id)
        .orElseThrow(() -> RdsFault.SNAPSHOT_NOT_FOUND.with("DBSnapshot not found: %s", given));
  }
}
