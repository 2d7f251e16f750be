package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsResponse;

/// The actions on automated backups.
public final class BackupActions extends RdsActions {

  private final ClusterBackups clusters;
  private final InstanceBackups instances;

  public BackupActions(ClusterBackups clusters, InstanceBackups instances) {
    this.clusters = clusters;
    this.instances = instances;
  }

  @Override
  @Honours(
      value = {"DBClusterIdentifier", "DbClusterResourceId", "Filters", "Marker", "MaxRecords"},
      differs = "None are retained: they go with their cluster.")
  public DescribeDbClusterAutomatedBackupsResponse describeDBClusterAutomatedBackups(
      DescribeDbClusterAutomatedBackupsRequest request) {
    return clusters.describe(request);
  }

  @Override
  @Honours(
      value = {
        "DBInstanceAutomatedBackupsArn",
        "DBInstanceIdentifier",
        "DbiResourceId",
        "Filters",
        "Marker",
        "MaxRecords"
      },
      differs =
          "None are retained or replicated. Where storage shares no blocks there are no automated"
              + " snapshots, and they stay `creating`.")
  public DescribeDbInstanceAutomatedBackupsResponse describeDBInstanceAutomatedBackups(
      DescribeDbInstanceAutomatedBackupsRequest request) {
    return instances.describe(request);
  }
}
