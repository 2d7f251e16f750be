package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.DBClusterStatusInfo;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// States in which clusters and instances are to end up instead of `available`, for rehearsals. The
/// servers are not harmed; what was not reached when the engine stops is forgotten.
public final class Endings {

  private static final String WHY = "Asked for by a rule of misbehaviour.";

  private final Catalog catalog;
  private final Map<String, String> waiting = new HashMap<>();

  public Endings(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Of what an action makes or changes: now, or when what is under way is done.
  ///
  /// @param resource the name of a cluster or an instance; nothing happens where there is none
  public void of(String action, String resource, String state) {
    if (action.contains("DBInstance")) {
      ofInstance(resource, state);
    } else if (action.contains("DBCluster")) {
      ofCluster(resource, state);
    }
  }

  private void ofCluster(String id, String state) {
    catalog.changing(() ->
        catalog
            .cluster(id.toLowerCase(Locale.ROOT))
            .ifPresent(cluster -> {
              waiting.put(cluster.storage(), state);
              if (cluster.is(Status.AVAILABLE)) {
                catalog.clusters.put(available(cluster));
              }
            }));
  }

  private void ofInstance(String id, String state) {
    catalog.changing(() ->
        catalog
            .instance(id.toLowerCase(Locale.ROOT))
            .ifPresent(instance -> {
              waiting.put(instance.resourceId(), state);
              if (instance.is(Status.AVAILABLE)) {
                catalog.instances.put(available(instance));
              }
            }));
  }

  /// The cluster, available or in the state that waits for it. Within a change of the catalog.
  Cluster available(Cluster cluster) {
    var state = waiting.remove(cluster.storage());
    if (state == null) {
      return cluster.with(builder -> builder.status(Status.AVAILABLE));
    }
    var why =
        DBClusterStatusInfo.builder().statusType("status").normal(false).status(state).message(WHY);
    return cluster.with(builder -> builder.status(state).statusInfos(why.build()));
  }

  /// The same for an instance.
  public Instance available(Instance instance) {
    var state = waiting.remove(instance.resourceId());
    if (state == null) {
      return instance.with(builder -> builder.dbInstanceStatus(Status.AVAILABLE));
    }
    var why =
        DBInstanceStatusInfo.builder()
            .statusType("status")
            .normal(false)
            .status(state)
            .message(WHY);
    return instance.with(builder -> builder.dbInstanceStatus(state).statusInfos(why.build()));
  }
}
