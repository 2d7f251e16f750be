package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.rds.FoundCluster;

/// Logs in as the master user. Only then is a cluster ready: its status may read `available` while
/// a new password is still on its way.
///
/// @param password what the plan does to the password before
public record ConfirmLogin(ClusterId cluster, Password password) implements Step {
  /// Says what a refusal of the password means.
  public enum Password {
    /// Not set by the plan, so that a refusal is final.
    KEPT,
    /// Set by the plan because the cluster has never converged; a refusal may pass, unless another
    /// run has come first.
    FIRST,
    /// Set by the plan because it was asked for; a refusal may pass.
    RESET
  }

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
    var watch = new LoginWatch(this, endpoint, world);
    world
        .waiting()
        .until(
            "login to " + endpoint.host() + ":" + endpoint.port(),
            watch::look,
            StepWorld::noEvents);
  }
}
