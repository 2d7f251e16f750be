package dev.dbartifact.localengine.rds.upgrade;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.compute.MajorVersions;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.storage.Histories;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an upgrade to another major version does, in the background: the databases are checked
/// while everybody works with them, a snapshot is taken, the data are brought to the new version,
/// and the servers are started on that. One that fails leaves everything as it was.
///
/// See "How to perform a major version upgrade for RDS for PostgreSQL" in the Amazon RDS User
/// Guide, and "Performing a major version upgrade" of Aurora PostgreSQL in the Aurora User Guide.
public final class UpgradeWork {

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeWork.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Clock clock;
  private final Work work;
  private final Pacing pacing;
  private final Availability availability;
  private final Members members;
  private final ServerWork servers;
  private final SnapshotWork snapshots;
  private final PreUpgradeSnapshots preUpgrade;
  private final MajorVersions versions;
  private final Histories histories;
  private final UpgradeEvents events;

  public UpgradeWork(
      Catalog catalog,
      DatabaseHost host,
      Clock clock,
      Work work,
      Pacing pacing,
      Availability availability,
      Members members,
      ServerWork servers,
      SnapshotWork snapshots,
      PreUpgradeSnapshots preUpgrade,
      MajorVersions versions,
      Histories histories,
      UpgradeEvents events) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.work = work;
    this.pacing = pacing;
    this.availability = availability;
    this.members = members;
    this.servers = servers;
    this.snapshots = snapshots;
    this.preUpgrade = preUpgrade;
    this.versions = versions;
    this.histories = histories;
    this.events = events;
  }

  /// Begins, within a change of the catalog.
  ///
  /// @param cluster as it is remembered: upgrading, and to what
  public void begin(Cluster cluster) {
    var end = clock.instant();
    for (var instance : involved(cluster)) {
      catalog.instances.put(instance.with(b -> b.dbInstanceStatus(Status.UPGRADING)));
      end = latest(end, pacing.begin(instance, Phase.INSTANCE_UPGRADING));
    }
    var available = end;
    work.on(List.of(cluster.storageId()), () -> run(cluster, available));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// The writer first; read replicas follow it to its new version.
  private List<Instance> involved(Cluster cluster) {
    return Stream.concat(members.of(cluster).stream(), catalog.replicasOf(cluster).stream())
        .filter(each -> !each.is(Status.DELETING))
        .toList();
  }

  private void run(Cluster asked, Instant available) {
    var cluster = catalog.clusters.find(asked.storage()).filter(this::isToBeUpgraded);
    if (cluster.isEmpty()) {
      // It is on its way out.
      return;
    }
    try {
      if (isFit(cluster.get())) {
        convert(cluster.get());
      } else {
        goOn(cluster.get(), available);
        return;
      }
    } catch (HostException | RuntimeException e) {
      if (work.closing()) {
        // Cut short: the next start finds it as it was, or upgraded.
        return;
      }
      fail(cluster.get(), e);
    }
    involved(cluster.get()).forEach(servers::serveNow);
    pacing.at(available, () -> availability.upgraded(cluster.get()));
  }

  private boolean isToBeUpgraded(Cluster cluster) {
    return cluster.is(Status.UPGRADING) && cluster.upgrade() != null;
  }

  /// Whether nothing is known to be in the way; else the log says what.
  private boolean isFit(Cluster cluster) throws HostException {
    events.checking(cluster);
    var version = cluster.upgrade().engineVersion();
    var problems = host.majorUpgrades().problems(cluster.storageId(), version);
    if (problems.isEmpty()) {
      events.checked(cluster);
      return true;
    }
    var text = UpgradeReport.of(cluster, problems, clock.instant());
    LOG.warn("{} '{}' cannot be upgraded. {}", cluster.noun(), cluster.id(), problems);
    host.addLog(cluster.storageId(), UpgradeReport.LOG, text);
    events.unfit(cluster, problems);
    return false;
  }

  /// Nothing has happened to the servers: those that run go on. Where there is none, it is tried
  /// anew, since what kept it from starting is shown no longer.
  private void goOn(Cluster cluster, Instant available) {
    catalog.changing(() -> versions.giveUp(cluster));
    involved(cluster).stream().filter(each -> !servers.isServed(each)).forEach(this::startAnew);
    pacing.at(
        available,
        () -> {
          show(cluster, Status.AVAILABLE);
          availability.upgraded(cluster);
        });
  }

  private void startAnew(Instance instance) {
    catalog.changing(() -> show(instance, Status.REBOOTING));
    servers.serveNow(instance);
  }

  private void show(Cluster cluster, String status) {
    catalog.changing(() -> involved(cluster).forEach(each -> show(each, status)));
  }

  private void show(Instance instance, String status) {
    catalog.instances.settle(
        instance.resourceId(),
        now -> now.is(Status.UPGRADING) ? now.with(b -> b.dbInstanceStatus(status)) : now);
  }

  private void convert(Cluster cluster) throws HostException {
    takeSnapshot(cluster);
    events.converting(cluster);
    var version = cluster.upgrade().engineVersion();
    host.majorUpgrades().run(cluster.storageId(), version, followers(cluster));
    CrashPoint.UPGRADE_UNRECORDED.reached();
    finish(cluster);
    CrashPoint.UPGRADE_RECORDED.reached();
    histories.beginAnew(cluster);
    events.converted(cluster);
  }

  private List<StorageId> followers(Cluster cluster) {
    return Stream.concat(
            members.readers(cluster).stream().map(Instance::readerVolume),
            catalog.replicasOf(cluster).stream().map(each -> new StorageId(each.storage())))
        .toList();
  }

  private void takeSnapshot(Cluster cluster) throws HostException {
    var snapshot =
        catalog.changing(() -> {
          var planned = preUpgrade.of(cluster);
          planned.ifPresent(catalog.snapshots::put);
          return planned;
        });
    if (snapshot.isPresent()) {
      events.backingUp(cluster, snapshot.get());
      if (!snapshots.makeNow(snapshot.get())) {
        throw new HostException("The snapshot before it could not be taken");
      }
    }
  }

  /// The servers have the old version once more, unless there was no way back.
  private void fail(Cluster cluster, Exception reason) {
    LOG.warn("Could not upgrade {} '{}': {}", cluster.noun(), cluster.id(), reason.getMessage());
    if (hasOldData(cluster)) {
      events.failed(cluster, reason);
      catalog.changing(() -> versions.giveUp(cluster));
    } else {
      finish(cluster);
    }
    show(cluster, Status.REBOOTING);
  }

  private boolean hasOldData(Cluster cluster) {
    try {
      return !MajorVersions.isThere(cluster, host.engineVersion(cluster.storageId()));
    } catch (IllegalArgumentException e) {
      // The new ones are still to take their place, which the next start of the engine lets them
      // do.
      LOG.warn("{}", e.getMessage());
      return false;
    }
  }

  private void finish(Cluster cluster) {
    catalog.changing(() -> catalog.clusters.find(cluster.storage()).ifPresent(versions::finish));
  }
}
