package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.MajorUpgrade;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// What the records say of an upgrade to another major version. The volume decides: it has the one
/// version or the other at each moment.
public final class MajorVersions {

  private final Catalog catalog;
  private final EffectiveParameters effective;

  public MajorVersions(Catalog catalog, EffectiveParameters effective) {
    this.catalog = catalog;
    this.effective = effective;
  }

  /// Remembers that the volume of a cluster has the version that it was to have; its read replicas
  /// follow. That there was an upgrade is forgotten when the cluster is available.
  ///
  /// @return the cluster as it is now
  public Cluster finish(Cluster cluster) {
    var upgrade = cluster.upgrade();
    var finished =
        cluster.with(builder -> {
          builder.engineVersion(upgrade.engineVersion());
          if (upgrade.clusterGroup() != null) {
            builder.dbClusterParameterGroup(upgrade.clusterGroup());
          }
          return builder;
        });
    catalog.clusters.settle(finished);
    catalog.instancesOf(cluster).forEach(each -> put(each, upgrade));
    for (var replica : catalog.replicasOf(cluster)) {
      catalog
          .ownStorage(replica)
          .map(storage -> storage.with(to -> to.engineVersion(upgrade.engineVersion())))
          .ifPresent(catalog.clusters::settle);
      put(replica, upgrade);
    }
    return finished;
  }

  /// An option group is of one major version: a plain instance is in the default one of the new
  /// version now, which stands for none of its own.
  private void put(Instance instance, MajorUpgrade upgrade) {
    var with =
        instance.with(builder ->
            builder
                .dbParameterGroups(Instance.group(upgrade.instanceGroup(), ApplyStatus.IN_SYNC))
                .optionGroupMemberships(List.of())
                .pendingModifiedValues(
                    withoutVersion(instance.settings().pendingModifiedValues())));
    catalog.instances.settle(with);
    catalog.instances.settle(with.applying(effective.of(with)).inSync());
  }

  /// Remembers that nothing has come of it: that is not tried again.
  public void giveUp(Cluster cluster) {
    catalog
        .instancesOf(cluster)
        .forEach(each ->
            catalog.instances.settle(
                each.with(builder ->
                    builder.pendingModifiedValues(
                        withoutVersion(each.settings().pendingModifiedValues())))));
  }

  /// Whether the volume has the major version that its cluster is to have.
  ///
  /// @param server the version of the volume's server
  public static boolean isThere(Cluster cluster, String server) {
    var of = EngineVersion.of(cluster.settings()).engine();
    return of.major(server).equals(of.major(cluster.upgrade().engineVersion()));
  }

  /// The version of a plain instance waits with it; those of a cluster have none that waits.
  private static PendingModifiedValues withoutVersion(PendingModifiedValues pending) {
    return Optional.ofNullable(pending)
        .map(waiting -> waiting.copy(builder -> builder.engineVersion(null)))
        .filter(left -> !left.equals(PendingModifiedValues.builder().build()))
        .orElse(null);
  }
}
