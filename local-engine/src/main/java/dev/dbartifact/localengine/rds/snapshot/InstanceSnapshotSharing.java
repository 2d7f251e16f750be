package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.request.RdsFault;
import software.amazon.awssdk.services.rds.model.DBSnapshotAttribute;
import software.amazon.awssdk.services.rds.model.DBSnapshotAttributesResult;
import software.amazon.awssdk.services.rds.model.ModifyDbSnapshotAttributeRequest;

/// Who may restore the snapshot of a plain instance; see [SnapshotSharing].
public final class InstanceSnapshotSharing {

  private final Catalog catalog;
  private final InstanceSnapshots snapshots;

  public InstanceSnapshotSharing(Catalog catalog, InstanceSnapshots snapshots) {
    this.catalog = catalog;
    this.snapshots = snapshots;
  }

  DBSnapshotAttributesResult describe(String idOrArn) {
    return of(snapshots.find("DBSnapshotIdentifier", idOrArn));
  }

  private static DBSnapshotAttributesResult of(Snapshot snapshot) {
    return DBSnapshotAttributesResult.builder()
        .dbSnapshotIdentifier(snapshot.id())
        .dbSnapshotAttributes(
            DBSnapshotAttribute.builder()
                .attributeName(SnapshotSharing.ATTRIBUTE)
                .attributeValues(snapshot.restorers())
                .build())
        .build();
  }

  DBSnapshotAttributesResult modify(ModifyDbSnapshotAttributeRequest request) {
    SnapshotSharing.check(request.attributeName(), request.valuesToAdd(), request.valuesToRemove());
    return catalog.changing(() -> {
      var snapshot = snapshots.find("DBSnapshotIdentifier", request.dbSnapshotIdentifier());
      InstanceSnapshots.requireAvailable(snapshot);
      SnapshotSharing.requireManual(snapshot, RdsFault.INVALID_SNAPSHOT_STATE);
      var shared =
          SnapshotSharing.changed(snapshot, request.valuesToAdd(), request.valuesToRemove());
      catalog.snapshots.put(shared);
      return of(shared);
    });
  }
}
