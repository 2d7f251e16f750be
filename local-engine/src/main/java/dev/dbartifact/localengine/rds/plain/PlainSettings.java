package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineRules;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.network.SecurityGroups;
import dev.dbartifact.localengine.rds.option.OptionGroups;
import dev.dbartifact.localengine.rds.option.OptionMemberships;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Insights;
import dev.dbartifact.localengine.rds.request.InstanceRules;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.request.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/// What the settings of a plain instance become by a request. Nothing is done yet.
final class PlainSettings {

  private static final Set<String> AT_ONCE =
      Set.of(
          "AutoMinorVersionUpgrade",
          "CopyTagsToSnapshot",
          "DatabaseInsightsMode",
          "DeletionProtection",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow",
          "PubliclyAccessible");

  private final Home home;
  private final NewPlainInstances newInstances;
  private final ParameterGroups parameterGroups;
  private final OptionGroups optionGroups;

  PlainSettings(
      Home home,
      NewPlainInstances newInstances,
      ParameterGroups parameterGroups,
      OptionGroups optionGroups) {
    this.home = home;
    this.newInstances = newInstances;
    this.parameterGroups = parameterGroups;
    this.optionGroups = optionGroups;
  }

  void check(EngineVersion version, ModifyDbInstanceRequest request) {
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

  /// What the instance becomes, but for what is its storage's.
  DBInstance server(DBInstance settings, EngineVersion version, PlainChange change) {
    var request = change.request();
    var builder =
        now(settings, change).toBuilder()
            .maxAllocatedStorage(PlainChanges.mostStorage(settings, request));
    Fields.copy(request, builder, AT_ONCE);
    Insights.asked(request).describe(builder, home);
    if (request.backupRetentionPeriod() != null
        && change.waiting().backupRetentionPeriod() == null) {
      builder.backupRetentionPeriod(request.backupRetentionPeriod());
    }
    if (request.cloudwatchLogsExportConfiguration() != null) {
      builder.enabledCloudwatchLogsExports(
          exports(settings, request.cloudwatchLogsExportConfiguration()));
    }
    if (request.dbParameterGroupName() != null && !change.namesMajor()) {
      changeGroup(settings, version, request, builder);
    }
    changeOptions(settings, version, request, builder);
    var observed = builder.build();
    InstanceRules.observation(observed);
    return withWindows(observed, request);
  }

  /// With what waits, or with that made.
  private DBInstance now(DBInstance settings, PlainChange change) {
    var waiting = change.waiting();
    return change.isWantedAtOnce()
        ? newInstances.withStandby(
            PlainChanges.apply(settings, waiting, change.major().isPresent(), home))
        : settings.copy(to -> to.pendingModifiedValues(PlainChanges.orNull(waiting)));
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
      builder.dbParameterGroups(Instance.group(name, ApplyStatus.PENDING_REBOOT));
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

  /// What its storage becomes.
  static DBCluster storage(DBCluster settings, Instance instance, PlainChange change) {
    var request = change.request();
    var waiting = change.waiting();
    var builder =
        settings.toBuilder()
            .dbClusterIdentifier(instance.id())
            .dbClusterArn(instance.settings().dbInstanceArn());
    if (request.dbPortNumber() != null) {
      builder.port(request.dbPortNumber());
    }
    if (change.isWantedAtOnce() && change.major().isPresent()) {
      builder.status(Status.UPGRADING);
    } else if (change.isWantedAtOnce() && waiting.engineVersion() != null) {
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
}
