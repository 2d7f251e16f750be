package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.ErrorMeaning;

/// Makes the DB subnet group that a cluster with explicit subnets has for itself, or gives it the
/// right subnets.
///
/// @param cluster whose group it is; the group has its name
/// @param exists whether it is there, ours, with other subnets
public record MakeSubnetGroup(ClusterId cluster, SubnetIds subnets, Tags tags, boolean exists)
    implements Step {
  @Override
  public String sentence() {
    return (exists ? "Give DB subnet group " : "Create DB subnet group ")
        + cluster
        + (exists ? " the subnets " : " of ")
        + subnets;
  }

  @Override
  public boolean needs(Step earlier) {
    return false;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.send("DB subnet group " + cluster, cluster, () -> send(world));
  }

  private void send(StepWorld world) {
    if (exists) {
      world.clusters().modifySubnetGroup(cluster, subnets);
      return;
    }
    try {
      world.clusters().createSubnetGroup(cluster, subnets, tags);
    } catch (AwsException refused) {
      if (!refused.means(ErrorMeaning.ALREADY_THERE)) {
        throw refused;
      }
      world.clusters().modifySubnetGroup(cluster, subnets); // refuses one that is not ours
    }
  }
}
