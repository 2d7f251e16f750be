package dev.dbartifact.localengine.rds.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.server.StorageId;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What the engine remembers of a snapshot of a DB cluster or of a plain instance. A snapshot is a
/// volume without a server.
///
/// @param storage the volume
/// @param source the volume that it was made from, of a cluster or of another snapshot
/// @param last whether it was made so that its cluster can go
/// @param databaseName the first database of the cluster, which the description does not show
/// @param restorers who may restore it besides the owner: account numbers, or `all`
/// @param instance the plain instance as it was described when the snapshot was taken; null for a
///   snapshot of a DB cluster
/// @param settings as described; of a plain instance, what snapshots of both kinds have in common
public record Snapshot(
    String storage,
    String source,
    boolean last,
    String databaseName,
    List<String> restorers,
    DBInstance instance,
    DBClusterSnapshot settings) {

  /// The kind of the ARN of one of a plain instance; see `Home.arn`.
  public static final String PLAIN = "snapshot";

  /// The types, as `SnapshotType` has them.
  public static final String AUTOMATED = "automated";

  public static final String MANUAL = "manual";

  public Snapshot {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(settings, "settings");
    restorers = List.copyOf(restorers);
  }

  @JsonIgnore
  public String id() {
    return settings.dbClusterSnapshotIdentifier();
  }

  /// Whether it is of a plain instance.
  @JsonIgnore
  public boolean isPlain() {
    return instance != null;
  }

  /// Whether the engine made it by itself, in the backup window.
  @JsonIgnore
  public boolean isAutomated() {
    return AUTOMATED.equals(settings.snapshotType());
  }

  /// Whether it is an automated one of that cluster or plain instance.
  public boolean isAutomatedOf(Cluster cluster) {
    return isAutomated() && source.equals(cluster.storage());
  }

  /// Whether its volume is there, whatever its status shows.
  @JsonIgnore
  public boolean isMade() {
    var progress = settings.percentProgress();
    var whole = progress != null && progress == 100;
    return is(Status.AVAILABLE) || (is(Status.CREATING) || is(Status.COPYING)) && whole;
  }

  /// Whether it is one of those that somebody asks for by this type; all are where null. Those that
  /// anybody may restore are public, too.
  public boolean isOfType(String type) {
    return type == null
        || type.equals(settings.snapshotType())
        || type.equals("public") && restorers.contains("all");
  }

  /// Whether its volume is being made.
  @JsonIgnore
  public boolean isUnderWay() {
    return (is(Status.CREATING) || is(Status.COPYING)) && !isMade();
  }

  @JsonIgnore
  public boolean is(String status) {
    return status.equals(settings.status());
  }

  @JsonIgnore
  public StorageId storageId() {
    return new StorageId(storage);
  }

  @JsonIgnore
  public StorageId sourceId() {
    return new StorageId(source);
  }

  public Snapshot with(UnaryOperator<DBClusterSnapshot.Builder> change) {
    return new Snapshot(
        storage,
        source,
        last,
        databaseName,
        restorers,
        instance,
        change.apply(settings.toBuilder()).build());
  }

  /// Of a plain instance, which then had this version.
  public Snapshot upgradedTo(EngineVersion version) {
    return new Snapshot(
        storage,
        source,
        last,
        databaseName,
        restorers,
        instance.copy(builder -> builder.engineVersion(version.number())),
        settings.copy(builder -> builder.engineVersion(version.number())));
  }

  /// What it is when nothing is to go for its sake.
  public Snapshot ordinary() {
    return new Snapshot(storage, source, false, databaseName, restorers, instance, settings);
  }

  public Snapshot restorableBy(List<String> accounts) {
    return new Snapshot(storage, source, last, databaseName, accounts, instance, settings);
  }
}
