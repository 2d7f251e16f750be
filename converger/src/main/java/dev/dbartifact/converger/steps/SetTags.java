package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.rds.FoundCluster;

/// Sets tags on a cluster and its instances.
public record SetTags(ClusterId cluster, Tags tags) implements Step {
  @Override
  public String sentence() {
    return "Tag cluster "
        + cluster
        + " and its instances: "
        + String.join(", ", tags.values().keySet());
  }

  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof AddInstance || earlier instanceof RemoveInstance;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    FoundCluster found = world.awaitCluster(cluster);
    world.send("tags of cluster " + cluster, cluster, () -> world.clusters().tag(found, tags));
  }
}
