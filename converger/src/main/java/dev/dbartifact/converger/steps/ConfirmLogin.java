package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.Observation;
import dev.dbartifact.rds.StatusClass;

/// Logs in as the master user. Only then is a cluster ready: its status may read `available` while
/// a new password is still on its way.
///
/// @param patient whether a refusal of the password may pass, because the password has just been
///   set
public record ConfirmLogin(ClusterId cluster, boolean patient) implements Step {
  @Override
  public String sentence() {
    return "Log in to " + cluster + " as its master user";
  }

  @Override
  public boolean needs(Step earlier) {
    return !(earlier instanceof SealCluster || earlier instanceof MigrateSchema);
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public boolean needsPassword() {
    return true;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException {
    FoundCluster found = world.awaitCluster(cluster);
    DatabaseEndpoint endpoint = DatabaseEndpoint.of(found).atTheDatabaseThatIsAlwaysThere();
    world
        .waiting()
        .until(
            "login to " + endpoint.host() + ":" + endpoint.port(),
            () -> judge(world.database().login(endpoint, world.masterPassword())),
            StepWorld::noEvents);
  }

  private Observation<Boolean> judge(LoginAnswer answer) {
    return switch (answer) {
      case LoginAnswer.Answered() -> Observation.ready("accepted", true);
      case LoginAnswer.NotYet(var reason) -> Observation.inProgress("no answer yet: " + reason);
      case LoginAnswer.WrongPassword(var reason) when patient ->
          Observation.inProgress("password not in effect yet: " + reason);
      case LoginAnswer.WrongPassword(var reason) ->
          Observation.hopeless(
              StatusClass.FAILED,
              "refused: " + reason,
              "Give the password that the cluster was made with, or set it with --reset_password.");
      case LoginAnswer.Impossible(var reason, var advice) ->
          Observation.hopeless(StatusClass.FAILED, "refused: " + reason, advice);
    };
  }
}
