package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.PasswordRequest;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.snapshot.InstanceSnapshots;
import dev.dbartifact.localengine.rds.storage.ClusterCreation;
import dev.dbartifact.localengine.rds.storage.Histories;
import dev.dbartifact.localengine.rds.storage.RestoreWindow;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.server.CloneKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;

/// Plain instances made from snapshots and from others. Their volumes share all blocks with the
/// source until one side writes.
public final class PlainRestores {

  private static final Set<String> SAME =
      Set.of(
          "AllocatedStorage",
          "AutoMinorVersionUpgrade",
          "AvailabilityZone",
          "BackupRetentionPeriod",
          "BackupTarget",
          "CACertificateIdentifier",
          "CopyTagsToSnapshot",
          "DBInstanceClass",
          "DBParameterGroupName",
          "DBSubnetGroupName",
          "DedicatedLogVolume",
          "DeletionProtection",
          "EnableCloudwatchLogsExports",
          "EnableIAMDatabaseAuthentication",
          "Engine",
          "EngineLifecycleSupport",
          "Iops",
          "LicenseModel",
          "ManageMasterUserPassword",
          "MasterUserSecretKmsKeyId",
          "MultiAZ",
          "NetworkType",
          "OptionGroupName",
          "Port",
          "PreferredBackupWindow",
          "PubliclyAccessible",
          "StorageThroughput",
          "StorageType",
          "Tags",
          "VpcSecurityGroupIds");

  private final Catalog catalog;
  private final NamedInstances instances;
  private final InstanceSnapshots snapshots;
  private final PlainInstances plainInstances;
  private final NewPlainInstances newInstances;
  private final Placement placement;
  private final ManagedPasswords passwords;
  private final ClusterCreation creation;
  private final Histories histories;
  private final Events events;
  private final Descriptions descriptions;

  public PlainRestores(
      Catalog catalog,
      NamedInstances instances,
      InstanceSnapshots snapshots,
      PlainInstances plainInstances,
      NewPlainInstances newInstances,
      Placement placement,
      ManagedPasswords passwords,
      ClusterCreation creation,
      Histories histories,
      Events events,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.instances = instances;
    this.snapshots = snapshots;
    this.plainInstances = plainInstances;
    this.newInstances = newInstances;
    this.placement = placement;
    this.passwords = passwords;
    this.creation = creation;
    this.histories = histories;
    this.events = events;
    this.descriptions = descriptions;
  }

  /// Where the data of a restored instance come from.
  ///
  /// @param volume of a snapshot or of an instance
  /// @param instance as it is or was described
  /// @param port where the original answers
  /// @param time of the data; null for those of the present
  private record Source(String volume, DBInstance instance, int port, String words, Instant time) {

    CloneKind copied() {
      return time == null ? CloneKind.COPY_ON_WRITE : CloneKind.FULL_COPY;
    }

    Cluster intended(Cluster placed) {
      return time == null ? placed : placed.restoredTo(time);
    }
  }

  DBInstance restore(RestoreDbInstanceFromDbSnapshotRequest request) {
    var wanted = CreateDbInstanceRequest.builder();
    Fields.copy(request, wanted, SAME);
    wanted.dbInstanceIdentifier(
        Rules.identifier("DBInstanceIdentifier", request.dbInstanceIdentifier()));
    return catalog.changing(() -> {
      var snapshot = snapshots.find("DBSnapshotIdentifier", request.dbSnapshotIdentifier());
      InstanceSnapshots.requireAvailable(snapshot);
      var port = snapshot.settings().port();
      var source =
          new Source(
              snapshot.storage(), snapshot.instance(), port, "snapshot " + snapshot.id(), null);
      return restore(source, wanted.build());
    });
  }

  DBInstance restore(RestoreDbInstanceToPointInTimeRequest request) {
    RestoreWindow.requireOneTime(
        "RestoreTime", request.restoreTime(), request.useLatestRestorableTime());
    var wanted = CreateDbInstanceRequest.builder();
    Fields.copy(request, wanted, SAME);
    wanted
        .maxAllocatedStorage(request.maxAllocatedStorage())
        .dbInstanceIdentifier(
            Rules.identifier("TargetDBInstanceIdentifier", request.targetDBInstanceIdentifier()));
    return catalog.changing(() -> {
      var instance = source(request);
      var storage = requireOwnStorage(instance);
      var described = descriptions.of(instance);
      requireRestorable(described);
      requireOneVersion(storage);
      var time = request.restoreTime();
      if (time != null) {
        histories.window(storage).require(time, "instance " + instance.id());
      }
      var port = storage.settings().port();
      var words = "instance " + instance.id();
      return restore(new Source(storage.storage(), described, port, words, time), wanted.build());
    });
  }

  private Instance source(RestoreDbInstanceToPointInTimeRequest request) {
    var resourceId = request.sourceDbiResourceId();
    if ((request.sourceDBInstanceIdentifier() == null) == (resourceId == null)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Exactly one of SourceDBInstanceIdentifier and SourceDbiResourceId must be given.");
    }
    return resourceId == null
        ? instances.find(request.sourceDBInstanceIdentifier())
        : catalog.instances.find(resourceId).orElseThrow(() -> NamedInstances.notFound(resourceId));
  }

  private Cluster requireOwnStorage(Instance instance) {
    return catalog
        .ownStorage(instance)
        .orElseThrow(() ->
            RdsFault.INVALID_PARAMETER_VALUE.with(
                "The specified instance %s is a member of a cluster. Please use the"
                    + " RestoreDBClusterToPointInTime API instead.",
                instance.id()));
  }

  /// Also while it is stopped or being changed; see "Restoring a DB instance to a specified time"
  /// in the Amazon RDS User Guide.
  private static void requireRestorable(DBInstance source) {
    if (source.backupRetentionPeriod() == 0) {
      throw RdsFault.POINT_IN_TIME_RESTORE_NOT_ENABLED.with(
          "Point in time restore is not enabled for instance %s: its backup retention period is 0.",
          source.dbInstanceIdentifier());
    }
    if (source.instanceCreateTime() == null || source.dbInstanceStatus().equals(Status.DELETING)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "The source DB instance %s cannot be restored: it is %s.",
          source.dbInstanceIdentifier(), source.dbInstanceStatus());
    }
  }

  /// While its data are brought to another major version, nobody knows which one a copy would have
  /// that waits for the end of that.
  private static void requireOneVersion(Cluster storage) {
    if (storage.is(Status.UPGRADING)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "The source DB instance %s cannot be restored: it is %s. Wait until that is over.",
          storage.id(), storage.status());
    }
  }

  private DBInstance restore(Source source, CreateDbInstanceRequest request) {
    var wanted = complete(request, source);
    var version =
        new EngineVersion(Engine.of(source.instance().engine()), source.instance().engineVersion());
    var fresh = newInstances.of(version, wanted, Optional.of(source.instance()));
    var password = passwords.known(PasswordRequest.ofRestore(request));
    instances.requireNew(fresh.id());
    var placed =
        source.intended(placement.placePlain(fresh.storage(), source.volume(), source.copied()));
    creation.copy(placed);
    var storage = password.isManaged() ? passwords.begin(placed, password.kmsKeyId()) : placed;
    var answer = plainInstances.begin(storage, fresh.server(), request.availabilityZone());
    events.ofCluster(storage, "restoration", "Restored from " + source.words());
    return answer;
  }

  /// What the request does not say and the source does; for all else there are defaults.
  private static CreateDbInstanceRequest complete(CreateDbInstanceRequest request, Source source) {
    var from = source.instance();
    requireSameEngine(request.engine(), from.engine());
    var encrypted = Boolean.TRUE.equals(from.storageEncrypted());
    var complete =
        Disk.of(from).copied(request).toBuilder()
            .dbInstanceClass(or(request.dbInstanceClass(), from.dbInstanceClass()))
            .backupRetentionPeriod(
                or(request.backupRetentionPeriod(), from.backupRetentionPeriod()))
            .port(or(request.port(), source.port()))
            .masterUsername(from.masterUsername())
            .dbName(from.dbName())
            .storageEncrypted(encrypted)
            .kmsKeyId(encrypted ? from.kmsKeyId() : null)
            .build();
    requireNotSmaller(complete, from);
    return complete;
  }

  private static <T> T or(T wanted, T current) {
    return Optional.ofNullable(wanted).orElse(current);
  }

  private static void requireSameEngine(String wanted, String has) {
    if (wanted != null && !wanted.equals(has)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot restore an instance of %s as %s.", has, wanted);
    }
  }

  /// @param wanted of type `io1` where it says nothing, since then it asks for IOPS
  private static void requireNotSmaller(CreateDbInstanceRequest wanted, DBInstance has) {
    if (wanted.allocatedStorage() < has.allocatedStorage()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Invalid storage size for engine name %s and storage type %s: %d",
          has.engine(), or(wanted.storageType(), "io1"), wanted.allocatedStorage());
    }
  }
}
