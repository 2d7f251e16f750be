package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB instances.
final class InstanceActions extends RdsActions {

  private final Instances instances;
  private final InstanceModification modification;

  InstanceActions(Instances instances, InstanceModification modification) {
    this.instances = instances;
    this.modification = modification;
  }

  @Override
  @Honours(
      value = {
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "CACertificateIdentifier",
        "CopyTagsToSnapshot",
        "DBClusterIdentifier",
        "DBInstanceClass",
        "DBInstanceIdentifier",
        "DBParameterGroupName",
        "DBSubnetGroupName",
        "EnablePerformanceInsights",
        "Engine",
        "EngineVersion",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "PromotionTier",
        "PubliclyAccessible",
        "Tags"
      },
      kept = {
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "CACertificateIdentifier",
        "DBInstanceClass",
        "DBSubnetGroupName",
        "EnablePerformanceInsights",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "PromotionTier",
        "PubliclyAccessible"
      },
      differs =
          "In a cluster only. The first one writes; a further one is a hot standby, at an address of"
              + " its own.")
  public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest request) {
    return CreateDbInstanceResponse.builder().dbInstance(instances.create(request)).build();
  }

  @Override
  @Honours({"DBInstanceIdentifier", "Filters", "Marker", "MaxRecords"})
  public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
    return instances.describe(request);
  }

  @Override
  @Honours(
      value = {
        "ApplyImmediately",
        "AutoMinorVersionUpgrade",
        "CACertificateIdentifier",
        "CopyTagsToSnapshot",
        "DBInstanceClass",
        "DBInstanceIdentifier",
        "DBParameterGroupName",
        "EnablePerformanceInsights",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "NewDBInstanceIdentifier",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "PromotionTier",
        "PubliclyAccessible"
      },
      kept = {
        "AutoMinorVersionUpgrade",
        "CACertificateIdentifier",
        "DBInstanceClass",
        "EnablePerformanceInsights",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "PromotionTier",
        "PubliclyAccessible"
      },
      differs = "What is not applied at once waits for a request that applies it.")
  public ModifyDbInstanceResponse modifyDBInstance(ModifyDbInstanceRequest request) {
    return ModifyDbInstanceResponse.builder().dbInstance(modification.modify(request)).build();
  }

  @Override
  @Honours({"DBInstanceIdentifier", "ForceFailover"})
  public RebootDbInstanceResponse rebootDBInstance(RebootDbInstanceRequest request) {
    return RebootDbInstanceResponse.builder().dbInstance(instances.reboot(request)).build();
  }

  @Override
  @Honours(
      value = {
        "DBInstanceIdentifier",
        "DeleteAutomatedBackups",
        "FinalDBSnapshotIdentifier",
        "SkipFinalSnapshot"
      },
      kept = {"DeleteAutomatedBackups"})
  public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest request) {
    return DeleteDbInstanceResponse.builder().dbInstance(instances.delete(request)).build();
  }
}
