package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.compute.InstanceRemoval;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.pause.Pauses;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.storage.ClusterCreation;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// Lets instances that were being deleted go on with that, and the servers of all others run again,
/// where they are to run.
final class InstanceRecovery {

  private final Catalog catalog;
  private final Members members;
  private final ClusterCreation creation;
  private final InstanceRemoval removal;
  private final ServerWork servers;
  private final Pauses pauses;

  InstanceRecovery(
      Catalog catalog,
      Members members,
      ClusterCreation creation,
      InstanceRemoval removal,
      ServerWork servers,
      Pauses pauses) {
    this.catalog = catalog;
    this.members = members;
    this.creation = creation;
    this.removal = removal;
    this.servers = servers;
    this.pauses = pauses;
  }

  /// A plain instance and its storage go together, whatever the record of the storage shows. Before
  /// clusters are settled.
  void letStorageGo() {
    catalog.instances.all().stream()
        .filter(instance -> instance.is(Status.DELETING))
        .flatMap(instance -> catalog.ownStorage(instance).stream())
        .filter(own -> !own.is(Status.DELETING))
        .map(own -> own.with(builder -> builder.status(Status.DELETING)))
        .forEach(catalog.clusters::settle);
  }

  void settleDeleting() {
    catalog.instances.all().stream()
        .filter(instance -> instance.is(Status.DELETING))
        .toList()
        .forEach(this::settle);
  }

  /// A reader follows its writer.
  void settleOthers() {
    catalog.instances.all().stream()
        .filter(instance -> !instance.is(Status.DELETING))
        .sorted(
            Comparator.comparing((Instance instance) -> !members.writes(instance))
                .thenComparing(this::replicates))
        .toList()
        .forEach(this::settle);
  }

  private boolean replicates(Instance instance) {
    return catalog.ownStorage(instance).flatMap(Cluster::replicates).isPresent();
  }

  private void settle(Instance instance) {
    if (catalog.clusters.find(instance.storage()).isEmpty()) {
      creation.discard(instance.readerVolume());
      catalog.instances.remove(instance.resourceId());
    } else if (isGoing(instance)) {
      // It goes with its storage.
    } else if (instance.is(Status.DELETING)) {
      removal.begin(instance);
    } else if (isStopping(instance)) {
      catalog.instances.settle(instance.with(b -> b.dbInstanceStatus(stoppedOrStopping(instance))));
    } else if (!instance.is(Status.STOPPED)
        && !instance.is(Status.STOPPING)
        && !pauses.letRest(instance)) {
      var starting = instance.is(Status.CREATING) ? Status.CREATING : Status.STARTING;
      var again =
          instance.with(builder ->
              builder.dbInstanceStatus(starting).statusInfos((List<DBInstanceStatusInfo>) null));
      catalog.instances.settle(again);
      if (members.writes(instance)) {
        // It may have become the writer just before the engine ended.
        creation.discard(instance.readerVolume());
      }
      start(instance, again);
    }
  }

  /// One that was to get what its groups say, as with another class, had perhaps not got it, nor
  /// had one that was to be rebooted, whose server may run on as if nobody had asked; all others go
  /// on with what they had.
  private void start(Instance remembered, Instance again) {
    if (remembered.is(Status.REBOOTING)) {
      servers.reboot(again);
    } else if (remembered.is(Status.CREATING) || remembered.is(Status.MODIFYING)) {
      servers.boot(again);
    } else {
      servers.start(again);
    }
  }

  private boolean isGoing(Instance instance) {
    return catalog.ownStorage(instance).filter(own -> own.is(Status.DELETING)).isPresent();
  }

  private boolean isStopping(Instance instance) {
    return catalog
        .clusters
        .find(instance.storage())
        .filter(cluster -> cluster.is(Status.STOPPING) || cluster.is(Status.STOPPED))
        .isPresent();
  }

  private static String stoppedOrStopping(Instance instance) {
    return instance.is(Status.STOPPED) ? Status.STOPPED : Status.STOPPING;
  }
}
