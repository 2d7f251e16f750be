package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.rds.FoundInstance;
import java.util.Set;

/// Reboots an instance, so that another parameter group takes effect.
///
/// @param hazards what it does to those who use the cluster
public record RebootInstance(ClusterId cluster, ClusterId instance, Set<Hazard> hazards)
    implements Step {
  public RebootInstance {
    hazards = Set.copyOf(hazards);
  }

  @Override
  public String sentence() {
    return "Reboot instance " + instance;
  }

  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof ModifySettings
        || earlier instanceof ModifyInstanceSettings
        || earlier instanceof AwaitReady;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.awaitCluster(cluster);
    FoundInstance before = world.awaitInstance(cluster, instance).instance(instance).orElseThrow();
    world.send(
        "instance " + instance, cluster, () -> world.clusters().rebootInstance(cluster, instance));
    world.awaitRebooted(cluster, before);
  }
}
