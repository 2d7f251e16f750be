package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.network.Hosts;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Modifying;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// Clusters and instances that get another name. Where endpoints have names, these are others from
/// then on: the cluster or the instance is `renaming` until the certificates of its servers say so.
public final class Renames {

  private static final String CHANGE = "configuration change";
  private static final String LOST =
      "The DB %s cannot be renamed to %s, as it was to be: there is another one of that name. It"
          + " keeps its own.";

  private final Catalog catalog;
  private final NamedClusters clusters;
  private final NamedInstances instances;
  private final Hosts hosts;
  private final Certificates certificates;
  private final Modifying modifying;
  private final Events events;

  public Renames(
      RecordParts records,
      Hosts hosts,
      Certificates certificates,
      Modifying modifying,
      Events events) {
    this.catalog = records.catalog;
    this.clusters = records.namedClusters;
    this.instances = records.namedInstances;
    this.hosts = hosts;
    this.certificates = certificates;
    this.modifying = modifying;
    this.events = events;
  }

  /// Decides on the name of a modified cluster. One that is asked for must be free, also where the
  /// change waits. One that has waited may have been taken since: then the cluster keeps its own,
  /// so that no other change of it has to wait for that. Within a change of the catalog, when
  /// nothing else can refuse it.
  ///
  /// @param asked whether the request itself names the cluster
  public Cluster settled(Cluster before, Cluster modified, boolean asked) {
    if (asked) {
      coming(before, modified).ifPresent(clusters::requireNew);
    }
    if (modified.id().equals(before.id()) || catalog.cluster(modified.id()).isEmpty()) {
      return modified;
    }
    events.ofCluster(before, CHANGE, LOST.formatted("cluster", modified.id()));
    var arn = before.settings().dbClusterArn();
    return modified.with(to -> to.dbClusterIdentifier(before.id()).dbClusterArn(arn));
  }

  /// The same for an instance, also a plain one.
  public Instance settled(Instance before, Instance modified, boolean asked) {
    if (asked) {
      coming(before, modified).ifPresent(instances::requireNew);
    }
    if (modified.id().equals(before.id()) || catalog.instance(modified.id()).isEmpty()) {
      return modified;
    }
    events.ofInstance(before, CHANGE, LOST.formatted("instance", modified.id()));
    var arn = before.settings().dbInstanceArn();
    return modified.with(to -> to.dbInstanceIdentifier(before.id()).dbInstanceArn(arn));
  }

  /// Another name that is to be had, now or later.
  private static Optional<String> coming(Cluster before, Cluster modified) {
    return modified.id().equals(before.id())
        ? Optional.ofNullable(modified.settings().pendingModifiedValues())
            .map(ClusterPendingModifiedValues::dbClusterIdentifier)
        : Optional.of(modified.id());
  }

  private static Optional<String> coming(Instance before, Instance modified) {
    return modified.id().equals(before.id())
        ? Optional.ofNullable(modified.settings().pendingModifiedValues())
            .map(PendingModifiedValues::dbInstanceIdentifier)
        : Optional.of(modified.id());
  }

  /// Lets servers answer for the names that a modified cluster has now. Within a change of the
  /// catalog.
  ///
  /// @param before as it was
  /// @param after as it is, and as it is remembered
  /// @return whether there are any; if not, nothing was done
  public boolean begin(Cluster before, Cluster after) {
    if (hosts.of(before).equals(hosts.of(after))) {
      return false;
    }
    certificates.renew(after, modifying.showRenaming(after));
    return true;
  }

  /// The same for an instance, also a plain one, whose storage is remembered with the new name.
  public boolean begin(Instance before, Instance after) {
    var cluster = catalog.clusters.find(after.storage());
    if (cluster.isEmpty()
        || hosts.of(cluster.get(), before).equals(hosts.of(cluster.get(), after))) {
      return false;
    }
    certificates.renew(cluster.get(), modifying.showRenaming(after));
    return true;
  }
}
