package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.wire.Honours;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.*;

/// The RDS API over a [DatabaseHost]. Each method is an action; what it does not override is not
/// offered.
public final class LocalRds implements RdsClient {

  private final Work background = new Work();
  private final SubnetGroups subnetGroups;
  private final ParameterGroups parameterGroups;
  private final Versions versions;
  private final Clusters clusters;
  private final Instances instances;
  private final Tags tags;
  private final Recovery recovery;
  private final Reports reports;

  /// Reads what is remembered; [#recover] must follow.
  ///
  /// @param folder where the memory is
  public LocalRds(Path folder, DatabaseHost host, Home home, Clock clock) {
    var catalog = new Catalog(folder);
    var work = new ClusterWork(catalog, host, clock, background);
    var descriptions = new Descriptions(catalog, clock);
    versions = new Versions(host.installedVersions());
    subnetGroups = new SubnetGroups(catalog, home);
    parameterGroups = new ParameterGroups(catalog, home, versions);
    var newClusters = new NewClusters(home, subnetGroups, parameterGroups, versions, clock);
    clusters =
        new Clusters(catalog, home, newClusters, parameterGroups, versions, work, descriptions);
    instances = new Instances(catalog, home, clusters, parameterGroups, work, descriptions);
    tags = new Tags(catalog, home);
    recovery = new Recovery(catalog, host, work);
    reports = new Reports(catalog, host);
  }

  /// Finishes or undoes what an earlier engine left half done, and starts the servers, in the
  /// background.
  public void recover() throws HostException {
    subnetGroups.makeDefault();
    parameterGroups.makeDefaults();
    recovery.run();
  }

  /// What exists and the space that it takes.
  public List<ClusterReport> report() {
    return reports.all();
  }

  @Override
  @Honours({
    "AutoMinorVersionUpgrade",
    "AvailabilityZones",
    "BackupRetentionPeriod",
    "CopyTagsToSnapshot",
    "DBClusterIdentifier",
    "DBClusterParameterGroupName",
    "DBSubnetGroupName",
    "DatabaseName",
    "DeletionProtection",
    "EnableCloudwatchLogsExports",
    "EnableIAMDatabaseAuthentication",
    "Engine",
    "EngineLifecycleSupport",
    "EngineMode",
    "EngineVersion",
    "KmsKeyId",
    "MasterUserPassword",
    "MasterUsername",
    "NetworkType",
    "Port",
    "PreferredBackupWindow",
    "PreferredMaintenanceWindow",
    "ServerlessV2ScalingConfiguration",
    "StorageEncrypted",
    "StorageType",
    "Tags",
    "VpcSecurityGroupIds"
  })
  public CreateDbClusterResponse createDBCluster(CreateDbClusterRequest request) {
    return CreateDbClusterResponse.builder().dbCluster(clusters.create(request)).build();
  }

  @Override
  @Honours({
    "BackupRetentionPeriod",
    "CopyTagsToSnapshot",
    "DBClusterIdentifier",
    "DBClusterParameterGroupName",
    "DBSubnetGroupName",
    "DeletionProtection",
    "EnableCloudwatchLogsExports",
    "EnableIAMDatabaseAuthentication",
    "EngineLifecycleSupport",
    "EngineMode",
    "KmsKeyId",
    "NetworkType",
    "Port",
    "PreferredBackupWindow",
    "RestoreToTime",
    "RestoreType",
    "ServerlessV2ScalingConfiguration",
    "SourceDBClusterIdentifier",
    "SourceDbClusterResourceId",
    "StorageType",
    "Tags",
    "UseLatestRestorableTime",
    "VpcSecurityGroupIds"
  })
  public RestoreDbClusterToPointInTimeResponse restoreDBClusterToPointInTime(
      RestoreDbClusterToPointInTimeRequest request) {
    return RestoreDbClusterToPointInTimeResponse.builder()
        .dbCluster(clusters.restore(request))
        .build();
  }

  @Override
  @Honours({"DBClusterIdentifier", "Filters", "IncludeShared", "Marker", "MaxRecords"})
  public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
    return clusters.describe(request);
  }

  @Override
  @Honours({
    "ApplyImmediately",
    "AutoMinorVersionUpgrade",
    "BackupRetentionPeriod",
    "CloudwatchLogsExportConfiguration",
    "CopyTagsToSnapshot",
    "DBClusterIdentifier",
    "DBClusterParameterGroupName",
    "DeletionProtection",
    "EnableIAMDatabaseAuthentication",
    "EngineVersion",
    "MasterUserPassword",
    "NewDBClusterIdentifier",
    "Port",
    "PreferredBackupWindow",
    "PreferredMaintenanceWindow",
    "ServerlessV2ScalingConfiguration",
    "StorageType",
    "VpcSecurityGroupIds"
  })
  public ModifyDbClusterResponse modifyDBCluster(ModifyDbClusterRequest request) {
    return ModifyDbClusterResponse.builder().dbCluster(clusters.modify(request)).build();
  }

  @Override
  @Honours({
    "DBClusterIdentifier",
    "DeleteAutomatedBackups",
    "FinalDBSnapshotIdentifier",
    "SkipFinalSnapshot"
  })
  public DeleteDbClusterResponse deleteDBCluster(DeleteDbClusterRequest request) {
    return DeleteDbClusterResponse.builder().dbCluster(clusters.delete(request)).build();
  }

  @Override
  @Honours({
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
  })
  public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest request) {
    return CreateDbInstanceResponse.builder().dbInstance(instances.create(request)).build();
  }

  @Override
  @Honours({"DBInstanceIdentifier", "Filters", "Marker", "MaxRecords"})
  public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
    return instances.describe(request);
  }

  @Override
  @Honours({
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
  })
  public ModifyDbInstanceResponse modifyDBInstance(ModifyDbInstanceRequest request) {
    return ModifyDbInstanceResponse.builder().dbInstance(instances.modify(request)).build();
  }

  @Override
  @Honours("DBInstanceIdentifier")
  public RebootDbInstanceResponse rebootDBInstance(RebootDbInstanceRequest request) {
    return RebootDbInstanceResponse.builder().dbInstance(instances.reboot(request)).build();
  }

  @Override
  @Honours({
    "DBInstanceIdentifier",
    "DeleteAutomatedBackups",
    "FinalDBSnapshotIdentifier",
    "SkipFinalSnapshot"
  })
  public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest request) {
    return DeleteDbInstanceResponse.builder().dbInstance(instances.delete(request)).build();
  }

  @Override
  @Honours({"DBSubnetGroupDescription", "DBSubnetGroupName", "SubnetIds", "Tags"})
  public CreateDbSubnetGroupResponse createDBSubnetGroup(CreateDbSubnetGroupRequest request) {
    return CreateDbSubnetGroupResponse.builder()
        .dbSubnetGroup(subnetGroups.create(request))
        .build();
  }

  @Override
  @Honours({"DBSubnetGroupName", "Filters", "Marker", "MaxRecords"})
  public DescribeDbSubnetGroupsResponse describeDBSubnetGroups(
      DescribeDbSubnetGroupsRequest request) {
    return subnetGroups.describe(request);
  }

  @Override
  @Honours({"DBSubnetGroupDescription", "DBSubnetGroupName", "SubnetIds"})
  public ModifyDbSubnetGroupResponse modifyDBSubnetGroup(ModifyDbSubnetGroupRequest request) {
    return ModifyDbSubnetGroupResponse.builder()
        .dbSubnetGroup(subnetGroups.modify(request))
        .build();
  }

  @Override
  @Honours("DBSubnetGroupName")
  public DeleteDbSubnetGroupResponse deleteDBSubnetGroup(DeleteDbSubnetGroupRequest request) {
    subnetGroups.delete(request);
    return DeleteDbSubnetGroupResponse.builder().build();
  }

  @Override
  @Honours({"DBClusterParameterGroupName", "DBParameterGroupFamily", "Description", "Tags"})
  public CreateDbClusterParameterGroupResponse createDBClusterParameterGroup(
      CreateDbClusterParameterGroupRequest request) {
    return CreateDbClusterParameterGroupResponse.builder()
        .dbClusterParameterGroup(parameterGroups.create(request))
        .build();
  }

  @Override
  @Honours({"DBClusterParameterGroupName", "Filters", "Marker", "MaxRecords"})
  public DescribeDbClusterParameterGroupsResponse describeDBClusterParameterGroups(
      DescribeDbClusterParameterGroupsRequest request) {
    return parameterGroups.describe(request);
  }

  @Override
  @Honours("DBClusterParameterGroupName")
  public DeleteDbClusterParameterGroupResponse deleteDBClusterParameterGroup(
      DeleteDbClusterParameterGroupRequest request) {
    parameterGroups.deleteOfClusters(
        Rules.required("DBClusterParameterGroupName", request.dbClusterParameterGroupName()));
    return DeleteDbClusterParameterGroupResponse.builder().build();
  }

  @Override
  @Honours({"DBParameterGroupFamily", "DBParameterGroupName", "Description", "Tags"})
  public CreateDbParameterGroupResponse createDBParameterGroup(
      CreateDbParameterGroupRequest request) {
    return CreateDbParameterGroupResponse.builder()
        .dbParameterGroup(parameterGroups.create(request))
        .build();
  }

  @Override
  @Honours({"DBParameterGroupName", "Filters", "Marker", "MaxRecords"})
  public DescribeDbParameterGroupsResponse describeDBParameterGroups(
      DescribeDbParameterGroupsRequest request) {
    return parameterGroups.describe(request);
  }

  @Override
  @Honours("DBParameterGroupName")
  public DeleteDbParameterGroupResponse deleteDBParameterGroup(
      DeleteDbParameterGroupRequest request) {
    parameterGroups.deleteOfInstances(
        Rules.required("DBParameterGroupName", request.dbParameterGroupName()));
    return DeleteDbParameterGroupResponse.builder().build();
  }

  @Override
  @Honours({"ResourceName", "Tags"})
  public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
    tags.add(request.resourceName(), request.tags());
    return AddTagsToResourceResponse.builder().build();
  }

  @Override
  @Honours({"ResourceName", "TagKeys"})
  public RemoveTagsFromResourceResponse removeTagsFromResource(
      RemoveTagsFromResourceRequest request) {
    tags.remove(request.resourceName(), request.tagKeys());
    return RemoveTagsFromResourceResponse.builder().build();
  }

  @Override
  @Honours({"Filters", "ResourceName"})
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tagList(tags.list(request.resourceName())).build();
  }

  private static final Map<String, Function<DBEngineVersion, String>> VERSION_FILTERS =
      Map.of(
          "db-parameter-group-family", DBEngineVersion::dbParameterGroupFamily,
          "engine", DBEngineVersion::engine,
          "engine-mode", version -> "provisioned",
          "engine-version", DBEngineVersion::engineVersion,
          "status", DBEngineVersion::status);

  @Override
  @Honours({
    "DBParameterGroupFamily",
    "DefaultOnly",
    "Engine",
    "EngineVersion",
    "Filters",
    "IncludeAll",
    "Marker",
    "MaxRecords"
  })
  public DescribeDbEngineVersionsResponse describeDBEngineVersions(
      DescribeDbEngineVersionsRequest request) {
    var family = request.dbParameterGroupFamily();
    var found =
        Filters.apply(request.filters(), VERSION_FILTERS, versions.describe()).stream()
            .filter(each -> isOrIsNotAsked(request.engine(), each.engine()))
            .filter(each -> isOrIsNotAsked(family, each.dbParameterGroupFamily()))
            .filter(each -> isVersion(request.engineVersion(), each))
            .limit(Boolean.TRUE.equals(request.defaultOnly()) ? 1 : Long.MAX_VALUE)
            .sorted(java.util.Comparator.comparing(DBEngineVersion::engineVersion))
            .toList();
    var page =
        Page.of(found, DBEngineVersion::engineVersion, request.marker(), request.maxRecords());
    return DescribeDbEngineVersionsResponse.builder()
        .dbEngineVersions(page.items())
        .marker(page.marker())
        .build();
  }

  private static boolean isOrIsNotAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }

  private static boolean isVersion(String asked, DBEngineVersion version) {
    return isOrIsNotAsked(asked, version.engineVersion())
        || asked.equals(version.majorEngineVersion());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /// Lets the work under way finish, within bounds.
  @Override
  public void close() {
    background.close();
  }
}
