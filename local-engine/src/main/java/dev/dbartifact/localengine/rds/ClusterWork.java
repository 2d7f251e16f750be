package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBClusterStatusInfo;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// What happens after an answer: volumes are made and discarded, servers started and stopped, and
/// the states say how far that got.
final class ClusterWork {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterWork.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Clock clock;
  private final Work work;

  /// Passwords that a server must still learn; kept nowhere else.
  private final Map<StorageId, Secret> passwords = new ConcurrentHashMap<>();

  ClusterWork(Catalog catalog, DatabaseHost host, Clock clock, Work work) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.work = work;
  }

  /// Something that the host may fail to do.
  @FunctionalInterface
  private interface Step {
    void run() throws HostException;
  }

  void make(Cluster cluster, NewDatabase database) {
    var id = cluster.storageId();
    work.on(
        List.of(id),
        () -> {
          if (done(cluster, Status.FAILED, () -> host.create(id, database))) {
            work.aside(() -> available(cluster));
          }
        });
  }

  void copy(Cluster cluster) {
    var id = cluster.storageId();
    var source = new StorageId(cluster.cloneOf());
    work.on(
        List.of(source, id),
        () -> {
          if (done(cluster, Status.CLONING_FAILED, () -> copy(source, cluster))) {
            // The server of a waiting instance starts while this is written.
            work.aside(() -> available(cluster));
          }
        });
  }

  private void copy(StorageId source, Cluster cluster) throws HostException {
    var made = host.copy(source, cluster.storageId(), cluster.cloneKind());
    if (made != cluster.cloneKind()) {
      LOG.warn(
          "The volume of cluster '%s' is a %s: the data directory shares no blocks"
              .formatted(cluster.id(), made));
    }
  }

  /// Runs what makes a cluster; a failure becomes its state, and its instances'.
  private boolean done(Cluster cluster, String failure, Step step) {
    try {
      step.run();
      return true;
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Cluster '%s' is %s: %s".formatted(cluster.id(), failure, e.getMessage()));
        catalog.changing(
            () -> catalog.clusters.update(cluster.storage(), c -> failed(c, failure, e)));
      }
      return false;
    }
  }

  private static Cluster failed(Cluster cluster, String status, Exception reason) {
    var why =
        DBClusterStatusInfo.builder()
            .statusType("creation")
            .normal(false)
            .status(status)
            .message(reason.getMessage())
            .build();
    return cluster.with(builder -> builder.status(status).statusInfos(why));
  }

  private void available(Cluster cluster) {
    catalog.changing(() ->
        catalog
            .clusters
            .find(cluster.storage())
            .filter(now -> now.is(Status.CREATING))
            .ifPresent(now -> catalog.clusters.put(now.with(b -> b.status(Status.AVAILABLE)))));
  }

  /// Starts the server for the instance when the volume is there.
  void start(Instance instance) {
    var id = new StorageId(instance.storage());
    work.on(List.of(id), () -> serve(instance, () -> startNow(id)));
  }

  /// Stops the server and starts it again, at the cluster's address and port of that time.
  void restart(Instance instance) {
    var id = new StorageId(instance.storage());
    work.on(
        List.of(id),
        () ->
            serve(
                instance,
                () -> {
                  host.stop(id);
                  startNow(id);
                }));
  }

  private void startNow(StorageId id) throws HostException {
    var cluster = catalog.clusters.find(id.value());
    if (cluster.isPresent()) {
      host.start(id, cluster.get().listen());
      learnPassword(cluster.get());
    }
  }

  private void serve(Instance instance, Step step) {
    try {
      step.run();
      catalog.changing(() -> {
        // What waits for the instance may then modify the cluster.
        catalog.clusters.find(instance.storage()).ifPresent(this::available);
        catalog.instances.update(instance.resourceId(), this::serving);
      });
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Instance '%s' failed: %s".formatted(instance.id(), e.getMessage()));
        catalog.changing(() -> catalog.instances.update(instance.resourceId(), i -> failed(i, e)));
      }
    }
  }

  private Instance serving(Instance instance) {
    if (instance.is(Status.DELETING)) {
      return instance;
    }
    var created = instance.settings().instanceCreateTime();
    var groups =
        instance.settings().dbParameterGroups().stream()
            .map(group -> group.copy(b -> b.parameterApplyStatus("in-sync")))
            .toList();
    return instance.with(builder ->
        builder
            .dbInstanceStatus(Status.AVAILABLE)
            .statusInfos((List<DBInstanceStatusInfo>) null)
            .dbParameterGroups(groups)
            .instanceCreateTime(created == null ? clock.instant() : created));
  }

  private static Instance failed(Instance instance, Exception reason) {
    var status =
        reason instanceof HostException.AddressTaken ? Status.INCOMPATIBLE_NETWORK : Status.FAILED;
    var why =
        DBInstanceStatusInfo.builder()
            .statusType("start")
            .normal(false)
            .status(status)
            .message(reason.getMessage())
            .build();
    return instance.is(Status.DELETING)
        ? instance
        : instance.with(builder -> builder.dbInstanceStatus(status).statusInfos(why));
  }

  /// Stops the server and forgets the instance.
  void remove(Instance instance) {
    var id = new StorageId(instance.storage());
    work.on(
        List.of(id),
        () -> {
          if (tried("stop the server of instance '" + instance.id() + "'", () -> host.stop(id))) {
            catalog.changing(() -> catalog.instances.remove(instance.resourceId()));
          }
        });
  }

  /// Discards the volume and forgets the cluster.
  void remove(Cluster cluster) {
    var id = cluster.storageId();
    work.on(
        List.of(id),
        () -> {
          if (tried("discard the volume of '" + cluster.id() + "'", () -> host.discard(id))) {
            passwords.remove(id);
            catalog.changing(() -> catalog.clusters.remove(cluster.storage()));
          }
        });
  }

  /// Discards a volume that no cluster has.
  void discard(StorageId orphan) {
    work.on(
        List.of(orphan),
        () -> tried("discard the orphan volume " + orphan, () -> host.discard(orphan)));
  }

  private boolean tried(String what, Step step) {
    try {
      step.run();
      return true;
    } catch (HostException e) {
      LOG.warn("Could not " + what + "; the next start tries again: " + e.getMessage());
      return false;
    }
  }

  /// Lets the server learn the password soon, or when it is started.
  void changePassword(Cluster cluster, Secret password) {
    var id = cluster.storageId();
    passwords.put(id, password);
    work.on(
        List.of(id),
        () -> {
          if (host.running(id)) {
            tried(
                "change the master password of '" + cluster.id() + "'",
                () -> learnPassword(cluster));
          }
        });
  }

  private void learnPassword(Cluster cluster) throws HostException {
    var id = cluster.storageId();
    var password = passwords.get(id);
    if (password == null) {
      return;
    }
    host.changeMasterPassword(id, cluster.settings().masterUsername(), password);
    passwords.remove(id, password);
    catalog.changing(() -> {
      if (!passwords.containsKey(id)) {
        catalog.clusters.update(id.value(), ClusterWork::withoutPendingPassword);
      }
    });
  }

  static Cluster withoutPendingPassword(Cluster cluster) {
    var pending = cluster.settings().pendingModifiedValues();
    if (pending == null || pending.masterUserPassword() == null) {
      return cluster;
    }
    var left = pending.copy(builder -> builder.masterUserPassword(null));
    var none = left.equals(ClusterPendingModifiedValues.builder().build());
    return cluster.with(builder -> builder.pendingModifiedValues(none ? null : left));
  }
}
