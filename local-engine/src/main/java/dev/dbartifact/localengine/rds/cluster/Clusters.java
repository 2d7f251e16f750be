package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.PasswordRequest;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.snapshot.NewSnapshots;
import dev.dbartifact.localengine.rds.storage.ClusterCreation;
import dev.dbartifact.localengine.rds.storage.ClusterRemoval;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.server.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;

/// The actions on clusters. A cluster is storage: it is there when its volume is.
public final class Clusters {

  private static final Map<String, Function<Cluster, String>> FILTERS =
      Map.of(
          "clone-group-id", cluster -> cluster.settings().cloneGroupId(),
          "db-cluster-id", Cluster::id,
          "db-cluster-resource-id", cluster -> cluster.settings().dbClusterResourceId(),
          "domain", cluster -> null,
          "engine", cluster -> cluster.settings().engine());

  private static final Set<String> NOT_DELETABLE =
      Set.of(
          Status.BACKING_UP,
          Status.BACKTRACKING,
          Status.CREATING,
          Status.DELETING,
          Status.STARTING,
          Status.STOPPED,
          Status.STOPPING);

  /// They were never made: there is nothing in them that a final snapshot could be taken of.
  private static final Set<String> WITHOUT_FINAL_SNAPSHOT =
      Set.of(Status.CLONING_FAILED, Status.FAILED);

  private final Catalog catalog;
  private final Home home;
  private final NamedClusters named;
  private final NewClusters newClusters;
  private final Versions versions;
  private final Placement placement;
  private final NewSnapshots newSnapshots;
  private final SnapshotWork snapshotWork;
  private final ManagedPasswords passwords;
  private final ClusterCreation creation;
  private final ClusterRemoval removal;
  private final Descriptions descriptions;

  public Clusters(
      Catalog catalog,
      Home home,
      NamedClusters named,
      NewClusters newClusters,
      Versions versions,
      Placement placement,
      NewSnapshots newSnapshots,
      SnapshotWork snapshotWork,
      ManagedPasswords passwords,
      ClusterCreation creation,
      ClusterRemoval removal,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.named = named;
    this.newClusters = newClusters;
    this.versions = versions;
    this.placement = placement;
    this.newSnapshots = newSnapshots;
    this.snapshotWork = snapshotWork;
    this.passwords = passwords;
    this.creation = creation;
    this.removal = removal;
    this.descriptions = descriptions;
  }

  DBCluster create(CreateDbClusterRequest request) {
    var settings = Observation.of(request, newClusters.created(request), home);
    var wanted = passwords.known(PasswordRequest.of(request));
    var password = wanted.isManaged() ? MasterSecrets.newPassword() : new Secret(wanted.password());
    var database = versions.newDatabase(settings, password);
    return catalog.changing(() -> {
      named.requireNew(settings.dbClusterIdentifier());
      var placed = placement.place(settings, null, null);
      var cluster =
          wanted.isManaged() ? passwords.keep(placed, password, wanted.kmsKeyId()) : placed;
      creation.make(cluster, database);
      creation.record(cluster, RdsFault.INSUFFICIENT_STORAGE);
      return descriptions.of(cluster);
    });
  }

  DescribeDbClustersResponse describe(DescribeDbClustersRequest request) {
    var found =
        request.dbClusterIdentifier() == null
            ? catalog.dbClusters()
            : List.of(named.find(request.dbClusterIdentifier()));
    var filters = Filters.named(request.filters(), home, Map.of("db-cluster-id", "cluster"));
    var shown =
        Filters.apply(filters, FILTERS, found).stream()
            .sorted(java.util.Comparator.comparing(Cluster::id))
            .toList();
    var page = Page.of(shown, Cluster::id, request.marker(), request.maxRecords());
    return DescribeDbClustersResponse.builder()
        .dbClusters(page.items().stream().map(descriptions::listed).toList())
        .marker(page.marker())
        .build();
  }

  DBCluster delete(DeleteDbClusterRequest request) {
    return catalog.changing(() -> {
      var cluster = named.find(request.dbClusterIdentifier());
      requireDeletable(cluster);
      snapshotWork.requireNoneRetained(cluster, request.deleteAutomatedBackups());
      var last = finalSnapshot(cluster, request);
      var deleting = cluster.with(builder -> builder.status(Status.DELETING));
      // In this order, so that no interruption deletes without the snapshot.
      removal.forgetEarlier(cluster);
      last.ifPresent(snapshot -> {
        catalog.snapshots.put(snapshot);
        snapshotWork.make(snapshot);
      });
      catalog.clusters.put(deleting);
      CrashPoint.CLUSTER_DELETING.reached();
      removal.begin(deleting);
      return descriptions.of(deleting);
    });
  }

  private void requireDeletable(Cluster cluster) {
    if (Boolean.TRUE.equals(cluster.settings().deletionProtection())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot delete protected Cluster, please disable deletion protection and try again.");
    }
    if (NOT_DELETABLE.contains(cluster.status())) {
      // The words are AWS's: Terraform waits and tries again when it reads them.
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cluster %s is not currently in the available state: it is %s.",
          cluster.id(), cluster.status());
    }
    if (!catalog.instancesOf(cluster).stream().allMatch(each -> each.is(Status.DELETING))) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cluster cannot be deleted, it still contains DB instances in non-deleting state.");
    }
  }

  private Optional<Snapshot> finalSnapshot(Cluster cluster, DeleteDbClusterRequest request) {
    var skip = Boolean.TRUE.equals(request.skipFinalSnapshot());
    var wanted = request.finalDBSnapshotIdentifier();
    if (skip && wanted != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true.");
    }
    if (skip) {
      return Optional.empty();
    }
    if (wanted == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    }
    var id = NewSnapshots.name("FinalDBSnapshotIdentifier", wanted);
    newSnapshots.requireNew(id);
    if (WITHOUT_FINAL_SNAPSHOT.contains(cluster.status())) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cannot create the final snapshot of %s because the cluster is %s. Set"
              + " SkipFinalSnapshot.",
          cluster.id(), cluster.status());
    }
    if (cluster.is(Status.UPGRADING)) {
      // The snapshot waits for the end of that, and would tell of the version before.
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cannot create the final snapshot of %s because the cluster is %s. Wait until that is"
              + " over, or set SkipFinalSnapshot.",
          cluster.id(), cluster.status());
    }
    return Optional.of(newSnapshots.of(cluster, id, true, List.of()));
  }
}
