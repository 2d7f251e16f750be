package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.compute.MajorVersions;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.server.DatabaseHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what an upgrade that was cut short has come to.
final class UpgradeRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeRecovery.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final MajorVersions versions;

  UpgradeRecovery(Catalog catalog, DatabaseHost host, MajorVersions versions) {
    this.catalog = catalog;
    this.host = host;
    this.versions = versions;
  }

  /// One that was cut short: its volume has the old version, or the new one.
  Cluster decided(Cluster cluster) {
    if (cluster.upgrade() == null || !cluster.is(Status.UPGRADING)) {
      return cluster;
    }
    var upgraded = isUpgraded(cluster);
    if (!upgraded) {
      LOG.warn(
          "The upgrade of {} '{}' to {} was interrupted: it is as it was",
          cluster.noun(),
          cluster.id(),
          cluster.upgrade().engineVersion());
      versions.giveUp(cluster);
    }
    var decided = (upgraded ? versions.finish(cluster) : cluster).withoutUpgrade();
    catalog.clusters.settle(decided);
    return decided;
  }

  /// A volume that is gone, or whose server is, cannot say: its instance fails with the reason, and
  /// all others go on.
  private boolean isUpgraded(Cluster cluster) {
    try {
      return MajorVersions.isThere(cluster, host.engineVersion(cluster.storageId()));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "Could not tell which version the data of {} '{}' have: {}",
          cluster.noun(),
          cluster.id(),
          e.getMessage());
      return false;
    }
  }
}
