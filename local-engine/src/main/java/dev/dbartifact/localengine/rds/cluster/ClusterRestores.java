package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineRules;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.snapshot.Snapshots;
import dev.dbartifact.localengine.rds.storage.ClusterCreation;
import dev.dbartifact.localengine.rds.storage.Histories;
import dev.dbartifact.localengine.rds.storage.RestoreWindow;
import dev.dbartifact.localengine.server.CloneKind;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;

/// Clusters made from others.
public final class ClusterRestores {

  private final Catalog catalog;
  private final NamedClusters clusters;
  private final Snapshots snapshots;
  private final NewClusters newClusters;
  private final Placement placement;
  private final ClusterCreation creation;
  private final Histories histories;
  private final Descriptions descriptions;

  public ClusterRestores(
      Catalog catalog,
      NamedClusters clusters,
      Snapshots snapshots,
      NewClusters newClusters,
      Placement placement,
      ClusterCreation creation,
      Histories histories,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.clusters = clusters;
    this.snapshots = snapshots;
    this.newClusters = newClusters;
    this.placement = placement;
    this.creation = creation;
    this.histories = histories;
    this.descriptions = descriptions;
  }

  DBCluster restore(RestoreDbClusterToPointInTimeRequest request) {
    var kind = cloneKind(request);
    requireOneTime(request, kind);
    return catalog.changing(() -> {
      var source = source(request);
      Observation.requireNone(request);
      requireRestorable(source, kind);
      if (request.restoreToTime() != null) {
        histories.window(source).require(request.restoreToTime(), "DB cluster " + source.id());
      }
      var settings = newClusters.restored(request, source.settings());
      clusters.requireNew(settings.dbClusterIdentifier());
      var group =
          Optional.ofNullable(source.settings().cloneGroupId())
              .orElseGet(() -> UUID.randomUUID().toString());
      var placed =
          placement
              .place(settings, source.storage(), kind)
              .with(builder -> builder.cloneGroupId(group));
      var time = request.restoreToTime();
      var cluster = time == null ? placed : placed.restoredTo(time);
      // Before the work begins: where there is no room for it, there must be nothing to undo.
      if (source.settings().cloneGroupId() == null) {
        catalog.clusters.put(source.with(builder -> builder.cloneGroupId(group)));
      }
      creation.copy(cluster);
      creation.record(cluster, RdsFault.INSUFFICIENT_STORAGE);
      return descriptions.of(cluster);
    });
  }

  DBCluster restore(RestoreDbClusterFromSnapshotRequest request) {
    return catalog.changing(() -> {
      var snapshot = snapshots.find("SnapshotIdentifier", request.snapshotIdentifier());
      Snapshots.requireAvailable(snapshot);
      var settings = named(request, newClusters.restored(request, snapshot));
      clusters.requireNew(settings.dbClusterIdentifier());
      var cluster = placement.place(settings, snapshot.storage(), CloneKind.COPY_ON_WRITE);
      creation.copy(cluster);
      creation.record(cluster, RdsFault.INSUFFICIENT_STORAGE);
      return descriptions.of(cluster);
    });
  }

  /// A name that is given is shown; what databases there are is the snapshot's affair.
  private static DBCluster named(RestoreDbClusterFromSnapshotRequest request, DBCluster restored) {
    var name = request.databaseName();
    return name == null
        ? restored
        : restored.copy(to ->
            to.databaseName(
                EngineRules.databaseName(Engine.of(request.engine()), "DatabaseName", name)));
  }

  private static CloneKind cloneKind(RestoreDbClusterToPointInTimeRequest request) {
    return switch (request.restoreType()) {
      case null -> CloneKind.FULL_COPY;
      // Terraform sends an empty one where none was chosen.
      case "", "full-copy" -> CloneKind.FULL_COPY;
      case "copy-on-write" -> CloneKind.COPY_ON_WRITE;
      default ->
          throw RdsFault.INVALID_PARAMETER_VALUE.with(
              "Invalid value '%s' for RestoreType. Must be one of full-copy, copy-on-write.",
              request.restoreType());
    };
  }

  private static void requireOneTime(RestoreDbClusterToPointInTimeRequest request, CloneKind kind) {
    RestoreWindow.requireOneTime(
        "RestoreToTime", request.restoreToTime(), request.useLatestRestorableTime());
    if (request.restoreToTime() != null && kind == CloneKind.COPY_ON_WRITE) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "RestoreToTime cannot be given when RestoreType is copy-on-write.");
    }
  }

  private Cluster source(RestoreDbClusterToPointInTimeRequest request) {
    var resourceId = request.sourceDbClusterResourceId();
    if ((request.sourceDBClusterIdentifier() == null) == (resourceId == null)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Exactly one of SourceDBClusterIdentifier and SourceDbClusterResourceId must be given.");
    }
    return resourceId == null
        ? clusters.find(request.sourceDBClusterIdentifier())
        : catalog.dbClusters().stream()
            .filter(cluster -> resourceId.equals(cluster.settings().dbClusterResourceId()))
            .findFirst()
            .orElseThrow(() -> NamedClusters.notFound(resourceId));
  }

  /// "While an Aurora cluster is stopped, you can do a point-in-time restore", which needs no
  /// instances either; clones do: see "Stopping and starting an Amazon Aurora DB cluster" and
  /// "Limitations of Aurora cloning" in the Aurora User Guide.
  private void requireRestorable(Cluster source, CloneKind kind) {
    var clones = kind == CloneKind.COPY_ON_WRITE;
    if (!source.is(Status.AVAILABLE) && (clones || !source.is(Status.STOPPED))) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "The source DB cluster %s is in state %s; it must be available%s.",
          source.id(), source.status(), clones ? "" : " or stopped");
    }
    if (clones && catalog.instancesOf(source).stream().allMatch(each -> each.is(Status.DELETING))) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "The source DB cluster %s has no DB instances; it needs at least one.", source.id());
    }
  }
}
