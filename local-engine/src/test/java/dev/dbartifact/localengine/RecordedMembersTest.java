package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which members answers have, held against answers of the real service that users published. Those
/// that a user's command line was too old for are left out of the comparison where it says so.
class RecordedMembersTest {

  /// Since November 2024 and later; the recorded answers to requests that make something were read
  /// by a command line of 2023.
  private static final Set<String> SINCE =
      Set.of(
          "DatabaseInsightsMode",
          "EngineLifecycleSupport",
          "StorageEncryptionType",
          "UpgradeRolloutOrder");

  private static final String PLAIN =
      "Action=CreateDBInstance&DBInstanceIdentifier=own&Engine=postgres"
          + "&DBInstanceClass=db.t4g.micro&AllocatedStorage=20&MasterUsername=shop"
          + "&MasterUserPassword=correct-horse&DBName=orders";

  @TempDir Path memory;
  private PreparedRds rds;

  @BeforeEach
  void open() throws Exception {
    rds = PreparedRds.open(memory);
  }

  @AfterEach
  void close() {
    rds.close();
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    var rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /// Of Aurora PostgreSQL 16.13 in eu-west-2, August 2026.
  @Test
  void aNewClusterTellsNoMoreThanRdsDoes() throws Exception {
    var cluster =
        answer(
            "DBCluster",
            "Action=CreateDBCluster&DBClusterIdentifier=dev&Engine=aurora-postgresql"
                + "&DatabaseName=orders&MasterUsername=shop&ManageMasterUserPassword=true"
                + "&StorageEncrypted=true&ServerlessV2ScalingConfiguration.MinCapacity=0.5"
                + "&ServerlessV2ScalingConfiguration.MaxCapacity=2&BackupRetentionPeriod=7");

    assertThat(without(cluster.names(), SINCE))
        .isEqualTo(
            names(
                "AllocatedStorage AvailabilityZones BackupRetentionPeriod DatabaseName"
                    + " DBClusterIdentifier DBClusterParameterGroup DBSubnetGroup Status Endpoint"
                    + " ReaderEndpoint MultiAZ Engine EngineVersion Port MasterUsername"
                    + " PreferredBackupWindow PreferredMaintenanceWindow ReadReplicaIdentifiers"
                    + " DBClusterMembers VpcSecurityGroups HostedZoneId StorageEncrypted KmsKeyId"
                    + " DbClusterResourceId DBClusterArn AssociatedRoles"
                    + " IAMDatabaseAuthenticationEnabled ClusterCreateTime EngineMode"
                    + " DeletionProtection HttpEndpointEnabled CopyTagsToSnapshot CrossAccountClone"
                    + " DomainMemberships TagList AutoMinorVersionUpgrade"
                    + " ServerlessV2ScalingConfiguration NetworkType MasterUserSecret"
                    + " LocalWriteForwardingStatus"));
  }

  /// The instance of that cluster: where it will be and how long its certificate lasts come later.
  @Test
  void aNewMemberTellsNoMoreThanRdsDoes() throws Exception {
    var instance =
        answer(
            "DBInstance",
            "Action=CreateDBInstance&DBInstanceIdentifier=prod-2&DBClusterIdentifier=prod"
                + "&DBInstanceClass=db.r6g.large&Engine=aurora-postgresql");

    assertThat(without(instance.names(), SINCE))
        .isEqualTo(
            names(
                "DBInstanceIdentifier DBInstanceClass Engine DBInstanceStatus MasterUsername DBName"
                    + " AllocatedStorage PreferredBackupWindow BackupRetentionPeriod"
                    + " DBSecurityGroups VpcSecurityGroups DBParameterGroups DBSubnetGroup"
                    + " PreferredMaintenanceWindow PendingModifiedValues MultiAZ EngineVersion"
                    + " AutoMinorVersionUpgrade ReadReplicaDBInstanceIdentifiers LicenseModel"
                    + " OptionGroupMemberships PubliclyAccessible StorageType DbInstancePort"
                    + " DBClusterIdentifier StorageEncrypted DbiResourceId CACertificateIdentifier"
                    + " DomainMemberships CopyTagsToSnapshot MonitoringInterval PromotionTier"
                    + " DBInstanceArn IAMDatabaseAuthenticationEnabled PerformanceInsightsEnabled"
                    + " DeletionProtection AssociatedRoles TagList CustomerOwnedIpEnabled"
                    + " BackupTarget NetworkType StorageThroughput CertificateDetails"
                    + " DedicatedLogVolume"));
    assertThat(instance.child("CertificateDetails").names()).isEqualTo(names("CAIdentifier"));
    assertThat(instance.child("DBSubnetGroup").names())
        .isEqualTo(
            names("DBSubnetGroupName DBSubnetGroupDescription VpcId SubnetGroupStatus Subnets"));
    assertThat(instance.child("DBSubnetGroup").child("Subnets").child("Subnet").names())
        .isEqualTo(names("SubnetIdentifier SubnetAvailabilityZone SubnetOutpost SubnetStatus"));
  }

  /// Aurora PostgreSQL 15 and 16 and PostgreSQL 16 and 17, February 2026: activity streams are in
  /// what Describe tells of clusters and of plain instances, and not of members.
  @Test
  void onlyDescribeTellsOfActivityStreams() throws Exception {
    var cluster = answer("DBCluster", "Action=DescribeDBClusters");
    var member = answer("DBInstance", "Action=DescribeDBInstances");
    var plain = answer("DBInstance", PLAIN);
    rds.awaitRest();
    var described = answer("DBInstance", "Action=DescribeDBInstances&DBInstanceIdentifier=own");

    assertThat(cluster.text("ActivityStreamStatus")).isEqualTo("stopped");
    assertThat(member.names()).doesNotContain("ActivityStreamStatus");
    assertThat(plain.names())
        .doesNotContain("ActivityStreamStatus", "IsStorageConfigUpgradeAvailable");
    assertThat(described.text("ActivityStreamStatus")).isEqualTo("stopped");
    assertThat(described.text("IsStorageConfigUpgradeAvailable")).isEqualTo("false");
  }

  /// The same answers, and one of May 2026 to Describe of an instance of Aurora PostgreSQL 17.7.
  @Test
  void aMemberShowsWhatItsClusterDecides() throws Exception {
    post(
        "Action=CreateDBCluster&DBClusterIdentifier=dev&Engine=aurora-postgresql"
            + "&MasterUsername=shop&MasterUserPassword=correct-horse"
            + "&EnableCloudwatchLogsExports.member.1=postgresql");
    post(
        "Action=CreateDBInstance&DBInstanceIdentifier=dev-1&DBClusterIdentifier=dev"
            + "&DBInstanceClass=db.r6g.large&Engine=aurora-postgresql");
    rds.awaitRest();
    var member = answer("DBInstance", "Action=DescribeDBInstances&DBInstanceIdentifier=dev-1");
    var without = answer("DBInstance", "Action=DescribeDBInstances&DBInstanceIdentifier=prod-1");

    assertThat(member.text("EnabledCloudwatchLogsExports")).isEqualTo("postgresql");
    assertThat(without.names()).doesNotContain("EnabledCloudwatchLogsExports");
    assertThat(member.text("EngineLifecycleSupport")).isEqualTo("open-source-rds-extended-support");
    assertThat(member.text("DatabaseInsightsMode")).isEqualTo("standard");
    assertThat(member.text("StorageEncrypted")).isEqualTo("false");
    assertThat(member.text("StorageEncryptionType")).isEqualTo("sse-rds");
    assertThat(member.text("UpgradeRolloutOrder")).isEqualTo("second");
    assertThat(member.child("CertificateDetails").names())
        .isEqualTo(names("CAIdentifier ValidTill"));
  }

  /// MySQL, September 2023 and August 2024; with the members that snapshots have had since.
  @Test
  void aSnapshotOfAnInstanceHasNoTimesBeforeItIsThere() throws Exception {
    post(PLAIN);
    rds.awaitRest();
    var times = List.of("SnapshotCreateTime", "OriginalSnapshotCreateTime");

    var making =
        answer(
            "DBSnapshot",
            "Action=CreateDBSnapshot&DBInstanceIdentifier=own&DBSnapshotIdentifier=before");
    rds.awaitRest();
    var made = answer("DBSnapshot", "Action=DescribeDBSnapshots");

    assertThat(making.text("Status")).isEqualTo("creating");
    assertThat(making.names()).doesNotContainAnyElementsOf(times);
    assertThat(made.names()).containsAll(times).doesNotContain("SnapshotDatabaseTime");
    assertThat(
            answer("DBSnapshot", "Action=DeleteDBSnapshot&DBSnapshotIdentifier=before")
                .text("Status"))
        .isEqualTo("deleted");
  }

  /// Aurora MySQL, December 2024; that of the deletion is from 2015, recorded by Cloud Custodian.
  @Test
  void aSnapshotOfAClusterHasItsTimeAndNoPort() throws Exception {
    var named = "&DBClusterSnapshotIdentifier=before";
    var making =
        answer(
            "DBClusterSnapshot", "Action=CreateDBClusterSnapshot&DBClusterIdentifier=prod" + named);
    rds.awaitRest();
    var deleting = answer("DBClusterSnapshot", "Action=DeleteDBClusterSnapshot" + named);

    assertThat(making.names()).contains("SnapshotCreateTime");
    assertThat(making.text("Port")).isEqualTo("0");
    assertThat(deleting.text("Port")).isEqualTo("0");
    assertThat(deleting.text("Status")).isEqualTo("available");
  }

  private void post(String form) {
    assertThat(rds.post(form)).as(form).extracting(PreparedRds.Answered::status).isEqualTo(200);
  }

  private Members answer(String element, String form) throws Exception {
    return Members.of(rds.post(form).body(), element);
  }

  private static Set<String> names(String names) {
    return new TreeSet<>(List.of(names.split(" ")));
  }
}
