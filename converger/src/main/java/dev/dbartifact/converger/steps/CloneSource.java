package dev.dbartifact.converger.steps;

import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.CloneCluster;
import dev.dbartifact.rds.ErrorMeaning;

/// Starts a copy-on-write clone of the source. Done as soon as RDS has accepted it: the instances
/// are asked for while the storage is still being made.
public record CloneSource(CloneCluster wish) implements Step {
  @Override
  public String sentence() {
    return "Clone cluster " + wish.source() + " to " + wish.target() + ", copy-on-write";
  }

  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof MakeSubnetGroup;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.sendAboutSource("cluster " + wish.target(), wish.source(), () -> send(world));
  }

  private void send(StepWorld world) {
    try {
      world.clusters().clone(wish);
    } catch (AwsException refused) {
      if (!refused.means(ErrorMeaning.ALREADY_THERE)) {
        throw refused;
      }
    }
  }
}
