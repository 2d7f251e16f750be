package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.rds.compute.InstanceRemoval;
import dev.dbartifact.localengine.rds.compute.MajorVersions;
import dev.dbartifact.localengine.rds.compute.MasterPasswords;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.pause.Pauses;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// Brings what is remembered and what is there together, when the engine starts: what was half done
/// is finished or undone, and the servers of instances run again.
public final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private static final Optional<Instance> NO_INSTANCE = Optional.empty();

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final ClusterCreation creation;
  private final StartsAndStops startsAndStops;
  private final ClusterRemoval removal;
  private final RoleActivation roles;
  private final ServerWork servers;
  private final MasterPasswords passwords;
  private final SnapshotWork snapshotWork;
  private final InstanceRemoval instanceRemoval;
  private final Members members;
  private final Endpoints endpoints;
  private final MajorVersions versions;
  private final Pauses pauses;

  public Recovery(
      Catalog catalog,
      DatabaseHost host,
      Work work,
      ClusterCreation creation,
      StartsAndStops startsAndStops,
      ClusterRemoval removal,
      RoleActivation roles,
      ServerWork servers,
      MasterPasswords passwords,
      SnapshotWork snapshotWork,
      InstanceRemoval instanceRemoval,
      Members members,
      Endpoints endpoints,
      MajorVersions versions,
      Pauses pauses) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.creation = creation;
    this.startsAndStops = startsAndStops;
    this.roles = roles;
    this.servers = servers;
    this.passwords = passwords;
    this.snapshotWork = snapshotWork;
    this.removal = removal;
    this.instanceRemoval = instanceRemoval;
    this.members = members;
    this.endpoints = endpoints;
    this.versions = versions;
    this.pauses = pauses;
  }

  public void run() throws HostException {
    takeBackAndSetAside();
    var whole = whole();
    catalog.changing(() -> {
      // A cluster goes after its final snapshot.
      catalog.snapshots.all().forEach(this::settle);
      // An instance goes before its cluster, and starts after that.
      deleting().forEach(this::settle);
      catalog.clusters.all().forEach(cluster -> settle(cluster, whole));
      // A reader follows its writer.
      writersAndReaders().forEach(this::settle);
      catalog.clusters.all().forEach(this::forgetFormerNames);
      catalog.clusters.all().forEach(endpoints::listen);
    });
  }

  private List<Instance> writersAndReaders() {
    return catalog.instances.all().stream()
        .filter(instance -> !instance.is(Status.DELETING))
        .sorted(
            Comparator.comparing((Instance instance) -> !members.writes(instance))
                .thenComparing(this::replicates))
        .toList();
  }

  private boolean replicates(Instance instance) {
    return catalog.ownStorage(instance).flatMap(Cluster::replicates).isPresent();
  }

  private List<Instance> deleting() {
    return catalog.instances.all().stream()
        .filter(instance -> instance.is(Status.DELETING))
        .toList();
  }

  /// Records decide what is a cluster, but a lost record is no reason to lose data.
  private void takeBackAndSetAside() throws HostException {
    var known =
        Stream.concat(
                catalog.clusters.all().stream().map(Cluster::storageId),
                catalog.snapshots.all().stream().map(Snapshot::storageId))
            .collect(Collectors.toSet());
    var readers =
        catalog.instances.all().stream().map(Instance::readerVolume).collect(Collectors.toSet());
    var stored = host.stored();
    known.stream().filter(id -> !stored.contains(id)).forEach(this::takeBack);
    for (var id : stored) {
      if (!known.contains(id) && !readers.contains(id)) {
        setAside(id);
      }
    }
  }

  /// Sets a volume aside that no cluster has.
  private void setAside(StorageId orphan) {
    LOG.warn(
        "No record accounts for the volume {}: set aside, and kept. 'db-artifact-local status' shows it.",
        orphan);
    work.on(
        List.of(orphan),
        () -> HostStep.tried("set the volume " + orphan + " aside", () -> host.setAside(orphan)));
  }

  /// One that cannot be is no reason to leave all others alone.
  private void takeBack(StorageId id) {
    try {
      if (host.takeBack(id)) {
        LOG.info("The volume {} has a record again: taken back", id);
      }
    } catch (HostException e) {
      LOG.warn("{}. The next start tries again", e.getMessage());
    }
  }

  private void settle(Snapshot snapshot) {
    switch (snapshot.settings().status()) {
      case Status.DELETING -> snapshotWork.remove(snapshot);
      case Status.CREATING, Status.COPYING -> finishOrFail(snapshot);
      default -> {}
    }
  }

  private void finishOrFail(Snapshot snapshot) {
    if (snapshot.isAutomated() && !isOfACluster(snapshot)) {
      snapshotWork.letGo(snapshot);
    } else if (snapshot.isMade()) {
      snapshotWork.finish(snapshot);
    } else if (snapshot.isAutomated()) {
      // Its name says when it was begun: the schedule makes another.
      snapshotWork.letGo(snapshot);
    } else if (isOfACluster(snapshot) || catalog.snapshots.find(snapshot.source()).isPresent()) {
      snapshotWork.makeAgain(snapshot);
    } else {
      LOG.warn(
          "The snapshot '%s' was interrupted, and its source is gone".formatted(snapshot.id()));
      catalog.snapshots.put(snapshot.with(builder -> builder.status(Status.FAILED)));
    }
  }

  private boolean isOfACluster(Snapshot snapshot) {
    return catalog.clusters.find(snapshot.source()).isPresent();
  }

  /// The volumes of clusters whose records say that they are being made.
  private Set<StorageId> whole() throws HostException {
    var whole = new HashSet<StorageId>();
    for (var cluster : catalog.clusters.all()) {
      if (cluster.is(Status.CREATING) && host.isWhole(cluster.storageId())) {
        whole.add(cluster.storageId());
      }
    }
    return whole;
  }

  /// @param whole see [#whole]
  private void settle(Cluster remembered, Set<StorageId> whole) {
    var cluster = withUpgradeDecided(named(remembered));
    switch (cluster.status()) {
      case Status.DELETING -> removal.begin(cluster);
      case Status.CREATING -> finishOrUndo(cluster, whole);
      case Status.STOPPING -> startsAndStops.stop(cluster);
      case Status.STARTING -> startsAndStops.start(cluster);
      case Status.BACKING_UP -> settleBackup(cluster);
      case Status.BACKTRACKING,
          Status.FAILING_OVER,
          Status.CONFIGURING_IAM,
          Status.MODIFYING,
          Status.RENAMING,
          Status.RESETTING_PASSWORD,
          Status.UPGRADING -> {
        var available = cluster.with(builder -> builder.status(Status.AVAILABLE));
        catalog.clusters.put(available);
        finishChanges(available);
      }
      default -> finishChanges(cluster);
    }
  }

  /// The storage of a plain instance follows its name, also where a change of that was cut short.
  private Cluster named(Cluster cluster) {
    var instance =
        cluster.isPlain() ? catalog.instancesOf(cluster).stream().findFirst() : NO_INSTANCE;
    if (instance.isEmpty() || instance.get().id().equals(cluster.id())) {
      return cluster;
    }
    var named =
        cluster.with(builder ->
            builder
                .dbClusterIdentifier(instance.get().id())
                .dbClusterArn(instance.get().settings().dbInstanceArn()));
    catalog.clusters.put(named);
    return named;
  }

  /// One that was cut short: its volume has the old version, or the new one.
  private Cluster withUpgradeDecided(Cluster cluster) {
    if (cluster.upgrade() == null || !cluster.is(Status.UPGRADING)) {
      return cluster;
    }
    var upgraded = isUpgraded(cluster);
    if (!upgraded) {
      LOG.warn(
          "The upgrade of {} '{}' to {} was interrupted: it is as it was",
          cluster.noun(),
          cluster.id(),
          cluster.upgrade().engineVersion());
      versions.giveUp(cluster);
    }
    var decided = (upgraded ? versions.finish(cluster) : cluster).withoutUpgrade();
    catalog.clusters.put(decided);
    return decided;
  }

  /// A volume that is gone, or whose server is, cannot say: its instance fails with the reason, and
  /// all others go on.
  private boolean isUpgraded(Cluster cluster) {
    try {
      return MajorVersions.isThere(cluster, host.engineVersion(cluster.storageId()));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "Could not tell which version the data of {} '{}' have: {}",
          cluster.noun(),
          cluster.id(),
          e.getMessage());
      return false;
    }
  }

  private void settleBackup(Cluster cluster) {
    var underWay =
        catalog.snapshots.all().stream()
            .anyMatch(each -> each.source().equals(cluster.storage()) && each.is(Status.CREATING));
    if (!underWay) {
      catalog.clusters.put(cluster.with(builder -> builder.status(Status.AVAILABLE)));
    }
    finishChanges(cluster);
  }

  /// One that has its volume may have been used: only the record lacks that it is available. A
  /// clone can be made again; an empty cluster cannot, since its password is kept nowhere.
  private void finishOrUndo(Cluster cluster, Set<StorageId> whole) {
    if (whole.contains(cluster.storageId())) {
      creation.makeAvailable(cluster);
      return;
    }
    if (hasSource(cluster)) {
      creation.discard(cluster.storageId());
      creation.copy(cluster);
      return;
    }
    LOG.warn(
        "The creation of %s '%s' was interrupted: undone".formatted(cluster.noun(), cluster.id()));
    catalog.instancesOf(cluster).forEach(each -> catalog.instances.remove(each.resourceId()));
    var deleting = cluster.with(builder -> builder.status(Status.DELETING));
    catalog.clusters.put(deleting);
    removal.begin(deleting);
  }

  private boolean hasSource(Cluster cluster) {
    var source = cluster.cloneOf();
    return source != null
        && (catalog.clusters.find(source).isPresent()
            || catalog.snapshots.find(source).isPresent());
  }

  private void finishChanges(Cluster cluster) {
    if (catalog.instancesOf(cluster).isEmpty()) {
      startsAndStops.endIdleServer(cluster);
    }
    if (cluster.settings().associatedRoles().stream().anyMatch(r -> "PENDING".equals(r.status()))) {
      roles.begin(cluster);
    }
    if (cluster.pendingVerifier() != null) {
      passwords.resume(cluster);
      return;
    }
    var without = MasterPasswords.withoutPending(cluster);
    if (without != cluster) {
      LOG.warn(
          "A password change of %s '%s' was interrupted: its old password holds"
              .formatted(cluster.noun(), cluster.id()));
      catalog.clusters.put(without);
    }
  }

  private boolean isGoing(Instance instance) {
    return catalog.ownStorage(instance).filter(own -> own.is(Status.DELETING)).isPresent();
  }

  /// A renaming that was cut short leaves endpoints with two names of an instance.
  private void forgetFormerNames(Cluster cluster) {
    var names = catalog.instancesOf(cluster).stream().map(Instance::id).toList();
    for (var endpoint : catalog.endpointsOf(cluster)) {
      var named =
          Stream.concat(
                  endpoint.settings().staticMembers().stream(),
                  endpoint.settings().excludedMembers().stream())
              .toList();
      // An endpoint that names nobody would lead to everybody.
      if (!names.containsAll(named) && named.stream().anyMatch(names::contains)) {
        catalog.clusterEndpoints.put(
            named.stream()
                .filter(name -> !names.contains(name))
                .reduce(endpoint, ClusterEndpoint::without, (_, last) -> last));
      }
    }
  }

  private static String stoppedOrStopping(Instance instance) {
    return instance.is(Status.STOPPED) ? Status.STOPPED : Status.STOPPING;
  }

  private boolean isStopping(Instance instance) {
    return catalog
        .clusters
        .find(instance.storage())
        .filter(cluster -> cluster.is(Status.STOPPING) || cluster.is(Status.STOPPED))
        .isPresent();
  }

  private void settle(Instance instance) {
    if (catalog.clusters.find(instance.storage()).isEmpty()) {
      creation.discard(instance.readerVolume());
      catalog.instances.remove(instance.resourceId());
    } else if (isGoing(instance)) {
      // It goes with its storage.
    } else if (instance.is(Status.DELETING)) {
      instanceRemoval.begin(instance);
    } else if (isStopping(instance)) {
      catalog.instances.put(instance.with(b -> b.dbInstanceStatus(stoppedOrStopping(instance))));
    } else if (!instance.is(Status.STOPPED)
        && !instance.is(Status.STOPPING)
        && !pauses.letRest(instance)) {
      var starting = instance.is(Status.CREATING) ? Status.CREATING : Status.STARTING;
      var again =
          instance.with(builder ->
              builder.dbInstanceStatus(starting).statusInfos((List<DBInstanceStatusInfo>) null));
      catalog.instances.put(again);
      if (members.writes(instance)) {
        // It may have become the writer just before the engine ended.
        creation.discard(instance.readerVolume());
      }
      servers.start(again);
    }
  }
}
