package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What there is in a region, and what it shows at the time.
final class FakeRegion {
  static final String ARN = "arn:aws:rds:us-east-1:123456789012:";
  static final Duration LAG = Duration.ofSeconds(4);
  static final Duration BUSY = Duration.ofSeconds(25);
  final WaitingClock clock;
  final Map<String, FakeCluster> clusters = new TreeMap<>();

  /// In the order in which they were made: the first one of a cluster is its writer.
  final Map<String, FakeInstance> instances = new LinkedHashMap<>();

  final Map<String, FoundSubnetGroup> subnetGroups = new TreeMap<>();
  final Map<String, Instant> deletions = new TreeMap<>();

  FakeRegion(WaitingClock clock) {
    this.clock = clock;
  }

  /// What is over by now has its effect.
  void progress() {
    deletions.forEach((id, time) -> {
      if (isReady(time)) {
        clusters.remove(id);
        instances.values().removeIf(each -> each.cluster.value().equals(id));
      }
    });
    for (FakeCluster each : clusters.values()) {
      if (each.work.filter(work -> work.isOver(clock.now())).isPresent()) {
        each.settings = each.work.get().result();
        each.work = Optional.empty();
      }
    }
    for (FakeInstance each : instances.values()) {
      if (each.work.filter(work -> work.isOver(clock.now())).isPresent()) {
        each.settings = each.work.get().result();
        each.outOfSync &= !each.work.get().status().equals("rebooting");
        each.work = Optional.empty();
      }
    }
  }

  FakeWork work(String status, Set<SettingField> fields, ClusterSettings result) {
    Instant from = clock.now().plus(LAG);
    return new FakeWork(status, fields, result, from, from.plus(BUSY));
  }

  String currentPassword(FakeCluster cluster) {
    if (!cluster.newPassword.isEmpty() && isReady(cluster.passwordAt)) {
      cluster.password = cluster.newPassword;
      cluster.newPassword = "";
    }
    return cluster.password;
  }

  boolean isReady(Instant readyAt) {
    return !clock.now().isBefore(readyAt);
  }

  String status(FakeCluster cluster) {
    return cluster
        .forcedStatus
        .filter(status -> !isReady(cluster.forcedUntil))
        .or(() -> isReady(cluster.readyAt) ? Optional.empty() : Optional.of("creating"))
        .or(() -> visible(cluster.work).map(FakeWork::status))
        .orElse("available");
  }

  String status(FakeInstance instance) {
    return isReady(instance.readyAt)
        ? visible(instance.work).map(FakeWork::status).orElse("available")
        : "creating";
  }

  Optional<FakeWork> visible(Optional<FakeWork> work) {
    return work.filter(each -> each.shows(clock.now()));
  }

  FoundCluster found(FakeCluster cluster) {
    var members = new ArrayList<FoundInstance>();
    for (FakeInstance each : instances.values()) {
      if (each.cluster.equals(cluster.id)) {
        members.add(found(each, members.isEmpty()));
      }
    }
    return new FoundCluster(
        cluster.id,
        ARN + "cluster:" + cluster.id,
        status(cluster),
        Optional.of(cluster.id + ".cluster.local"),
        Optional.of(cluster.id + ".cluster-ro.local"),
        withInstances(
            visible(cluster.work).map(FakeWork::result).orElse(cluster.settings), members),
        members,
        List.of("us-east-1a", "us-east-1b"),
        visible(cluster.work).map(FakeWork::pending).orElse(cluster.deferred),
        !cluster.newPassword.isEmpty() && !isReady(cluster.passwordAt),
        Optional.empty());
  }

  FoundInstance found(FakeInstance each, boolean writer) {
    ClusterSettings shown = visible(each.work).map(FakeWork::result).orElse(each.settings);
    return new FoundInstance(
        each.id,
        ARN + "db:" + each.id,
        status(each),
        writer,
        shown.hardware().instanceClass(),
        kept(shown.parameters().instanceGroup()),
        shown.network().publiclyAccessible(),
        shown.maintenance().autoMinorVersionUpgrade(),
        shown.maintenance().maintenanceWindow(),
        visible(each.work).map(FakeWork::pending).orElse(Set.of()),
        !each.outOfSync,
        each.tags);
  }

  static ClusterSettings withInstances(ClusterSettings settings, List<FoundInstance> members) {
    Optional<FoundInstance> writer = members.stream().findFirst();
    var network = settings.network();
    var maintenance = settings.maintenance();
    return new ClusterSettings(
        settings.engine(),
        settings.engineVersion(),
        settings.masterUsername(),
        settings.databaseName(),
        new NetworkSettings(
            network.subnetGroup(),
            Optional.empty(),
            network.securityGroups(),
            network.port(),
            writer.flatMap(FoundInstance::publiclyAccessible)),
        new HardwareSettings(
            writer.flatMap(FoundInstance::instanceClass),
            members.size(),
            settings.hardware().serverless()),
        new MaintenanceSettings(
            maintenance.backupRetentionDays(),
            maintenance.backupWindow(),
            maintenance.maintenanceWindow(),
            writer.flatMap(FoundInstance::autoMinorVersionUpgrade),
            maintenance.deletionProtection(),
            maintenance.copyTagsToSnapshots()),
        new ParameterSettings(
            kept(settings.parameters().clusterGroup()),
            writer.flatMap(FoundInstance::parameterGroup)),
        settings.storage(),
        settings.access(),
        settings.tags());
  }

  /// RDS keeps the names of parameter groups in lower case.
  private static Optional<String> kept(Optional<String> group) {
    return group.map(name -> name.toLowerCase(Locale.ROOT));
  }

  FakeInstance available(ClusterId id) {
    FakeInstance instance = instances.get(id.value());
    if (!status(instance).equals("available")) {
      throw FakeTrouble.fault(
          "InvalidDBInstanceState", "DB instance " + id + " is " + status(instance));
    }
    return instance;
  }

  static FoundSubnetGroup group(String name, SubnetIds subnets, Tags tags) {
    var zones = new TreeMap<SubnetId, String>(Comparator.comparing(SubnetId::value));
    for (SubnetId subnet : subnets.ids()) {
      zones.put(subnet, "us-east-1" + (char) ('a' + zones.size()));
    }
    return new FoundSubnetGroup(name, ARN + "subgrp:" + name, "vpc-1", zones, tags);
  }

  FakeCluster existing(ClusterId id) {
    return Optional.ofNullable(clusters.get(id.value()))
        .orElseThrow(
            () -> FakeTrouble.fault("DBClusterNotFoundFault", "DBCluster " + id + " not found."));
  }

  void refuseExisting(ClusterId id) {
    if (clusters.containsKey(id.value())) {
      throw FakeTrouble.fault("DBClusterAlreadyExistsFault", "DB cluster already exists");
    }
  }
}
