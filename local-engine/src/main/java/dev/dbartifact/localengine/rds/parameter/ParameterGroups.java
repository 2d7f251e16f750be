package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.request.Home;

/// DB cluster and DB parameter groups; what they hold is the affair of [ParameterChanges].
public final class ParameterGroups {

  private final Catalog catalog;
  private final Versions versions;
  private final GroupRules rules;
  private final ClusterParameterGroups ofClusters;
  private final InstanceParameterGroups ofInstances;

  public ParameterGroups(Catalog catalog, Home home, Versions versions) {
    this.catalog = catalog;
    this.versions = versions;
    this.rules = new GroupRules(versions);
    this.ofClusters = new ClusterParameterGroups(catalog, home, rules);
    this.ofInstances = new InstanceParameterGroups(catalog, home, rules);
  }

  ClusterParameterGroups ofClusters() {
    return ofClusters;
  }

  InstanceParameterGroups ofInstances() {
    return ofInstances;
  }

  /// The `default.*` groups of the installed families are always there.
  public void makeDefaults() {
    catalog.changing(() -> {
      for (var family : versions.families()) {
        if (Engine.ofFamily(family).isAurora()) {
          ofClusters.makeDefault(family);
        }
        ofInstances.makeDefault(family);
      }
    });
  }

  /// Whether it is one of those that are always there.
  public static boolean isDefault(String group) {
    return group.startsWith("default.");
  }

  /// The group for a cluster of this engine version; the default one where none is named.
  public String forCluster(String name, EngineVersion version) {
    return name == null ? "default." + version.family() : ofClusters.named(name, version);
  }

  /// The group for an instance of this engine version; the default one where none is named.
  public String forInstance(String name, EngineVersion version) {
    return name == null ? "default." + version.family() : ofInstances.named(name, version);
  }

  void requireFamily(String family) {
    rules.requireFamily(family);
  }
}
