package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// The changes of a plain instance that wait for its maintenance window unless they are wanted at
/// once. Pure.
final class PlainChanges {

  private static final PendingModifiedValues NONE = PendingModifiedValues.builder().build();

  private PlainChanges() {}

  /// What the request adds to the changes that wait already; a value that the instance has is none.
  static PendingModifiedValues merge(DBInstance instance, ModifyDbInstanceRequest request) {
    var pending = Optional.ofNullable(instance.pendingModifiedValues()).orElse(NONE).toBuilder();
    if (request.dbInstanceClass() != null) {
      pending.dbInstanceClass(unless(request.dbInstanceClass(), instance.dbInstanceClass()));
    }
    if (request.newDBInstanceIdentifier() != null) {
      var id = Rules.identifier("NewDBInstanceIdentifier", request.newDBInstanceIdentifier());
      pending.dbInstanceIdentifier(unless(id, instance.dbInstanceIdentifier()));
    }
    if (request.caCertificateIdentifier() != null) {
      pending.caCertificateIdentifier(
          unless(request.caCertificateIdentifier(), instance.caCertificateIdentifier()));
    }
    if (request.multiAZ() != null) {
      pending.multiAZ(unless(request.multiAZ(), instance.multiAZ()));
    }
    if (request.enableIAMDatabaseAuthentication() != null) {
      pending.iamDatabaseAuthenticationEnabled(
          unless(
              request.enableIAMDatabaseAuthentication(),
              instance.iamDatabaseAuthenticationEnabled()));
    }
    if (request.dedicatedLogVolume() != null) {
      pending.dedicatedLogVolume(
          unless(request.dedicatedLogVolume(), instance.dedicatedLogVolume()));
    }
    if (request.backupRetentionPeriod() != null) {
      pending.backupRetentionPeriod(
          waits(request.backupRetentionPeriod(), instance.backupRetentionPeriod()));
    }
    mergeDisk(instance, request, pending);
    return pending.build();
  }

  private static <T> T unless(T wanted, T current) {
    return Objects.equals(wanted, current) ? null : wanted;
  }

  /// To switch automated backups on or off takes an outage; all else is done at once.
  private static Integer waits(int wanted, int current) {
    return (wanted == 0) == (current == 0) ? null : wanted;
  }

  private static void mergeDisk(
      DBInstance instance, ModifyDbInstanceRequest request, PendingModifiedValues.Builder pending) {
    if (request.allocatedStorage() == null
        && request.storageType() == null
        && request.iops() == null
        && request.storageThroughput() == null) {
      return;
    }
    var disk = changed(instance, request);
    // A disk of another type has none of what this one has.
    var retyped = !disk.type().equals(instance.storageType());
    pending
        .storageType(unless(disk.type(), instance.storageType()))
        .allocatedStorage(unless(disk.gib(), instance.allocatedStorage()))
        .iops(retyped ? disk.iops() : unless(disk.iops(), instance.iops()))
        .storageThroughput(
            retyped ? disk.throughput() : unless(disk.throughput(), instance.storageThroughput()));
  }

  /// How large the disk may grow by itself, after the request. To ask for its own size turns that
  /// off: see "Managing capacity automatically with Amazon RDS storage autoscaling" in the Amazon
  /// RDS User Guide.
  ///
  /// @return null where it does not grow
  static Integer mostStorage(DBInstance instance, ModifyDbInstanceRequest request) {
    var most = request.maxAllocatedStorage();
    if (most == null) {
      return instance.maxAllocatedStorage();
    }
    var disk = changed(instance, request);
    if (most == disk.gib()) {
      return null;
    }
    disk.requireRoomToGrow(most);
    return most;
  }

  private static Disk changed(DBInstance instance, ModifyDbInstanceRequest request) {
    return awaited(instance)
        .changed(Engine.of(instance.engine()), request, instance.allocatedStorage());
  }

  /// The disk that the instance has when nothing waits any more.
  private static Disk awaited(DBInstance instance) {
    var waiting = instance.pendingModifiedValues();
    return Disk.of(waiting == null ? instance : withDisk(instance.toBuilder(), waiting).build());
  }

  /// The instance with all of these changes made; a password is not among them.
  ///
  /// @param major whether the engine version among them is of another major version, which waits on
  static DBInstance apply(
      DBInstance instance, PendingModifiedValues changes, boolean major, Home home) {
    var version = major ? changes.engineVersion() : null;
    var left = orNull(NONE.copy(to -> to.engineVersion(version)));
    var builder = instance.toBuilder().pendingModifiedValues(left);
    Fields.copy(changes, builder, AS_THEY_ARE);
    if (changes.dbInstanceIdentifier() != null) {
      builder.dbInstanceArn(home.arn("db", changes.dbInstanceIdentifier()));
    }
    return withDisk(builder, changes).build();
  }

  private static DBInstance.Builder withDisk(
      DBInstance.Builder builder, PendingModifiedValues changes) {
    Fields.copy(changes, builder, OF_THE_DISK);
    if (changes.storageType() != null) {
      // Which of them a type has differs.
      builder.iops(changes.iops()).storageThroughput(changes.storageThroughput());
    }
    return builder;
  }

  private static final java.util.Set<String> OF_THE_DISK =
      java.util.Set.of("AllocatedStorage", "Iops", "StorageThroughput", "StorageType");

  private static final java.util.Set<String> AS_THEY_ARE =
      java.util.Set.of(
          "BackupRetentionPeriod",
          "CACertificateIdentifier",
          "DBInstanceClass",
          "DBInstanceIdentifier",
          "DedicatedLogVolume",
          "IAMDatabaseAuthenticationEnabled",
          "MultiAZ");

  static PendingModifiedValues orNull(PendingModifiedValues pending) {
    return pending.equals(NONE) ? null : pending;
  }
}
