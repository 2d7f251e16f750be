package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what is remembered and what is there together, when the engine starts: what was half done
/// is finished or undone, and the servers of instances run again.
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final ClusterWork work;

  Recovery(Catalog catalog, DatabaseHost host, ClusterWork work) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
  }

  void run() throws HostException {
    discardOrphans();
    catalog.changing(() -> {
      catalog.clusters.all().forEach(this::settle);
      catalog.instances.all().forEach(this::settle);
    });
  }

  private void discardOrphans() throws HostException {
    var known = catalog.clusters.all().stream().map(Cluster::storageId).collect(Collectors.toSet());
    for (var id : host.stored()) {
      if (!known.contains(id)) {
        work.discard(id);
      }
    }
  }

  private void settle(Cluster cluster) {
    switch (cluster.status()) {
      case Status.DELETING -> work.remove(cluster);
      case Status.CREATING -> finishOrUndo(cluster);
      default -> forgetPassword(cluster);
    }
  }

  /// A clone can be made again; an empty cluster cannot, since its password is kept nowhere.
  private void finishOrUndo(Cluster cluster) {
    var source = cluster.cloneOf() == null ? null : catalog.clusters.find(cluster.cloneOf());
    if (source != null && source.isPresent()) {
      work.discard(cluster.storageId());
      work.copy(cluster);
      return;
    }
    LOG.warn("The creation of cluster '%s' was interrupted: undone".formatted(cluster.id()));
    catalog.instancesOf(cluster).forEach(each -> catalog.instances.remove(each.resourceId()));
    var deleting = cluster.with(builder -> builder.status(Status.DELETING));
    catalog.clusters.put(deleting);
    work.remove(deleting);
  }

  private void forgetPassword(Cluster cluster) {
    var without = ClusterWork.withoutPendingPassword(cluster);
    if (without != cluster) {
      LOG.warn(
          "A password change of cluster '%s' was interrupted: its old password holds"
              .formatted(cluster.id()));
      catalog.clusters.put(without);
    }
  }

  private void settle(Instance instance) {
    if (catalog.clusters.find(instance.storage()).isEmpty()) {
      catalog.instances.remove(instance.resourceId());
    } else if (instance.is(Status.DELETING)) {
      work.remove(instance);
    } else {
      var starting = instance.is(Status.CREATING) ? Status.CREATING : Status.STARTING;
      var again = instance.with(builder -> builder.dbInstanceStatus(starting));
      catalog.instances.put(again);
      work.start(again);
    }
  }
}
