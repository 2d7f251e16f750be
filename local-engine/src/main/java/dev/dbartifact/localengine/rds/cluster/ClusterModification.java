package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.PasswordRequest;
import dev.dbartifact.localengine.rds.compute.Renames;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.engine.EngineRules;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Upgrades;
import dev.dbartifact.localengine.rds.network.Addresses;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.network.SecurityGroups;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.MajorUpgrade;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.request.Windows;
import dev.dbartifact.localengine.rds.upgrade.UpgradePlans;
import dev.dbartifact.localengine.rds.upgrade.UpgradeWork;
import dev.dbartifact.localengine.rds.work.Modifying;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;

/// ModifyDBCluster: what changes at once, and what waits.
public final class ClusterModification {

  private static final Set<String> CHANGED_AT_ONCE =
      Set.of(
          "AutoMinorVersionUpgrade",
          "CopyTagsToSnapshot",
          "DeletionProtection",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow");

  private final Catalog catalog;
  private final Home home;
  private final NamedClusters clusters;
  private final ParameterGroups parameterGroups;
  private final Upgrades upgrades;
  private final UpgradePlans plans;
  private final UpgradeWork upgradeWork;
  private final ServerWork work;
  private final ManagedPasswords passwords;
  private final Renames renames;
  private final Modifying modifying;
  private final Members members;
  private final Endpoints endpoints;
  private final Descriptions descriptions;

  public ClusterModification(
      Catalog catalog,
      Home home,
      NamedClusters clusters,
      ParameterGroups parameterGroups,
      Upgrades upgrades,
      UpgradePlans plans,
      UpgradeWork upgradeWork,
      ServerWork work,
      ManagedPasswords passwords,
      Renames renames,
      Modifying modifying,
      Members members,
      Endpoints endpoints,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.clusters = clusters;
    this.parameterGroups = parameterGroups;
    this.upgrades = upgrades;
    this.plans = plans;
    this.upgradeWork = upgradeWork;
    this.work = work;
    this.passwords = passwords;
    this.renames = renames;
    this.modifying = modifying;
    this.members = members;
    this.endpoints = endpoints;
    this.descriptions = descriptions;
  }

  DBCluster modify(ModifyDbClusterRequest request) {
    check(request);
    var wanted = passwords.known(PasswordRequest.of(request));
    return catalog.changing(() -> {
      var cluster = clusters.find(request.dbClusterIdentifier());
      requireModifiable(cluster);
      EngineRules.backtrackWindow(EngineVersion.of(cluster.settings()), request.backtrackWindow());
      passwords.requireSuits(wanted, cluster);
      var major = major(cluster, request);
      var modified =
          cluster
              .describedBy(modified(cluster.settings(), request, major.isPresent()))
              .upgradingTo(major.orElse(null));
      if (!modified.settings().port().equals(cluster.settings().port())) {
        Addresses.requireFree(cluster.address(), modified.settings().port());
      }
      if (isWantedAtOnce(request) && major.isPresent() || upgrades(cluster, modified)) {
        requirePrimary(cluster);
        modified = modified.with(builder -> builder.status(Status.UPGRADING));
      }
      modified = renames.settled(cluster, modified, request.newDBClusterIdentifier() != null);
      var kept = passwords.apply(modified, wanted);
      followUp(cluster, kept);
      if (kept.is(Status.AVAILABLE)
          && !withoutPending(kept).equals(withoutPending(cluster))
          && !renames.begin(cluster, kept)) {
        modifying.show(cluster, kept);
      }
      return descriptions.of(catalog.clusters.find(kept.storage()).orElseThrow());
    });
  }

  private static boolean upgrades(Cluster before, Cluster after) {
    return !EngineVersion.of(before.settings()).equals(EngineVersion.of(after.settings()));
  }

  /// The words are AWS's.
  private void requirePrimary(Cluster cluster) {
    if (members.writer(cluster).filter(writer -> writer.is(Status.AVAILABLE)).isEmpty()) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cannot modify engine version without a healthy primary instance in DB cluster: %s",
          cluster.id());
    }
  }

  private static void requireModifiable(Cluster cluster) {
    if (!cluster.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "DB cluster is not available for modification with status %s", cluster.status());
    }
  }

  private static void check(ModifyDbClusterRequest request) {
    Rules.retention(request.backupRetentionPeriod());
    Rules.backupWindow(request.preferredBackupWindow());
    Rules.maintenanceWindow(request.preferredMaintenanceWindow());
    Rules.port(request.port());
    Rules.oneOf("StorageType", request.storageType(), "aurora", "aurora-iopt1");
  }

  private static boolean isWantedAtOnce(ModifyDbClusterRequest request) {
    return Boolean.TRUE.equals(request.applyImmediately());
  }

  /// The other major version that the cluster is to have after this request: the one that is asked
  /// for, or else the one that waits.
  private Optional<MajorUpgrade> major(Cluster cluster, ModifyDbClusterRequest request) {
    var from = EngineVersion.of(cluster.settings());
    if (isAsked(from, request)) {
      return Optional.of(
          plans.ofCluster(
              cluster,
              target(from, request),
              request.dbClusterParameterGroupName(),
              request.dbInstanceParameterGroupName()));
    }
    refuseInstanceGroup(request.dbInstanceParameterGroupName());
    return request.engineVersion() == null
        ? Optional.ofNullable(cluster.upgrade())
        : Optional.empty();
  }

  private EngineVersion target(EngineVersion from, ModifyDbClusterRequest request) {
    return upgrades.target(from, request.engineVersion(), request.allowMajorVersionUpgrade());
  }

  /// Whether this very request names another major version, whose groups it may name then.
  private boolean isAsked(EngineVersion from, ModifyDbClusterRequest request) {
    return !target(from, request).major().equals(from.major());
  }

  /// The words are AWS's: Terraform sends the group with every change, and again without it when it
  /// reads them.
  private static void refuseInstanceGroup(String name) {
    if (name != null && !name.isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "db-instance-parameter-group-name can only be specified for a major engine version"
              + " upgrade: %s",
          name);
    }
  }

  /// @param major whether it is to have another major version, which it has when its data do
  private DBCluster modified(DBCluster settings, ModifyDbClusterRequest request, boolean major) {
    var waiting = waiting(settings, request);
    var changed =
        isWantedAtOnce(request)
            ? ClusterChanges.apply(settings, waiting, major, home)
            : settings.copy(to -> to.pendingModifiedValues(ClusterChanges.orNull(waiting)));
    var builder = changed.toBuilder();
    Fields.copy(request, builder, CHANGED_AT_ONCE);
    if (request.port() != null) {
      builder.port(request.port());
    }
    if (request.dbClusterParameterGroupName() != null
        && !isAsked(EngineVersion.of(settings), request)) {
      builder.dbClusterParameterGroup(
          parameterGroups.forCluster(
              request.dbClusterParameterGroupName(), EngineVersion.of(settings)));
    }
    if (!request.vpcSecurityGroupIds().isEmpty()) {
      builder.vpcSecurityGroups(SecurityGroups.of(request.vpcSecurityGroupIds()));
    }
    if (request.serverlessV2ScalingConfiguration() != null) {
      builder.serverlessV2ScalingConfiguration(
          Capacity.of(EngineVersion.of(changed), request.serverlessV2ScalingConfiguration()));
    }
    if (request.masterUserPassword() != null) {
      builder.pendingModifiedValues(withPassword(changed.pendingModifiedValues()));
    }
    return Observation.of(request, withWindows(builder.build(), request), home);
  }

  private static DBCluster withWindows(DBCluster changed, ModifyDbClusterRequest request) {
    if (request.preferredBackupWindow() != null || request.preferredMaintenanceWindow() != null) {
      Windows.check(changed.preferredBackupWindow(), changed.preferredMaintenanceWindow());
    }
    var maintenance = Windows.kept(changed.preferredMaintenanceWindow());
    return changed.copy(to -> to.preferredMaintenanceWindow(maintenance));
  }

  private static ClusterPendingModifiedValues withPassword(ClusterPendingModifiedValues pending) {
    var builder = pending == null ? ClusterPendingModifiedValues.builder() : pending.toBuilder();
    return builder.masterUserPassword("****").build();
  }

  /// What waits after this request, unless it is to be applied at once.
  private ClusterPendingModifiedValues waiting(DBCluster settings, ModifyDbClusterRequest request) {
    var waiting = ClusterChanges.merge(settings, request);
    if (request.engineVersion() == null) {
      return waiting;
    }
    var from = EngineVersion.of(settings);
    var to = target(from, request);
    return waiting.copy(builder -> builder.engineVersion(to.equals(from) ? null : to.number()));
  }

  private static DBCluster withoutPending(Cluster cluster) {
    var none = (ClusterPendingModifiedValues) null;
    return cluster.settings().copy(to -> to.pendingModifiedValues(none));
  }

  private void followUp(Cluster before, Cluster after) {
    if (!after
        .settings()
        .dbClusterParameterGroup()
        .equals(before.settings().dbClusterParameterGroup())) {
      catalog
          .instancesOf(after)
          .forEach(
              each -> catalog.instances.put(each.clusterParameters(ApplyStatus.PENDING_REBOOT)));
    }
    if (!after.settings().port().equals(before.settings().port())) {
      CrashPoint.PORT_CHANGED.reached();
      endpoints.listen(after);
    }
    if (after.is(Status.UPGRADING) && after.upgrade() != null) {
      upgradeWork.begin(after);
    } else if (after.is(Status.UPGRADING)) {
      work.makeAvailable(after, restart(after, Status.UPGRADING).orElseThrow());
    } else if (after.mayPause() != before.mayPause()) {
      // Either the servers listen where clients look for them, or the engine does.
      CrashPoint.LISTENER_CHANGED.reached();
      restart(after, Status.REBOOTING);
    } else if (!after.settings().port().equals(before.settings().port())) {
      restart(after, Status.REBOOTING);
    }
  }

  /// When the last instance may be available.
  private Optional<Instant> restart(Cluster cluster, String status) {
    return members.of(cluster).stream()
        .filter(instance -> !instance.is(Status.DELETING))
        .map(instance -> restart(instance, status))
        .max(Comparator.naturalOrder());
  }

  private Instant restart(Instance instance, String status) {
    var restarting = instance.with(builder -> builder.dbInstanceStatus(status));
    catalog.instances.put(restarting);
    return work.restart(restarting);
  }
}
