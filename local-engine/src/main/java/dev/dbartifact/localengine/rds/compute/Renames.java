package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.network.Hosts;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.work.Modifying;

/// Clusters and instances that get another name. Where endpoints have names, these are others from
/// then on: the cluster or the instance is `renaming` until the certificates of its servers say so.
public final class Renames {

  private final Catalog catalog;
  private final Hosts hosts;
  private final Certificates certificates;
  private final Modifying modifying;

  public Renames(Catalog catalog, Hosts hosts, Certificates certificates, Modifying modifying) {
    this.catalog = catalog;
    this.hosts = hosts;
    this.certificates = certificates;
    this.modifying = modifying;
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
