package dev.dbartifact.localengine.rds.report;

import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.rds.model.ActivityStreamStatus;
import software.amazon.awssdk.services.rds.model.CertificateDetails;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// What RDS says of each DB cluster and instance in the same way, and what it leaves out of some
/// answers. Pure.
///
/// Read off answers of the real service that users of the AWS command line published between June
/// 2024 and August 2026, to Create, Modify, Reboot and Describe of Aurora PostgreSQL, Aurora MySQL,
/// PostgreSQL, MySQL and MariaDB.
final class Unvarying {

  private static final String STANDARD = "standard";

  /// Nobody orders the upgrades of resources here, and then all are in the middle.
  private static final String ROLLOUT = "second";

  private Unvarying() {}

  /// Only Describe tells of activity streams.
  static void describe(DBCluster.Builder to, DBCluster of) {
    to.activityStreamStatus((ActivityStreamStatus) null)
        .enabledCloudwatchLogsExports(orAbsent(of.enabledCloudwatchLogsExports()))
        .databaseInsightsMode(orStandard(of.databaseInsightsModeAsString()))
        .upgradeRolloutOrder(ROLLOUT)
        .storageEncryptionType(encryption(of))
        .localWriteForwardingStatus("disabled");
  }

  /// Clusters without a key of KMS are under one that RDS owns, and not `StorageEncrypted` for
  /// that: so since 2026 those that are made.
  private static String encryption(DBCluster of) {
    return Boolean.TRUE.equals(of.storageEncrypted()) ? "sse-kms" : "sse-rds";
  }

  private static String orStandard(String mode) {
    return mode == null ? STANDARD : mode;
  }

  /// A list without logs is not there, unlike other empty lists.
  private static Collection<String> orAbsent(List<String> logs) {
    return logs.isEmpty() ? null : logs;
  }

  /// A member of a DB cluster or a plain instance.
  static void describe(DBInstance.Builder to, DBInstance of) {
    to.activityStreamStatus((ActivityStreamStatus) null)
        .upgradeRolloutOrder(ROLLOUT)
        .storageEncryptionType(Boolean.TRUE.equals(of.storageEncrypted()) ? "sse-kms" : "none")
        .databaseInsightsMode(orStandard(of.databaseInsightsModeAsString()))
        .storageThroughput(of.storageThroughput() == null ? 0 : of.storageThroughput())
        .certificateDetails(certificate(of))
        .backupTarget("region")
        .dedicatedLogVolume(Boolean.TRUE.equals(of.dedicatedLogVolume()))
        .associatedRoles(List.of())
        .customerOwnedIpEnabled(false)
        .dbSecurityGroups(List.of())
        .domainMemberships(List.of())
        .readReplicaDBInstanceIdentifiers(List.of());
    if (of.pendingModifiedValues() == null) {
      to.pendingModifiedValues(PendingModifiedValues.builder().build());
    }
  }

  /// Of the authority that the instance has chosen last. Until the instance is there for the first
  /// time, nothing is said of how long its certificate lasts.
  private static CertificateDetails certificate(DBInstance of) {
    var details = of.certificateDetails();
    return details == null
        ? null
        : details.copy(to ->
            to.caIdentifier(of.caCertificateIdentifier())
                .validTill(of.instanceCreateTime() == null ? null : details.validTill()));
  }

  /// What a member shows of its cluster.
  static void ofCluster(DBInstance.Builder to, DBCluster cluster) {
    to.storageEncryptionType(encryption(cluster))
        .databaseInsightsMode(orStandard(cluster.databaseInsightsModeAsString()))
        .enabledCloudwatchLogsExports(orAbsent(cluster.enabledCloudwatchLogsExports()))
        .engineLifecycleSupport(cluster.engineLifecycleSupport());
  }

  /// The subnet group within an instance: only DescribeDBSubnetGroups and its like tell the rest.
  static DBSubnetGroup within(DBSubnetGroup group) {
    return group.copy(
        to -> to.dbSubnetGroupArn(null).supportedNetworkTypes((Collection<String>) null));
  }

  /// What Describe alone tells of a plain instance.
  static void listed(DBInstance.Builder to) {
    to.activityStreamStatus(ActivityStreamStatus.STOPPED).isStorageConfigUpgradeAvailable(false);
  }
}
