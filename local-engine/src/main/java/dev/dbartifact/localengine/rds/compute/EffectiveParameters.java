package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.ParameterValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// What the groups of an instance and of its cluster say together.
public final class EffectiveParameters {

  private static final Logger LOG = LoggerFactory.getLogger(EffectiveParameters.class);

  /// In the place of `wal_level`, which RDS lets nobody change.
  public static final String LOGICAL_REPLICATION = "rds.logical_replication";

  private static final String WAL_LEVEL = "wal_level";

  /// Not a setting of the server, but of who may log in to it.
  public static final String FORCE_SSL = "rds.force_ssl";

  /// Percent of a class's memory that is left to database processes. AWS says no more than that it
  /// is slightly less than all; with this, most defaults of max_connections come out as the tables
  /// of the Aurora User Guide have them, such as 1000 for db.r5.large.
  private static final int FOR_PROCESSES = 96;

  private final Catalog catalog;

  public EffectiveParameters(Catalog catalog) {
    this.catalog = catalog;
  }

  /// For the server, by the server's names; the instance's groups overrule the cluster's.
  public Map<String, String> of(Instance instance) {
    var all = new TreeMap<>(ofCluster(instance));
    all.putAll(ofOwn(instance));
    return all;
  }

  /// The same of the cluster's group alone.
  public Map<String, String> ofCluster(Instance instance) {
    var all = new TreeMap<String, String>();
    catalog
        .clusters
        .find(instance.storage())
        .map(cluster -> cluster.settings().dbClusterParameterGroup())
        .flatMap(catalog.clusterParameterGroups::find)
        .ifPresent(group -> add(group.values(), variables(instance), all));
    return all;
  }

  /// The same of the instance's own groups alone.
  public Map<String, String> ofOwn(Instance instance) {
    var all = new TreeMap<String, String>();
    for (var used : instance.settings().dbParameterGroups()) {
      catalog
          .instanceParameterGroups
          .find(used.dbParameterGroupName())
          .ifPresent(group -> add(group.values(), variables(instance), all));
    }
    return all;
  }

  /// What the server calls a parameter of a group.
  public static String serverName(String parameter) {
    return parameter.equals(LOGICAL_REPLICATION) ? WAL_LEVEL : parameter;
  }

  /// What formulas count with.
  private Map<String, Long> variables(Instance instance) {
    var of = instance.settings();
    var volume = catalog.clusters.find(instance.storage());
    var cluster = volume.map(Cluster::settings);
    var serverless = cluster.map(DBCluster::serverlessV2ScalingConfiguration).orElse(null);
    var size = InstanceClass.of(of.dbInstanceClass(), serverless);
    var storage = of.allocatedStorage() == null ? 1 : of.allocatedStorage();
    return Map.of(
        "AllocatedStorage",
        storage * (1L << 30),
        "DBInstanceClassMemory",
        size.memory() / 100 * FOR_PROCESSES,
        "DBInstanceVCPU",
        (long) size.cpus(),
        "EndPointPort",
        cluster.map(DBCluster::port).orElse(0).longValue(),
        "TrueIfReplica",
        volume.flatMap(Cluster::replicates).isPresent() ? 1L : 0L);
  }

  /// Nothing for a formula that divides by zero with this instance: its server has its own default
  /// then, as if nobody had set anything.
  private static Optional<String> counted(String value, Map<String, Long> variables) {
    if (!Formula.isMeant(value)) {
      return Optional.of(value);
    }
    try {
      return Optional.of(Long.toString(Formula.compute(value, variables)));
    } catch (IllegalArgumentException e) {
      LOG.trace("A text, which only looks like a formula: {}", value, e);
      return Optional.of(value);
    } catch (ArithmeticException e) {
      LOG.warn("The formula {} has no value: {}", value, e.getMessage());
      return Optional.empty();
    }
  }

  private static void add(
      Map<String, ParameterValue> values, Map<String, Long> variables, Map<String, String> to) {
    values.forEach((name, value) -> {
      if (!name.startsWith("rds.") || name.equals(FORCE_SSL)) {
        counted(value.value(), variables).ifPresent(count -> to.put(name, count));
      } else if (name.equals(LOGICAL_REPLICATION) && value.value().equals("1")) {
        to.put(WAL_LEVEL, "logical");
      }
    });
  }
}
