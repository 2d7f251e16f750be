package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshotAttribute;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshotAttributesResult;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterSnapshotAttributeRequest;

/// Who may restore a snapshot. There is one account here, so this is remembered and shown only.
public final class SnapshotSharing {

  /// See "Sharing a DB cluster snapshot" in the Aurora User Guide.
  private static final int MOST_ACCOUNTS = 20;

  static final String ATTRIBUTE = "restore";

  private final Catalog catalog;
  private final Snapshots snapshots;

  public SnapshotSharing(Catalog catalog, Snapshots snapshots) {
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
    check(request.attributeName(), request.valuesToAdd(), request.valuesToRemove());
    return catalog.changing(() -> {
      var snapshot =
          snapshots.find("DBClusterSnapshotIdentifier", request.dbClusterSnapshotIdentifier());
      Snapshots.requireAvailable(snapshot);
      requireManual(snapshot, RdsFault.INVALID_CLUSTER_SNAPSHOT_STATE);
      var shared = changed(snapshot, request.valuesToAdd(), request.valuesToRemove());
      catalog.snapshots.put(shared);
      return of(shared);
    });
  }

  /// See "Sharing a DB cluster snapshot" in the Aurora User Guide: an automated one is copied
  /// first.
  static void requireManual(Snapshot snapshot, RdsFault otherwise) {
    if (snapshot.isAutomated()) {
      throw otherwise.with(
          "Snapshot %s is automated, and only manual snapshots can be shared. Copy it, and share"
              + " the copy.",
          snapshot.id());
    }
  }

  static void check(String attribute, List<String> toAdd, List<String> toRemove) {
    Rules.required("AttributeName", attribute);
    Rules.oneOf("AttributeName", attribute, ATTRIBUTE);
    toAdd.forEach(SnapshotSharing::requireAccount);
    toRemove.forEach(SnapshotSharing::requireAccount);
    requireDisjoint(toAdd, toRemove);
  }

  private static void requireDisjoint(List<String> toAdd, List<String> toRemove) {
    for (var value : toAdd) {
      if (toRemove.contains(value)) {
        throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
            "The value %s cannot be in both ValuesToAdd and ValuesToRemove.", value);
      }
    }
  }

  private static void requireAccount(String value) {
    if (!value.equals("all") && !value.matches("[0-9]{12}")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value '%s': an account of 12 digits, or all.", value);
    }
  }

  static Snapshot changed(Snapshot snapshot, List<String> toAdd, List<String> toRemove) {
    var accounts = new ArrayList<>(snapshot.restorers());
    accounts.removeAll(toRemove);
    accounts.addAll(toAdd);
    var distinct = accounts.stream().distinct().sorted().toList();
    if (distinct.contains("all") && Boolean.TRUE.equals(snapshot.settings().storageEncrypted())) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("An encrypted snapshot cannot be public.");
    }
    if (distinct.size() > MOST_ACCOUNTS) {
      throw RdsFault.SHARED_SNAPSHOT_QUOTA_EXCEEDED.with(
          "A snapshot can be shared with at most %d accounts", MOST_ACCOUNTS);
    }
    return snapshot.restorableBy(distinct);
  }
}
