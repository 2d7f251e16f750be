package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.rds.FoundCluster;

/// Writes on a cluster and its instances that they have converged. The last step of every plan that
/// has one.
public record SealCluster(ClusterId cluster, Digest fingerprint, Tags tags) implements Step {
  @Override
  public String sentence() {
    return "Seal cluster " + cluster + " with fingerprint " + fingerprint.shortForm();
  }

  @Override
  public boolean needs(Step earlier) {
    return true;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    FoundCluster found = world.awaitSettled(cluster);
    world.send("tags of cluster " + cluster, cluster, () -> world.clusters().tag(found, tags));
  }
}
