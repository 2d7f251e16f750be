package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Status;
import java.util.Set;
import java.util.function.Predicate;

/// When a cluster becomes available.
public final class Availability {

  private static final Set<String> STARTED =
      Set.of(Status.BACKTRACKING, Status.CREATING, Status.STARTING, Status.UPGRADING);

  private final Catalog catalog;
  private final Endings endings;
  private final Events events;

  public Availability(Catalog catalog, Endings endings, Events events) {
    this.endings = endings;
    this.catalog = catalog;
    this.events = events;
  }

  /// After its volume is made, or its server is started. Not while an upgrade to another major
  /// version waits for what was under way at its servers before.
  public void reached(Cluster cluster) {
    reached(cluster, now -> !now.isBeforeItsUpgrade());
  }

  /// After an upgrade to another major version, whatever has come of it.
  public void upgraded(Cluster cluster) {
    reached(cluster, _ -> true);
  }

  private void reached(Cluster cluster, Predicate<Cluster> fit) {
    catalog.changing(() ->
        catalog
            .clusters
            .find(cluster.storage())
            .filter(now -> STARTED.contains(now.status()))
            .filter(fit)
            .ifPresent(this::makeAvailable));
  }

  private void makeAvailable(Cluster cluster) {
    var settled = cluster.is(Status.UPGRADING) ? cluster.withoutUpgrade() : cluster;
    var available = endings.available(settled);
    catalog.clusters.settle(hasItsPassword(cluster) ? available.withActiveSecret() : available);
    if (cluster.isPlain()) {
      // Its instance tells when the server is there.
      return;
    }
    switch (cluster.status()) {
      case Status.BACKTRACKING -> {
        // That was told when it had the data of its source.
      }
      case Status.STARTING -> events.ofCluster(cluster, "notification", "DB cluster started");
      case Status.UPGRADING -> tellOfUpgrade(cluster);
      default -> events.ofCluster(cluster, "creation", "DB cluster created");
    }
  }

  /// One that was made empty was made with it. A copy has that of its source until its server
  /// learns another one, which also makes its secret active.
  private static boolean hasItsPassword(Cluster cluster) {
    return cluster.is(Status.CREATING) && cluster.cloneOf() == null;
  }

  /// Why it has not the major version that it was to have was told when that was known.
  private void tellOfUpgrade(Cluster cluster) {
    var wanted = cluster.upgrade();
    if (wanted == null) {
      events.ofCluster(cluster, "maintenance", "Database cluster has been patched");
    } else if (wanted.engineVersion().equals(cluster.settings().engineVersion())) {
      events.ofCluster(cluster, "maintenance", "Database cluster major version has been upgraded");
    }
  }
}
