package dev.dbartifact.converger.plan;

import dev.dbartifact.artifact.Tags;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.OwnTags;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tags that a cluster or one of its instances lacks, or has with another value.
record MissingTags(FoundCluster cluster, List<FoundInstance> instances) {
  /// Those of `wished`, and ours on an instance: there they are as on the cluster.
  SortedMap<String, String> of(Tags wished) {
    SortedMap<String, String> missing = notAmong(cluster.tags(), wished);
    for (FoundInstance each : instances) {
      missing.putAll(notAmong(each.tags(), wished));
      missing.putAll(OwnTags.notOn(each, cluster.tags()).values());
    }
    return missing;
  }

  private static SortedMap<String, String> notAmong(Tags there, Tags wished) {
    var missing = new TreeMap<>(wished.values());
    missing.entrySet().removeAll(there.values().entrySet());
    return missing;
  }
}
