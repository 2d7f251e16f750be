package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB cluster snapshots.
public final class SnapshotActions extends RdsActions {

  private final Snapshots snapshots;
  private final SnapshotSharing sharing;

  public SnapshotActions(Snapshots snapshots, SnapshotSharing sharing) {
    this.snapshots = snapshots;
    this.sharing = sharing;
  }

  @Override
  @Honours({"DBClusterIdentifier", "DBClusterSnapshotIdentifier", "Tags"})
  public CreateDbClusterSnapshotResponse createDBClusterSnapshot(
      CreateDbClusterSnapshotRequest request) {
    return CreateDbClusterSnapshotResponse.builder()
        .dbClusterSnapshot(snapshots.create(request))
        .build();
  }

  @Override
  @Honours(
      value = {
        "CopyTags",
        "KmsKeyId",
        "SourceDBClusterSnapshotIdentifier",
        "Tags",
        "TargetDBClusterSnapshotIdentifier"
      },
      kept = "KmsKeyId",
      differs = "Within the account and the Region only; the copy shares the blocks of its source.")
  public CopyDbClusterSnapshotResponse copyDBClusterSnapshot(CopyDbClusterSnapshotRequest request) {
    return CopyDbClusterSnapshotResponse.builder()
        .dbClusterSnapshot(snapshots.copy(request))
        .build();
  }

  @Override
  @Honours(
      value = {
        "DBClusterIdentifier",
        "DBClusterSnapshotIdentifier",
        "DbClusterResourceId",
        "Filters",
        "IncludePublic",
        "IncludeShared",
        "Marker",
        "MaxRecords",
        "SnapshotType"
      },
      differs = "There are no other accounts that could share theirs.")
  public DescribeDbClusterSnapshotsResponse describeDBClusterSnapshots(
      DescribeDbClusterSnapshotsRequest request) {
    return snapshots.describe(request);
  }

  @Override
  @Honours("DBClusterSnapshotIdentifier")
  public DeleteDbClusterSnapshotResponse deleteDBClusterSnapshot(
      DeleteDbClusterSnapshotRequest request) {
    return DeleteDbClusterSnapshotResponse.builder()
        .dbClusterSnapshot(snapshots.delete(request))
        .build();
  }

  @Override
  @Honours("DBClusterSnapshotIdentifier")
  public DescribeDbClusterSnapshotAttributesResponse describeDBClusterSnapshotAttributes(
      DescribeDbClusterSnapshotAttributesRequest request) {
    return DescribeDbClusterSnapshotAttributesResponse.builder()
        .dbClusterSnapshotAttributesResult(sharing.describe(request.dbClusterSnapshotIdentifier()))
        .build();
  }

  @Override
  @Honours(
      value = {"AttributeName", "DBClusterSnapshotIdentifier", "ValuesToAdd", "ValuesToRemove"},
      kept = {"ValuesToAdd", "ValuesToRemove"},
      differs = "There is one account: nobody else sees the snapshot.")
  public ModifyDbClusterSnapshotAttributeResponse modifyDBClusterSnapshotAttribute(
      ModifyDbClusterSnapshotAttributeRequest request) {
    return ModifyDbClusterSnapshotAttributeResponse.builder()
        .dbClusterSnapshotAttributesResult(sharing.modify(request))
        .build();
  }
}
