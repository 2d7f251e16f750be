package dev.dbartifact.localengine.rds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dbartifact.localengine.server.StorageId;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

/// What the engine remembers of a DB cluster snapshot. A snapshot is a volume without a server.
///
/// @param storage the volume
/// @param source the volume that it was made from, of a cluster or of another snapshot
/// @param last whether it was made so that its cluster can go
/// @param databaseName the first database of the cluster, which the description does not show
/// @param restorers who may restore it besides the owner: account numbers, or `all`
/// @param settings as described
record Snapshot(
    String storage,
    String source,
    boolean last,
    String databaseName,
    List<String> restorers,
    DBClusterSnapshot settings) {

  Snapshot {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(settings, "settings");
    restorers = List.copyOf(restorers);
  }

  @JsonIgnore
  String id() {
    return settings.dbClusterSnapshotIdentifier();
  }

  /// Whether its volume is there, whatever its status shows.
  @JsonIgnore
  boolean isMade() {
    var progress = settings.percentProgress();
    return is(Status.AVAILABLE) || is(Status.CREATING) && progress != null && progress == 100;
  }

  @JsonIgnore
  boolean is(String status) {
    return status.equals(settings.status());
  }

  @JsonIgnore
  StorageId storageId() {
    return new StorageId(storage);
  }

  @JsonIgnore
  StorageId sourceId() {
    return new StorageId(source);
  }

  Snapshot with(UnaryOperator<DBClusterSnapshot.Builder> change) {
    return new Snapshot(
        storage, source, last, databaseName, restorers, change.apply(settings.toBuilder()).build());
  }

  Snapshot restorableBy(List<String> accounts) {
    return new Snapshot(storage, source, last, databaseName, accounts, settings);
  }
}
