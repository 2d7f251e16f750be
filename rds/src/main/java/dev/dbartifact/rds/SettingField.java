package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterSettings;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The settings that are compared between a wish and what is there: an allow-list. Each says whose
/// it is, what changing it in place costs, and how it is read from [ClusterSettings]. All of them
/// can be read back. Sources: ModifyDBCluster, ModifyDBInstance, "Settings for Amazon Aurora".
///
/// The engine version is not here: RDS moves it by itself. Nor are the engine, the master user and
/// the database name: those of a clone are the source's.
public enum SettingField {
  SUBNET_GROUP(
      "network.subnetGroup", Scope.CLUSTER, Change.IMPOSSIBLE, s -> s.network().subnetGroup()),
  SECURITY_GROUPS(
      "network.securityGroups",
      Scope.CLUSTER,
      Change.IN_PLACE,
      s -> Optional.of(s.network().securityGroups()).filter(groups -> !groups.isEmpty())),
  /// Changing it reboots all instances at once.
  PORT("network.port", Scope.CLUSTER, Change.RESTARTS, s -> s.network().port()),
  /// Setting it has no effect on instances that have a class of fixed size.
  SERVERLESS("hardware.serverless", Scope.CLUSTER, Change.IN_PLACE, s -> s.hardware().serverless()),
  BACKUP_RETENTION(
      "maintenance.backupRetentionDays",
      Scope.CLUSTER,
      Change.IN_PLACE,
      s -> s.maintenance().backupRetentionDays()),
  BACKUP_WINDOW(
      "maintenance.backupWindow",
      Scope.CLUSTER,
      Change.IN_PLACE,
      s -> s.maintenance().backupWindow()),
  MAINTENANCE_WINDOW(
      "maintenance.maintenanceWindow",
      Scope.CLUSTER,
      Change.IN_PLACE,
      s -> s.maintenance().maintenanceWindow()),
  DELETION_PROTECTION(
      "maintenance.deletionProtection",
      Scope.CLUSTER,
      Change.IN_PLACE,
      s -> s.maintenance().deletionProtection()),
  COPY_TAGS_TO_SNAPSHOTS(
      "maintenance.copyTagsToSnapshots",
      Scope.CLUSTER,
      Change.IN_PLACE,
      s -> s.maintenance().copyTagsToSnapshots()),
  /// Takes effect when the instances are rebooted.
  CLUSTER_PARAMETER_GROUP(
      "parameters.clusterGroup",
      Scope.CLUSTER,
      Change.RESTARTS,
      s -> s.parameters().clusterGroup()),
  STORAGE_TYPE(
      "storage.storageType", Scope.CLUSTER, Change.IN_PLACE, s -> s.storage().storageType()),
  ENCRYPTED("storage.encrypted", Scope.CLUSTER, Change.IMPOSSIBLE, s -> s.storage().encrypted()),
  KMS_KEY("storage.kmsKeyId", Scope.CLUSTER, Change.IMPOSSIBLE, s -> s.storage().kmsKeyId()),
  IAM_AUTHENTICATION(
      "access.iamAuthentication",
      Scope.CLUSTER,
      Change.IN_PLACE,
      s -> s.access().iamAuthentication()),
  LOG_EXPORTS("access.logExports", Scope.CLUSTER, Change.IN_PLACE, s -> s.access().logExports()),

  /// Changing it is an outage of some minutes.
  INSTANCE_CLASS(
      "hardware.instanceClass", Scope.INSTANCE, Change.RESTARTS, s -> s.hardware().instanceClass()),
  /// Takes effect when the instance is rebooted.
  INSTANCE_PARAMETER_GROUP(
      "parameters.instanceGroup",
      Scope.INSTANCE,
      Change.RESTARTS,
      s -> s.parameters().instanceGroup()),
  PUBLICLY_ACCESSIBLE(
      "network.publiclyAccessible",
      Scope.INSTANCE,
      Change.IN_PLACE,
      s -> s.network().publiclyAccessible()),
  AUTO_MINOR_VERSION_UPGRADE(
      "maintenance.autoMinorVersionUpgrade",
      Scope.INSTANCE,
      Change.IN_PLACE,
      s -> s.maintenance().autoMinorVersionUpgrade()),
  /// An instance has a window of its own, whatever that of its cluster is.
  INSTANCE_MAINTENANCE_WINDOW(
      "maintenance.maintenanceWindow",
      Scope.INSTANCE,
      Change.IN_PLACE,
      s -> s.maintenance().maintenanceWindow());

  /// Whose a setting is.
  public enum Scope {
    CLUSTER,
    INSTANCE
  }

  /// What changing a setting of something that exists takes.
  public enum Change {
    IN_PLACE,
    /// Connections are lost for some seconds or minutes.
    RESTARTS,
    /// Only a new cluster can have another value.
    IMPOSSIBLE
  }

  private final String path;
  private final Scope scope;
  private final Change change;
  private final Function<ClusterSettings, Optional<?>> value;

  SettingField(
      String path, Scope scope, Change change, Function<ClusterSettings, Optional<?>> value) {
    this.path = path;
    this.scope = scope;
    this.change = change;
    this.value = value;
  }

  static Set<SettingField> ordered(Collection<SettingField> fields) {
    return Collections.unmodifiableSet(
        fields.isEmpty() ? EnumSet.noneOf(SettingField.class) : EnumSet.copyOf(fields));
  }

  public Scope scope() {
    return scope;
  }

  public Change change() {
    return change;
  }

  /// The value in `settings`; absent when there is no wish, or nothing is told.
  public Optional<Object> in(ClusterSettings settings) {
    return value.apply(settings).map(Object.class::cast);
  }

  /// The value of an instance; absent for settings that are not an instance's.
  public Optional<Object> in(FoundInstance instance) {
    Optional<?> value =
        switch (this) {
          case INSTANCE_CLASS -> instance.instanceClass();
          case INSTANCE_PARAMETER_GROUP -> instance.parameterGroup();
          case PUBLICLY_ACCESSIBLE -> instance.publiclyAccessible();
          case AUTO_MINOR_VERSION_UPGRADE -> instance.autoMinorVersionUpgrade();
          case INSTANCE_MAINTENANCE_WINDOW -> instance.maintenanceWindow();
          default -> Optional.empty();
        };
    return value.map(Object.class::cast);
  }

  /// The path in the JSON form of the settings.
  @Override
  public String toString() {
    return path;
  }
}
