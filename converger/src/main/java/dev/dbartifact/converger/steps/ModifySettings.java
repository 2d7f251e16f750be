package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.rds.ModifyCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Changes settings of a cluster, its master password, or both, in one call.
///
/// @param differences what changes, as people read it
/// @param password whether the master password is set
/// @param hazards what the change does to those who use the cluster
public record ModifySettings(
    ModifyCluster wish, List<String> differences, boolean password, Set<Hazard> hazards)
    implements Step {
  public ModifySettings {
    differences = List.copyOf(differences);
    hazards = Set.copyOf(hazards);
  }

  @Override
  public String sentence() {
    var parts = new ArrayList<>(differences);
    if (password) {
      parts.addFirst("the master password");
    }
    return "Set on cluster " + wish.cluster() + ": " + String.join(", ", parts);
  }

  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof CloneSource
        || earlier instanceof CreateEmptyCluster
        || (earlier instanceof AwaitReady await && await.instance().equals(await.cluster()));
  }

  @Override
  public boolean needsPassword() {
    return password;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.awaitCluster(wish.cluster());
    var secret = password ? Optional.of(world.masterPassword()) : Optional.<Secret>empty();
    world.send(
        "cluster " + wish.cluster(), wish.cluster(), () -> world.clusters().modify(wish, secret));
    world.awaitApplied(wish);
  }
}
