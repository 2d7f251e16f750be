package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.option.OptionMemberships;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.tag.Tags;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Tag;

/// What the snapshot of a plain instance is when it is new, whether there may be one more, and how
/// it is described.
public final class NewInstanceSnapshots {

  private final Catalog catalog;
  private final Home home;
  private final Clock clock;

  public NewInstanceSnapshots(Catalog catalog, Home home, Clock clock) {
    this.catalog = catalog;
    this.home = home;
    this.clock = clock;
  }

  public void requireNew(String id) {
    if (catalog.instanceSnapshot(id).isPresent()) {
      throw RdsFault.SNAPSHOT_ALREADY_EXISTS.with(
          "Cannot create the snapshot because a snapshot with the identifier %s already exists.",
          id);
    }
    if (catalog.manualInstanceSnapshots() >= NewSnapshots.MOST) {
      throw RdsFault.SNAPSHOT_QUOTA_EXCEEDED.with(
          "Cannot create more than %d manual snapshots", NewSnapshots.MOST);
    }
  }

  /// The first sentence is AWS's.
  ///
  /// @param instance as described
  static void requireAvailable(DBInstance instance) {
    if (!instance.dbInstanceStatus().equals(Status.AVAILABLE)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Cannot create a snapshot because the database instance %s is not currently in the"
              + " available state. It is %s.",
          instance.dbInstanceIdentifier(), instance.dbInstanceStatus());
    }
  }

  /// @param instance as described now
  /// @param last whether the instance goes when the snapshot is there
  public Snapshot of(
      Cluster storage, DBInstance instance, String id, boolean last, List<Tag> tags) {
    var inherited =
        Boolean.TRUE.equals(instance.copyTagsToSnapshot()) ? instance.tagList() : List.<Tag>of();
    var settings =
        DBClusterSnapshot.builder()
            .dbClusterSnapshotIdentifier(id)
            .dbClusterSnapshotArn(home.arn(Snapshot.PLAIN, id))
            .dbClusterIdentifier(instance.dbInstanceIdentifier())
            .dbClusterResourceId(instance.dbiResourceId())
            .snapshotCreateTime(clock.instant())
            .snapshotType(Snapshot.MANUAL)
            .status(Status.CREATING)
            .percentProgress(0)
            .engine(instance.engine())
            .engineVersion(instance.engineVersion())
            .licenseModel(instance.licenseModel())
            .port(storage.settings().port())
            .vpcId(Home.VPC)
            .masterUsername(instance.masterUsername())
            .storageEncrypted(instance.storageEncrypted())
            .kmsKeyId(instance.kmsKeyId())
            .tagList(Tags.merged(inherited, tags))
            .build();
    var then = instance.copy(builder -> builder.latestRestorableTime(clock.instant()));
    return new Snapshot(
        NewSnapshots.storage(),
        storage.storage(),
        last,
        storage.settings().databaseName(),
        List.of(),
        then,
        settings);
  }

  /// One that the engine makes by itself.
  ///
  /// @param instance as described now
  public Snapshot automated(Cluster storage, DBInstance instance) {
    var name = NewSnapshots.automatedName(storage, clock.instant());
    return of(storage, instance, name, false, List.of())
        .with(builder -> builder.snapshotType(Snapshot.AUTOMATED));
  }

  /// One that the engine makes before an upgrade.
  ///
  /// @param instance as described now
  /// @param to the version that the instance is to have
  public Snapshot preUpgrade(Cluster storage, DBInstance instance, String to) {
    var name = "rds:" + NewSnapshots.preUpgradeName(storage, to, clock.instant());
    return of(storage, instance, name, false, List.of())
        .with(builder -> builder.snapshotType(Snapshot.AUTOMATED));
  }

  /// Has no times before it is there, as in answers of the real service to CreateDBSnapshot (2023
  /// and 2024) and CopyDBSnapshot; a snapshot of a DB cluster has. Only those of read replicas tell
  /// the time of their data.
  DBSnapshot describe(Snapshot snapshot) {
    var of = snapshot.settings();
    var instance = snapshot.instance();
    var made = !snapshot.is(Status.CREATING) && !snapshot.is(Status.COPYING);
    return DBSnapshot.builder()
        .dbSnapshotIdentifier(of.dbClusterSnapshotIdentifier())
        .dbSnapshotArn(of.dbClusterSnapshotArn())
        .dbInstanceIdentifier(of.dbClusterIdentifier())
        .dbiResourceId(of.dbClusterResourceId())
        .snapshotCreateTime(made ? of.snapshotCreateTime() : null)
        .originalSnapshotCreateTime(made ? instance.latestRestorableTime() : null)
        .snapshotType(of.snapshotType())
        .snapshotTarget("region")
        .sourceDBSnapshotIdentifier(of.sourceDBClusterSnapshotArn())
        .sourceRegion(of.sourceDBClusterSnapshotArn() == null ? null : home.region())
        .processorFeatures(List.of())
        .status(of.status())
        .percentProgress(of.percentProgress())
        .engine(of.engine())
        .engineVersion(of.engineVersion())
        .licenseModel(of.licenseModel())
        .masterUsername(of.masterUsername())
        .port(of.port())
        .vpcId(of.vpcId())
        .availabilityZone(instance.availabilityZone())
        .instanceCreateTime(instance.instanceCreateTime())
        .allocatedStorage(instance.allocatedStorage())
        .storageType(instance.storageType())
        .iops(instance.iops())
        .storageThroughput(instance.storageThroughput())
        .backupRetentionPeriod(instance.backupRetentionPeriod())
        .preferredBackupWindow(instance.preferredBackupWindow())
        .optionGroupName(OptionMemberships.current(instance))
        .iamDatabaseAuthenticationEnabled(instance.iamDatabaseAuthenticationEnabled())
        .dedicatedLogVolume(instance.dedicatedLogVolume())
        .encrypted(of.storageEncrypted())
        .kmsKeyId(of.kmsKeyId())
        .tagList(of.tagList())
        .build();
  }
}
