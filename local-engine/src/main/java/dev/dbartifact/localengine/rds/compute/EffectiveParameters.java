package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.ParameterValue;
import java.util.Map;
import java.util.TreeMap;

/// What the groups of an instance and of its cluster say together.
public final class EffectiveParameters {

  /// In the place of `wal_level`, which RDS lets nobody change.
  public static final String LOGICAL_REPLICATION = "rds.logical_replication";

  private final Catalog catalog;

  public EffectiveParameters(Catalog catalog) {
    this.catalog = catalog;
  }

  /// For the server, by the server's names; the instance's groups overrule the cluster's.
  public Map<String, String> of(Instance instance) {
    var all = new TreeMap<String, String>();
    catalog
        .clusters
        .find(instance.storage())
        .map(cluster -> cluster.settings().dbClusterParameterGroup())
        .flatMap(catalog.clusterParameterGroups::find)
        .ifPresent(group -> add(group.values(), all));
    for (var used : instance.settings().dbParameterGroups()) {
      catalog
          .instanceParameterGroups
          .find(used.dbParameterGroupName())
          .ifPresent(group -> add(group.values(), all));
    }
    return all;
  }

  private static void add(Map<String, ParameterValue> values, Map<String, String> to) {
    values.forEach((name, value) -> {
      if (!name.startsWith("rds.")) {
        to.put(name, value.value());
      } else if (name.equals(LOGICAL_REPLICATION) && value.value().equals("1")) {
        to.put("wal_level", "logical");
      }
    });
  }
}
