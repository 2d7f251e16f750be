package dev.dbartifact.localengine.rds.report;

import dev.dbartifact.localengine.rds.compute.Paused;
import dev.dbartifact.localengine.rds.compute.Revival;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.network.EndpointNames;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Usage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.DBClusterStatusInfo;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// What exists, with what the API does not say: the space that it takes.
public final class Reports {

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Members members;
  private final Endpoints endpoints;
  private final Revival revival;
  private final Paused paused;
  private final Versions versions;
  private final EndpointNames names;

  public Reports(
      Catalog catalog,
      DatabaseHost host,
      Members members,
      Endpoints endpoints,
      Revival revival,
      Paused paused,
      Versions versions,
      EndpointNames names) {
    this.revival = revival;
    this.paused = paused;
    this.catalog = catalog;
    this.endpoints = endpoints;
    this.members = members;
    this.versions = versions;
    this.names = names;
    this.host = host;
  }

  public List<ClusterReport> all() {
    return inOrder().map(cluster -> report(cluster, null, null, null)).toList();
  }

  public List<ClusterReport> measured() {
    return inOrder()
        .map(cluster ->
            report(
                cluster,
                isAtRest(cluster) ? usage(cluster) : null,
                history(cluster),
                backups(cluster)))
        .toList();
  }

  private static boolean isAtRest(Cluster cluster) {
    return cluster.is(Status.AVAILABLE) || cluster.is(Status.STOPPED);
  }

  private Stream<Cluster> inOrder() {
    return catalog.clusters.all().stream()
        .sorted(Comparator.comparing(Cluster::isPlain).thenComparing(Cluster::id));
  }

  private ClusterReport report(
      Cluster cluster,
      Usage bytes,
      ClusterReport.HistoryReport history,
      ClusterReport.BackupReport backups) {
    var of = cluster.settings();
    var source = cluster.cloneOf() == null ? null : catalog.clusters.find(cluster.cloneOf());
    return new ClusterReport(
        cluster.id(),
        cluster.isPlain(),
        cluster.storage(),
        cluster.status(),
        message(cluster),
        endpoint(cluster),
        cluster.address(),
        of.port(),
        of.engine(),
        of.engineVersion(),
        versions.serverInWords(EngineVersion.of(of)),
        of.masterUsername(),
        source == null ? null : source.map(Cluster::id).orElse(null),
        instances(cluster),
        bytes,
        history,
        backups);
  }

  /// A plain instance has none besides its instance's.
  private String endpoint(Cluster cluster) {
    return cluster.isPlain()
        ? catalog.instancesOf(cluster).stream()
            .map(instance -> names.instance(instance, cluster))
            .findFirst()
            .orElse(cluster.address())
        : names.writer(cluster);
  }

  private String message(Cluster cluster) {
    var status =
        cluster.settings().statusInfos().stream()
            .map(DBClusterStatusInfo::message)
            .reduce((first, last) -> last);
    var all = Stream.concat(status.stream(), endpoints.problems(cluster).stream()).toList();
    return all.isEmpty() ? null : String.join(" ", all);
  }

  private ClusterReport.HistoryReport history(Cluster cluster) {
    var since = host.history().since(cluster.storageId());
    try {
      return since.isEmpty()
          ? null
          : new ClusterReport.HistoryReport(
              since.get().toString(), host.history().bytes(cluster.storageId()));
    } catch (HostException e) {
      LOG.warn("Could not measure what is kept of '{}': {}", cluster.id(), e.getMessage());
      return null;
    }
  }

  private ClusterReport.BackupReport backups(Cluster cluster) {
    var all =
        catalog.snapshots.all().stream()
            .filter(each -> each.isAutomatedOf(cluster) && each.is(Status.AVAILABLE))
            .toList();
    return all.stream()
        .max(Comparator.comparing(each -> each.settings().snapshotCreateTime()))
        .map(newest ->
            new ClusterReport.BackupReport(
                all.size(), newest.id(), all.stream().mapToLong(this::ownBytes).sum()))
        .orElse(null);
  }

  private long ownBytes(Snapshot snapshot) {
    try {
      return host.usage(snapshot.storageId()).exclusive();
    } catch (HostException e) {
      LOG.warn("Could not measure snapshot '{}': {}", snapshot.id(), e.getMessage());
      return 0;
    }
  }

  private List<ClusterReport.InstanceReport> instances(Cluster cluster) {
    var all = members.of(cluster);
    return all.stream().map(each -> report(cluster, each, each == all.getFirst())).toList();
  }

  private ClusterReport.InstanceReport report(Cluster cluster, Instance instance, boolean writer) {
    var endpoint = names.instance(instance, cluster);
    if (revival.isDead(cluster, instance)) {
      return new ClusterReport.InstanceReport(
          instance.id(), writer, endpoint, Status.REBOOTING, "its server has ended by itself");
    }
    return new ClusterReport.InstanceReport(
        instance.id(),
        writer,
        endpoint,
        status(cluster, instance),
        instance.settings().statusInfos().stream()
            .map(DBInstanceStatusInfo::message)
            .reduce((first, last) -> last)
            .orElse(null));
  }

  /// The API calls an instance available that is paused.
  private String status(Cluster cluster, Instance instance) {
    return paused.contains(cluster) && instance.is(Status.AVAILABLE)
        ? ClusterReport.PAUSED
        : instance.settings().dbInstanceStatus();
  }

  private Usage usage(Cluster cluster) {
    try {
      return host.usage(cluster.storageId());
    } catch (HostException e) {
      LOG.warn("Could not measure cluster '{}': {}", cluster.id(), e.getMessage());
      return null;
    }
  }
}
