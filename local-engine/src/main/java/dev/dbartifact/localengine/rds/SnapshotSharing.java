package dev.dbartifact.localengine.rds;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshotAttribute;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshotAttributesResult;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterSnapshotAttributeRequest;

/// Who may restore a snapshot. There is one account here, so this is remembered and shown only.
final class SnapshotSharing {

  /// See "Sharing a DB cluster snapshot" in the Aurora User Guide.
  private static final int MOST_ACCOUNTS = 20;

  private static final String ATTRIBUTE = "restore";

  private final Catalog catalog;
  private final Snapshots snapshots;

  SnapshotSharing(Catalog catalog, Snapshots snapshots) {
    this.catalog = catalog;
    this.snapshots = snapshots;
  }

  DBClusterSnapshotAttributesResult describe(String idOrArn) {
    return of(snapshots.find("DBClusterSnapshotIdentifier", idOrArn));
  }

  private static DBClusterSnapshotAttributesResult of(Snapshot snapshot) {
    return DBClusterSnapshotAttributesResult.builder()
        .dbClusterSnapshotIdentifier(snapshot.id())
        .dbClusterSnapshotAttributes(
            DBClusterSnapshotAttribute.builder()
                .attributeName(ATTRIBUTE)
                .attributeValues(snapshot.restorers())
                .build())
        .build();
  }

  DBClusterSnapshotAttributesResult modify(ModifyDbClusterSnapshotAttributeRequest request) {
    Rules.required("AttributeName", request.attributeName());
    Rules.oneOf("AttributeName", request.attributeName(), ATTRIBUTE);
    request.valuesToAdd().forEach(SnapshotSharing::requireAccount);
    request.valuesToRemove().forEach(SnapshotSharing::requireAccount);
    return catalog.changing(() -> {
      var snapshot =
          snapshots.find("DBClusterSnapshotIdentifier", request.dbClusterSnapshotIdentifier());
      Snapshots.requireAvailable(snapshot);
      var shared = snapshot.restorableBy(changed(snapshot, request));
      catalog.snapshots.put(shared);
      return of(shared);
    });
  }

  private static void requireAccount(String value) {
    if (!value.equals("all") && !value.matches("[0-9]{12}")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value '%s': an account of 12 digits, or all.", value);
    }
  }

  private static List<String> changed(
      Snapshot snapshot, ModifyDbClusterSnapshotAttributeRequest request) {
    var accounts = new ArrayList<>(snapshot.restorers());
    accounts.removeAll(request.valuesToRemove());
    accounts.addAll(request.valuesToAdd());
    var distinct = accounts.stream().distinct().sorted().toList();
    if (distinct.contains("all") && Boolean.TRUE.equals(snapshot.settings().storageEncrypted())) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("An encrypted snapshot cannot be public.");
    }
    if (distinct.size() > MOST_ACCOUNTS) {
      throw RdsFault.SHARED_SNAPSHOT_QUOTA_EXCEEDED.with(
          "A snapshot can be shared with at most %d accounts", MOST_ACCOUNTS);
    }
    return distinct;
  }
}
