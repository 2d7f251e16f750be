package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.options.Hazard;
import java.util.Set;

/// Deletes a reader that is too many. The data belong to the cluster and stay.
public record RemoveInstance(ClusterId cluster, ClusterId instance) implements Step {
  @Override
  public String sentence() {
    return "Delete instance " + instance + ", which is one too many";
  }

  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof AwaitReady;
  }

  @Override
  public Set<Hazard> hazards() {
    return Set.of(Hazard.DELETES_INSTANCES);
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.send(
        "instance " + instance, cluster, () -> world.clusters().deleteInstance(cluster, instance));
    world.awaitGone(cluster, instance);
  }
}
