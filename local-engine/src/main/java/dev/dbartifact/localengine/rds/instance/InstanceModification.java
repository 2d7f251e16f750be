package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.compute.Renames;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.OfferedClasses;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.plain.PlainModification;
import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Insights;
import dev.dbartifact.localengine.rds.request.InstanceRules;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.request.Windows;
import dev.dbartifact.localengine.rds.work.Modifying;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// ModifyDBInstance: what changes at once, and what waits.
public final class InstanceModification {

  private final Catalog catalog;
  private final Home home;
  private final NamedInstances instances;
  private final ParameterGroups parameterGroups;
  private final Renames renames;
  private final ServerWork work;
  private final Modifying modifying;
  private final PlainModification plain;
  private final Descriptions descriptions;

  public InstanceModification(
      Catalog catalog,
      Home home,
      NamedInstances instances,
      ParameterGroups parameterGroups,
      Renames renames,
      ServerWork work,
      Modifying modifying,
      PlainModification plain,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.instances = instances;
    this.parameterGroups = parameterGroups;
    this.renames = renames;
    this.work = work;
    this.modifying = modifying;
    this.plain = plain;
    this.descriptions = descriptions;
  }

  DBInstance modify(ModifyDbInstanceRequest request) {
    NewInstances.check(request.preferredMaintenanceWindow(), request.promotionTier());
    InstanceRules.insightsRetention(request.performanceInsightsRetentionPeriod());
    Certification.require(request.caCertificateIdentifier());
    return catalog.changing(() -> {
      var instance = instances.named(request.dbInstanceIdentifier());
      if (request.dbInstanceClass() != null) {
        OfferedClasses.require(Engine.of(instance.settings().engine()), request.dbInstanceClass());
      }
      requireSubnetGroup(instance, request.dbSubnetGroupName());
      requireNoProcessorFeatures(instance, request);
      var own = catalog.ownStorage(instance);
      var modified =
          own.isPresent()
              ? plain.modify(instance, own.get(), request)
              : modifyMember(instance, request);
      return applying(instance, modified);
    });
  }

  /// The answer of AWS shows another group while it is applied, and the next description what has
  /// become of it: see the example of modify-db-instance in the AWS CLI Reference.
  private static DBInstance applying(Instance before, DBInstance modified) {
    var name = modified.dbParameterGroups().getFirst().dbParameterGroupName();
    return before.settings().dbParameterGroups().stream()
            .anyMatch(group -> group.dbParameterGroupName().equals(name))
        ? modified
        : modified.copy(to -> to.dbParameterGroups(Instance.group(name, ApplyStatus.APPLYING)));
  }

  private DBInstance modifyMember(Instance instance, ModifyDbInstanceRequest request) {
    ClusterOnly.refuse(request);
    requireVersionOfCluster(instance, request.engineVersion());
    if (!instance.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Database instance is not in available state: %s is %s.",
          instance.id(), instance.settings().dbInstanceStatus());
    }
    var wanted = instance.describedBy(modified(instance, request));
    InstanceRules.monitoring(request.monitoringInterval(), wanted.settings().monitoringRoleArn());
    var modified = renames.settled(instance, wanted, request.newDBInstanceIdentifier() != null);
    if (modified.id().equals(instance.id())) {
      catalog.instances.put(modified);
    } else {
      rename(instance, modified);
    }
    var outgrown = work.outgrown(instance, modified);
    if (outgrown.isPresent()) {
      modifying.tell(instance, modified);
      restart(outgrown.get());
    } else if (!modified.equalsButPending(instance)) {
      if (renames.begin(instance, modified)) {
        modifying.tell(instance, modified);
      } else {
        modifying.show(instance, modified);
      }
    }
    return descriptions.of(catalog.instances.find(modified.resourceId()).orElseThrow());
  }

  private void restart(Instance instance) {
    var restarting = instance.with(builder -> builder.dbInstanceStatus(Status.MODIFYING));
    catalog.instances.put(restarting);
    work.restart(restarting);
  }

  /// A DB subnet group decides in which VPC an instance is, and there is one VPC. The words are
  /// AWS's.
  private void requireSubnetGroup(Instance instance, String wanted) {
    if (wanted == null) {
      return;
    }
    // The model of ModifyDBInstance has no fault of its own for a group that is not there.
    var group =
        catalog
            .subnetGroups
            .find(wanted.toLowerCase(Locale.ROOT))
            .orElseThrow(() ->
                RdsFault.INVALID_PARAMETER_VALUE.with(
                    "DBSubnetGroupName: there is no DB subnet group %s.", wanted))
            .settings()
            .dbSubnetGroupName();
    if (!group.equals(descriptions.of(instance).dbSubnetGroup().dbSubnetGroupName())) {
      throw RdsFault.INVALID_VPC_NETWORK_STATE.with(
          "You cannot move DB instance %s to subnet group %s. The specified DB subnet group and DB"
              + " instance are in the same VPC. Choose a DB subnet group in different VPC than the"
              + " specified DB instance and try again.",
          instance.id(), group);
    }
  }

  /// See "Processor features" of API_ProcessorFeature in the API Reference.
  private void requireNoProcessorFeatures(Instance instance, ModifyDbInstanceRequest request) {
    if (!request.processorFeatures().isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "ProcessorFeatures are for the engines of Oracle and SQL Server, not for %s.",
          descriptions.of(instance).engine());
    }
  }

  private void requireVersionOfCluster(Instance instance, String wanted) {
    var has = descriptions.of(instance).engineVersion();
    if (wanted != null && !wanted.equals(has)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The specified DB Instance is a member of a cluster. Modify the DB engine version for the"
              + " DB Cluster using the ModifyDbCluster API (EngineVersion %s, and it is %s).",
          wanted, has);
    }
  }

  /// At each moment the endpoints that name the instance lead to it.
  private void rename(Instance instance, Instance renamed) {
    change(instance, endpoint -> endpoint.knowing(instance.id(), renamed.id()));
    CrashPoint.INSTANCE_RENAMING.reached();
    catalog.instances.put(renamed);
    CrashPoint.INSTANCE_RENAMED.reached();
    change(instance, endpoint -> endpoint.without(instance.id()));
  }

  private void change(Instance instance, UnaryOperator<ClusterEndpoint> change) {
    catalog
        .clusters
        .find(instance.storage())
        .map(catalog::endpointsOf)
        .orElse(List.of())
        .forEach(each -> catalog.clusterEndpoints.put(change.apply(each)));
  }

  private DBInstance modified(Instance instance, ModifyDbInstanceRequest request) {
    var settings = instance.settings();
    var builder = settings.toBuilder();
    Fields.copy(request, builder, NewInstances.METADATA);
    if (request.preferredMaintenanceWindow() != null) {
      builder.preferredMaintenanceWindow(Windows.kept(request.preferredMaintenanceWindow()));
    }
    Insights.asked(request).describe(builder, home);
    if (request.dbParameterGroupName() != null) {
      changeGroup(instance, request.dbParameterGroupName(), builder);
    }
    var waiting = waiting(settings, request);
    if (Boolean.TRUE.equals(request.applyImmediately())) {
      apply(waiting, builder);
    } else {
      builder.pendingModifiedValues(waiting);
    }
    return builder.build();
  }

  /// The group switches at once; its values count from the next reboot on, as on AWS.
  private void changeGroup(Instance instance, String wanted, DBInstance.Builder builder) {
    var version =
        EngineVersion.of(catalog.clusters.find(instance.storage()).orElseThrow().settings());
    var name = parameterGroups.forInstance(wanted, version);
    var current = instance.settings().dbParameterGroups();
    if (current.stream().noneMatch(group -> group.dbParameterGroupName().equals(name))) {
      builder.dbParameterGroups(Instance.group(name, ApplyStatus.PENDING_REBOOT));
    }
  }

  private static PendingModifiedValues waiting(
      DBInstance settings, ModifyDbInstanceRequest request) {
    var pending =
        Optional.ofNullable(settings.pendingModifiedValues())
            .map(PendingModifiedValues::toBuilder)
            .orElseGet(PendingModifiedValues::builder);
    var wanted = request.dbInstanceClass();
    if (wanted != null) {
      pending.dbInstanceClass(wanted.equals(settings.dbInstanceClass()) ? null : wanted);
    }
    var authority = request.caCertificateIdentifier();
    if (authority != null) {
      pending.caCertificateIdentifier(
          authority.equals(settings.caCertificateIdentifier()) ? null : authority);
    }
    if (request.newDBInstanceIdentifier() != null) {
      var id = Rules.identifier("NewDBInstanceIdentifier", request.newDBInstanceIdentifier());
      pending.dbInstanceIdentifier(id.equals(settings.dbInstanceIdentifier()) ? null : id);
    }
    var built = pending.build();
    return built.equals(PendingModifiedValues.builder().build()) ? null : built;
  }

  private void apply(PendingModifiedValues waiting, DBInstance.Builder builder) {
    builder.pendingModifiedValues((PendingModifiedValues) null);
    if (waiting != null && waiting.dbInstanceClass() != null) {
      builder.dbInstanceClass(waiting.dbInstanceClass());
    }
    if (waiting != null && waiting.caCertificateIdentifier() != null) {
      builder.caCertificateIdentifier(waiting.caCertificateIdentifier());
    }
    if (waiting != null && waiting.dbInstanceIdentifier() != null) {
      builder
          .dbInstanceIdentifier(waiting.dbInstanceIdentifier())
          .dbInstanceArn(home.arn("db", waiting.dbInstanceIdentifier()));
    }
  }
}
