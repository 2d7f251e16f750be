package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.CreateInstance;
import dev.dbartifact.rds.ErrorMeaning;
import dev.dbartifact.rds.SettingField;

/// Adds an instance to a cluster. It is asked for right behind the cluster itself; where RDS does
/// not take that, it is asked again until the cluster is available.
public record AddInstance(CreateInstance wish) implements Step {
  @Override
  public String sentence() {
    return "Add instance "
        + wish.instance()
        + wish.settings()
            .hardware()
            .instanceClass()
            .map(InstanceClass::value)
            .map(text -> " (" + text + ")")
            .orElse("");
  }

  /// One that is there when its cluster gets another parameter group has to be rebooted for it.
  @Override
  public boolean needs(Step earlier) {
    return earlier instanceof CloneSource
        || earlier instanceof CreateEmptyCluster
        || (earlier instanceof ModifySettings modify
            && modify.wish().fields().contains(SettingField.CLUSTER_PARAMETER_GROUP));
  }

  /// The first instance that a cluster gets is its writer.
  @Override
  public boolean follows(Step earlier) {
    return earlier instanceof AddInstance;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    world.send("instance " + wish.instance(), wish.cluster(), () -> send(world));
    world.accepted().run();
    world.awaitInstance(wish.cluster(), wish.instance());
  }

  private void send(StepWorld world) {
    try {
      world.clusters().createInstance(wish);
    } catch (AwsException refused) {
      if (!refused.means(ErrorMeaning.ALREADY_THERE)) {
        throw refused;
      }
      if (!isOurs(world)) {
        throw AwsException.refusing(
            "Could not create instance '" + wish.instance() + "'",
            ErrorMeaning.REFUSED,
            "there is one of that name, and it is none of cluster '" + wish.cluster() + "'",
            "The cluster stays without it. Give the other instance another name and run the same"
                + " command again; or choose another target with --cluster_id, and delete this"
                + " cluster.");
      }
    }
  }

  private boolean isOurs(StepWorld world) {
    return world
        .clusters()
        .find(wish.cluster())
        .flatMap(found -> found.instance(wish.instance()))
        .isPresent();
  }
}
