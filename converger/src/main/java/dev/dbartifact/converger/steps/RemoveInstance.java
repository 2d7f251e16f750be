package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.StatusClass;
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
    world.send("instance " + instance, cluster, () -> delete(world.clusters()));
    world.awaitGone(cluster, instance);
  }

  /// Somebody else may be first, or a request of ours whose answer was lost: what is wanted is that
  /// the instance goes, whoever sees to it.
  private void delete(Clusters clusters) {
    if (stays(clusters)) {
      try {
        clusters.deleteInstance(cluster, instance);
      } catch (AwsException refused) {
        if (stays(clusters)) {
          throw refused;
        }
      }
    }
  }

  private boolean stays(Clusters clusters) {
    return clusters
        .find(cluster)
        .flatMap(found -> found.instance(instance))
        .filter(found -> found.statusClass() != StatusClass.GONE)
        .isPresent();
  }
}
