package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.Changelog;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.rds.FoundCluster;

/// Brings the schema to what the changelog describes.
public record MigrateSchema(ClusterId cluster, Changelog changelog, String contexts, String labels)
    implements Step {
  @Override
  public String sentence() {
    return "Migrate the schema with "
        + changelog.path()
        + (contexts.isEmpty() ? "" : ", contexts " + contexts)
        + (labels.isEmpty() ? "" : ", labels " + labels);
  }

  @Override
  public boolean needs(Step earlier) {
    return !(earlier instanceof SealCluster);
  }

  @Override
  public boolean needsPassword() {
    return true;
  }

  @Override
  public void run(StepWorld world) throws InterruptedException, StepException {
    FoundCluster found = world.awaitCluster(cluster);
    var endpoint = DatabaseEndpoint.of(found);
    world.database().migrate(endpoint, world.masterPassword(), this, world.waiting().left());
  }
}
