package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.RestoreWindow;

/// What can be restored of each DB cluster, as AWS calls it: its automated backup. None are
/// retained, so each belongs to a cluster that is there.
///
/// See DescribeDBClusterAutomatedBackups in the Amazon RDS API Reference, and its example in that
/// of the AWS command line.
public final class ClusterBackups {

  private static final Map<String, Function<DBClusterAutomatedBackup, String>> FILTERS =
      Map.of(
          "db-cluster-id", DBClusterAutomatedBackup::dbClusterIdentifier,
          "db-cluster-resource-id", DBClusterAutomatedBackup::dbClusterResourceId,
          "status", DBClusterAutomatedBackup::status);

  private final Catalog catalog;
  private final Home home;
  private final Descriptions descriptions;

  public ClusterBackups(Catalog catalog, Home home, Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.descriptions = descriptions;
  }

  DescribeDbClusterAutomatedBackupsResponse describe(
      DescribeDbClusterAutomatedBackupsRequest request) {
    var id = request.dbClusterIdentifier();
    var resource = request.dbClusterResourceId();
    var found =
        catalog.dbClusters().stream()
            .filter(each -> id == null || each.id().equalsIgnoreCase(home.name("cluster", id)))
            .filter(each ->
                resource == null
                    || each.settings().dbClusterResourceId().equalsIgnoreCase(resource))
            .sorted(Comparator.comparing(Cluster::id))
            .map(each -> backup(descriptions.of(each)))
            .toList();
    if (found.isEmpty() && (id != null || resource != null)) {
      throw RdsFault.CLUSTER_AUTOMATED_BACKUP_NOT_FOUND.with(
          "There is no automated backup of DB cluster %s.", id == null ? resource : id);
    }
    var filters = Filters.named(request.filters(), home, Map.of("db-cluster-id", "cluster"));
    var page =
        Page.of(
            Filters.apply(filters, FILTERS, found),
            DBClusterAutomatedBackup::dbClusterIdentifier,
            request.marker(),
            request.maxRecords());
    return DescribeDbClusterAutomatedBackupsResponse.builder()
        .dbClusterAutomatedBackups(page.items())
        .marker(page.marker())
        .build();
  }

  private DBClusterAutomatedBackup backup(DBCluster of) {
    return DBClusterAutomatedBackup.builder()
        .engine(of.engine())
        .engineVersion(of.engineVersion())
        .engineMode(of.engineMode())
        .dbClusterAutomatedBackupsArn(new BackupArns(home).ofCluster(of.dbClusterResourceId()))
        .dbClusterIdentifier(of.dbClusterIdentifier())
        .dbClusterResourceId(of.dbClusterResourceId())
        .dbClusterArn(of.dbClusterArn())
        .restoreWindow(window(of))
        .masterUsername(of.masterUsername())
        .region(home.region())
        .status(InstanceBackups.ACTIVE)
        .iamDatabaseAuthenticationEnabled(of.iamDatabaseAuthenticationEnabled())
        .clusterCreateTime(of.clusterCreateTime())
        .storageEncrypted(of.storageEncrypted())
        .storageEncryptionType(of.storageEncryptionTypeAsString())
        .kmsKeyId(of.kmsKeyId())
        .allocatedStorage(of.allocatedStorage())
        .backupRetentionPeriod(of.backupRetentionPeriod())
        .preferredBackupWindow(of.preferredBackupWindow())
        .availabilityZones(of.availabilityZones())
        .port(of.port())
        .tagList(of.tagList())
        .build();
  }

  /// Empty where the cluster cannot be restored now.
  private static RestoreWindow window(DBCluster of) {
    return RestoreWindow.builder()
        .earliestTime(of.earliestRestorableTime())
        .latestTime(of.latestRestorableTime())
        .build();
  }
}
