package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.PasswordRequest;
import dev.dbartifact.localengine.rds.compute.Renames;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineRules;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Upgrades;
import dev.dbartifact.localengine.rds.network.Addresses;
import dev.dbartifact.localengine.rds.network.SecurityGroups;
import dev.dbartifact.localengine.rds.option.OptionGroups;
import dev.dbartifact.localengine.rds.option.OptionMemberships;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.MajorUpgrade;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.InstanceRules;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.request.Windows;
import dev.dbartifact.localengine.rds.upgrade.UpgradePlans;
import dev.dbartifact.localengine.rds.upgrade.UpgradeWork;
import dev.dbartifact.localengine.rds.work.Modifying;
import dev.dbartifact.localengine.server.ServerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// ModifyDBInstance of a plain instance: what changes at once, and what waits.
public final class PlainModification {

  private static final Set<String> AT_ONCE =
      Set.of(
          "AutoMinorVersionUpgrade",
          "CACertificateIdentifier",
          "CopyTagsToSnapshot",
          "DatabaseInsightsMode",
          "DeletionProtection",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow",
          "PubliclyAccessible");

  private final Catalog catalog;
  private final Home home;
  private final NewPlainInstances newInstances;
  private final PlainInstances instances;
  private final ParameterGroups parameterGroups;
  private final OptionGroups optionGroups;
  private final Upgrades upgrades;
  private final UpgradePlans plans;
  private final UpgradeWork upgradeWork;
  private final ServerWork work;
  private final ManagedPasswords passwords;
  private final Renames renames;
  private final Modifying modifying;
  private final Descriptions descriptions;

  public PlainModification(
      Catalog catalog,
      Home home,
      NewPlainInstances newInstances,
      PlainInstances instances,
      ParameterGroups parameterGroups,
      OptionGroups optionGroups,
      Upgrades upgrades,
      UpgradePlans plans,
      UpgradeWork upgradeWork,
      ServerWork work,
      ManagedPasswords passwords,
      Renames renames,
      Modifying modifying,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.newInstances = newInstances;
    this.instances = instances;
    this.parameterGroups = parameterGroups;
    this.optionGroups = optionGroups;
    this.upgrades = upgrades;
    this.plans = plans;
    this.upgradeWork = upgradeWork;
    this.work = work;
    this.passwords = passwords;
    this.renames = renames;
    this.modifying = modifying;
    this.descriptions = descriptions;
  }

  public DBInstance modify(Instance instance, Cluster storage, ModifyDbInstanceRequest request) {
    var version = EngineVersion.of(storage.settings());
    check(version, request);
    NamedInstances.requireAvailable(descriptions.of(instance));
    requireSuitsReplica(instance, storage, request);
    var wanted = PasswordRequest.of(request);
    wanted.requireSuits(storage);
    var major = major(storage, version, request);
    var waiting = waiting(instance, version, request);
    var modified =
        instance.describedBy(modified(instance, storage, waiting, request, major.isPresent()));
    requireSuitsReplicas(storage, modified, waiting);
    var changed =
        storage
            .describedBy(
                modified(storage.settings(), modified, waiting, request, major.isPresent()))
            .upgradingTo(major.orElse(null));
    if (!modified.id().equals(instance.id())) {
      instances.requireNew(modified.id());
    }
    var moves = !changed.settings().port().equals(storage.settings().port());
    if (moves) {
      Addresses.requireFree(storage.address(), changed.settings().port());
    }
    var upgraded = !EngineVersion.of(changed.settings()).equals(version);
    var logs = switchesLog(version, instance, modified);
    if (upgraded) {
      // First, so that no interruption forgets it; what waits for what there is, is nothing.
      catalog.clusters.put(
          storage.with(to -> to.engineVersion(changed.settings().engineVersion())));
    }
    catalog.instances.put(modified);
    var kept = passwords.apply(changed, wanted);
    if (kept.is(Status.UPGRADING)) {
      upgradeWork.begin(kept);
    } else if (upgraded || moves || logs) {
      restart(modified, upgraded ? Status.UPGRADING : moves ? Status.REBOOTING : Status.MODIFYING);
      catalog.replicasOf(changed).forEach(replica -> follow(replica, changed, upgraded));
    } else if ((!modified.equalsButPending(instance) || !same(storage, changed))
        && !renames.begin(instance, modified)) {
      modifying.show(instance, modified);
    }
    return descriptions.of(catalog.instances.find(modified.resourceId()).orElseThrow());
  }

  /// Whether backups, and with them the binary log of MySQL and MariaDB, are switched on or off,
  /// which takes a restart there. See "Configuring RDS for MySQL binary logging" in the Amazon RDS
  /// User Guide.
  private static boolean switchesLog(EngineVersion version, Instance instance, Instance modified) {
    return version.engine().server() == ServerKind.MARIADB
        && keepsBackups(instance) != keepsBackups(modified);
  }

  private static boolean keepsBackups(Instance instance) {
    return instance.settings().backupRetentionPeriod() > 0;
  }

  /// The other major version that the instance is to have after this request: the one that is asked
  /// for, or else the one that waits.
  private Optional<MajorUpgrade> major(
      Cluster storage, EngineVersion from, ModifyDbInstanceRequest request) {
    if (!isAsked(from, request)) {
      return request.engineVersion() == null
          ? Optional.ofNullable(storage.upgrade())
          : Optional.empty();
    }
    if (storage.replicates().isPresent()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The DB instance %s is a read replica: it gets another major version with its source.",
          storage.id());
    }
    return Optional.of(
        plans.ofInstance(storage, target(from, request), request.dbParameterGroupName()));
  }

  private EngineVersion target(EngineVersion from, ModifyDbInstanceRequest request) {
    return upgrades.target(from, request.engineVersion(), request.allowMajorVersionUpgrade());
  }

  /// Whether this very request names another major version, whose group it may name then.
  private boolean isAsked(EngineVersion from, ModifyDbInstanceRequest request) {
    return !target(from, request).major().equals(from.major());
  }

  private static boolean isWantedAtOnce(ModifyDbInstanceRequest request) {
    return Boolean.TRUE.equals(request.applyImmediately());
  }

  /// What waits after this request, unless it is to be applied at once.
  private PendingModifiedValues waiting(
      Instance instance, EngineVersion version, ModifyDbInstanceRequest request) {
    var waiting = PlainChanges.merge(instance.settings(), request);
    if (request.engineVersion() == null) {
      return waiting;
    }
    var to = target(version, request);
    return waiting.copy(builder -> builder.engineVersion(to.equals(version) ? null : to.number()));
  }

  private void check(EngineVersion version, ModifyDbInstanceRequest request) {
    Rules.retention(request.backupRetentionPeriod(), 0);
    Rules.backupWindow(request.preferredBackupWindow());
    Rules.port(request.dbPortNumber());
    Rules.oneOf("NetworkType", request.networkType(), "IPV4");
    Rules.oneOf("LicenseModel", request.licenseModel(), version.engine().license());
    Certification.require(request.caCertificateIdentifier());
    if (request.optionGroupName() != null) {
      optionGroups.forInstance(version, request.optionGroupName());
    }
    if (request.promotionTier() != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "PromotionTier is for instances of a DB cluster, not for the engine %s.",
          version.engine().title());
    }
  }

  private DBInstance modified(
      Instance instance,
      Cluster storage,
      PendingModifiedValues waiting,
      ModifyDbInstanceRequest request,
      boolean major) {
    var settings = instance.settings();
    var changed =
        isWantedAtOnce(request)
            ? newInstances.withStandby(PlainChanges.apply(settings, waiting, major, home))
            : settings.copy(to -> to.pendingModifiedValues(PlainChanges.orNull(waiting)));
    var builder =
        changed.toBuilder().maxAllocatedStorage(PlainChanges.mostStorage(settings, request));
    Fields.copy(request, builder, AT_ONCE);
    if (request.enablePerformanceInsights() != null) {
      builder.performanceInsightsEnabled(request.enablePerformanceInsights());
    }
    if (request.backupRetentionPeriod() != null && waiting.backupRetentionPeriod() == null) {
      builder.backupRetentionPeriod(request.backupRetentionPeriod());
    }
    if (request.cloudwatchLogsExportConfiguration() != null) {
      builder.enabledCloudwatchLogsExports(
          exports(settings, request.cloudwatchLogsExportConfiguration()));
    }
    var version = EngineVersion.of(storage.settings());
    if (request.dbParameterGroupName() != null && !isAsked(version, request)) {
      changeGroup(settings, version, request, builder);
    }
    changeOptions(settings, version, request, builder);
    var observed = builder.build();
    InstanceRules.observation(observed);
    return withWindows(observed, request);
  }

  private static DBInstance withWindows(DBInstance changed, ModifyDbInstanceRequest request) {
    if (request.preferredBackupWindow() != null || request.preferredMaintenanceWindow() != null) {
      Windows.check(changed.preferredBackupWindow(), changed.preferredMaintenanceWindow());
    }
    var maintenance = Windows.kept(changed.preferredMaintenanceWindow());
    return changed.copy(to -> to.preferredMaintenanceWindow(maintenance));
  }

  private static List<String> exports(
      DBInstance settings, CloudwatchLogsExportConfiguration wanted) {
    EngineRules.logExports(Engine.of(settings.engine()), wanted.enableLogTypes());
    var types = new ArrayList<>(settings.enabledCloudwatchLogsExports());
    types.removeAll(wanted.disableLogTypes());
    types.addAll(wanted.enableLogTypes());
    return types.stream().distinct().sorted().toList();
  }

  /// The group switches at once; its values count from the next reboot on, as on AWS.
  private void changeGroup(
      DBInstance settings,
      EngineVersion version,
      ModifyDbInstanceRequest request,
      DBInstance.Builder builder) {
    var name = parameterGroups.forInstance(request.dbParameterGroupName(), version);
    var current = settings.dbParameterGroups();
    if (current.stream().noneMatch(group -> group.dbParameterGroupName().equals(name))) {
      builder.dbParameterGroups(Instance.group(name, "pending-reboot"));
    }
  }

  private void changeOptions(
      DBInstance settings,
      EngineVersion version,
      ModifyDbInstanceRequest request,
      DBInstance.Builder builder) {
    var wanted =
        request.optionGroupName() == null
            ? null
            : optionGroups.forInstance(version, request.optionGroupName());
    var current = settings.optionGroupMemberships();
    if (wanted == null && current.isEmpty()) {
      return;
    }
    builder.optionGroupMemberships(
        OptionMemberships.changed(
            current.isEmpty() ? OptionMemberships.of(version.optionGroup()) : current,
            wanted,
            Boolean.TRUE.equals(request.applyImmediately())));
  }

  private static DBCluster modified(
      DBCluster settings,
      Instance instance,
      PendingModifiedValues waiting,
      ModifyDbInstanceRequest request,
      boolean major) {
    var builder =
        settings.toBuilder()
            .dbClusterIdentifier(instance.id())
            .dbClusterArn(instance.settings().dbInstanceArn());
    if (request.dbPortNumber() != null) {
      builder.port(request.dbPortNumber());
    }
    if (isWantedAtOnce(request) && major) {
      builder.status(Status.UPGRADING);
    } else if (isWantedAtOnce(request) && waiting.engineVersion() != null) {
      builder.engineVersion(waiting.engineVersion());
    }
    if (!request.vpcSecurityGroupIds().isEmpty()) {
      builder.vpcSecurityGroups(SecurityGroups.of(request.vpcSecurityGroupIds()));
    }
    if (request.masterUserPassword() != null) {
      builder.pendingModifiedValues(
          ClusterPendingModifiedValues.builder().masterUserPassword("****").build());
    }
    return builder.build();
  }

  /// A replica finds its source by its port, and is upgraded with it; see "Upgrades of the RDS for
  /// PostgreSQL DB engine" in the Amazon RDS User Guide.
  private void follow(Instance replica, Cluster source, boolean upgraded) {
    if (replica.is(Status.DELETING)) {
      return;
    }
    var storage = catalog.ownStorage(replica).orElseThrow();
    var version = EngineVersion.of(source.settings());
    if (upgraded && EngineVersion.of(storage.settings()).isBefore(version)) {
      catalog.clusters.put(storage.with(to -> to.engineVersion(version.number())));
    }
    restart(replica, upgraded ? Status.UPGRADING : Status.REBOOTING);
  }

  /// Also not by a change that has waited since before there were replicas, and is made now.
  private void requireSuitsReplicas(
      Cluster storage, Instance modified, PendingModifiedValues waiting) {
    var none = !keepsBackups(modified) || Objects.equals(waiting.backupRetentionPeriod(), 0);
    if (none && !catalog.replicasOf(storage).isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "BackupRetentionPeriod cannot be 0: the DB instance %s is a source to read replicas.",
          storage.id());
    }
  }

  private static void requireSuitsReplica(
      Instance instance, Cluster storage, ModifyDbInstanceRequest request) {
    var retention = request.backupRetentionPeriod();
    if (storage.replicates().isEmpty()) {
      return;
    }
    if (retention != null && retention > 0) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "BackupRetentionPeriod must be 0: %s is a read replica, and the local engine keeps"
              + " backups of sources only.",
          instance.id());
    }
    if (!PasswordRequest.of(request).isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The master password of %s is that of its source: it is a read replica.", instance.id());
    }
  }

  private static boolean same(Cluster one, Cluster other) {
    var none = (ClusterPendingModifiedValues) null;
    return one.with(to -> to.pendingModifiedValues(none))
        .equals(other.with(to -> to.pendingModifiedValues(none)));
  }

  private void restart(Instance instance, String status) {
    var restarting = instance.with(builder -> builder.dbInstanceStatus(status));
    catalog.instances.put(restarting);
    work.restart(restarting);
  }
}
