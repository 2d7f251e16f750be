package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import java.util.List;

/// IAM roles that were added come to be used some time after the answer, as on AWS.
public final class RoleActivation {

  private final Catalog catalog;
  private final Work work;
  private final Pacing pacing;

  public RoleActivation(Catalog catalog, Work work, Pacing pacing) {
    this.catalog = catalog;
    this.work = work;
    this.pacing = pacing;
  }

  public void begin(Cluster cluster) {
    var end = pacing.end(Phase.ROLE_PENDING);
    work.on(
        List.of(cluster.storageId()),
        () ->
            pacing.at(
                end,
                () ->
                    catalog.changing(() ->
                        catalog.clusters.settle(
                            cluster.storage(), RoleActivation::withActiveRoles))));
  }

  private static Cluster withActiveRoles(Cluster cluster) {
    var roles =
        cluster.settings().associatedRoles().stream()
            .map(role -> role.copy(builder -> builder.status("ACTIVE")))
            .toList();
    return cluster.with(builder -> builder.associatedRoles(roles));
  }
}
