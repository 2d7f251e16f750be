package dev.dbartifact.converger.steps;

import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.CreateCluster;
import dev.dbartifact.rds.ErrorMeaning;

/// Starts the making of an empty cluster. Done as soon as RDS has accepted it.
public record CreateEmptyCluster(CreateCluster wish) implements Step {
  @Override
  public String sentence() {
    var settings = wish.settings();
    return "Create cluster "
        + wish.target()
        + " ("
        + settings.engine()
        + settings.engineVersion().map(version -> " " + version).orElse("")
        + settings.databaseName().map(name -> ", database " + name).orElse("")
        + ")";
  }

  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof MakeSubnetGroup;
  }

  @Override
  public boolean needsPassword() {
    return true;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.send("cluster " + wish.target(), wish.target(), () -> send(world));
  }

  private void send(StepWorld world) {
    try {
      world.clusters().create(wish, world.masterPassword());
    } catch (AwsException refused) {
      if (!refused.means(ErrorMeaning.ALREADY_THERE)) {
        throw refused;
      }
    }
  }
}
