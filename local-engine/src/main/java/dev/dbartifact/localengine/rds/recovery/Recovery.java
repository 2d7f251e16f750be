package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings what is remembered and what is there together, when the engine starts: what was half done
/// is finished or undone, and the servers of instances run again. What it finds out is shown also
/// where it cannot be written, as on a full disk: the next start finds it out anew.
public final class Recovery {

  private final Catalog catalog;
  private final Endpoints endpoints;
  private final VolumeRecovery volumes;
  private final SnapshotRecovery snapshots;
  private final ClusterRecovery clusters;
  private final InstanceRecovery instances;
  private final RenameRecovery renames;

  Recovery(
      Catalog catalog,
      Endpoints endpoints,
      VolumeRecovery volumes,
      SnapshotRecovery snapshots,
      ClusterRecovery clusters,
      InstanceRecovery instances,
      RenameRecovery renames) {
    this.catalog = catalog;
    this.endpoints = endpoints;
    this.volumes = volumes;
    this.snapshots = snapshots;
    this.clusters = clusters;
    this.instances = instances;
    this.renames = renames;
  }

  /// In the background, where that takes a while.
  public void run() throws HostException {
    volumes.takeBackAndSetAside();
    var whole = volumes.whole();
    catalog.changing(() -> {
      instances.letStorageGo();
      settleStorage(whole);
      // An instance starts after its cluster.
      instances.settleOthers();
      catalog.clusters.all().forEach(renames::forgetFormerNames);
      catalog.clusters.all().forEach(endpoints::listen);
    });
  }

  /// What is copied may go: the copies come first, final snapshots and what is made from snapshots
  /// among them. An instance goes before its cluster.
  private void settleStorage(Set<StorageId> whole) {
    var creating = creating();
    var remembered = catalog.snapshots.all();
    remembered.stream().filter(each -> !each.is(Status.DELETING)).forEach(snapshots::settle);
    creating.forEach(cluster -> clusters.settle(cluster, whole));
    remembered.stream().filter(each -> each.is(Status.DELETING)).forEach(snapshots::settle);
    instances.settleDeleting();
    allBut(creating).forEach(cluster -> clusters.settle(cluster, whole));
  }

  /// Those that are being made; a copy of a copy after that.
  private List<Cluster> creating() {
    return catalog.clusters.all().stream()
        .filter(each -> each.is(Status.CREATING))
        .sorted(Comparator.comparing(this::generation))
        .toList();
  }

  /// How many copies that are being made, too, come before this one.
  private int generation(Cluster creating) {
    return Optional.ofNullable(creating.cloneOf())
        .flatMap(catalog.clusters::find)
        .filter(source -> source.is(Status.CREATING))
        .map(source -> generation(source) + 1)
        .orElse(0);
  }

  /// The others, as they are now; those that go at last.
  private List<Cluster> allBut(List<Cluster> settled) {
    var storages = settled.stream().map(Cluster::storage).collect(Collectors.toSet());
    return catalog.clusters.all().stream()
        .filter(each -> !storages.contains(each.storage()))
        .sorted(Comparator.comparing((Cluster each) -> each.is(Status.DELETING)))
        .toList();
  }
}
