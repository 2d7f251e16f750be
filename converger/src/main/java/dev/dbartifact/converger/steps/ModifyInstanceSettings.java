package dev.dbartifact.converger.steps;

import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.rds.ModifyInstance;
import java.util.List;
import java.util.Set;

/// Changes settings of one instance.
///
/// @param differences what changes, as people read it
/// @param hazards what the change does to those who use the cluster
public record ModifyInstanceSettings(
    ModifyInstance wish, List<String> differences, Set<Hazard> hazards) implements Step {
  public ModifyInstanceSettings {
    differences = List.copyOf(differences);
    hazards = Set.copyOf(hazards);
  }

  @Override
  public String sentence() {
    return "Set on instance " + wish.instance() + ": " + String.join(", ", differences);
  }

  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof AwaitReady || earlier instanceof ModifySettings;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.awaitInstance(wish.cluster(), wish.instance());
    world.send(
        "instance " + wish.instance(), wish.cluster(), () -> world.clusters().modifyInstance(wish));
    world.awaitApplied(wish);
  }
}
