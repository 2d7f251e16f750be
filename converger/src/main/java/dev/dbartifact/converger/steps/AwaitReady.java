package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;

/// Waits for a cluster, or for one of its instances, that is on its way.
///
/// @param instance the cluster itself, or an instance of it
/// @param status what it is in now
public record AwaitReady(ClusterId cluster, ClusterId instance, String status) implements Step {
  @Override
  public String sentence() {
    return "Wait for " + what() + " (" + status + ")";
  }

  private String what() {
    return instance.equals(cluster) ? "cluster " + cluster : "instance " + instance;
  }

  @Override
  public boolean needs(Step earlier) {
    return false;
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    if (instance.equals(cluster)) {
      world.awaitCluster(cluster);
    } else {
      world.awaitInstance(cluster, instance);
    }
  }
}
