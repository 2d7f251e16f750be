package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on the snapshots of plain instances.
public final class InstanceSnapshotActions extends RdsActions {

  private final InstanceSnapshots snapshots;
  private final InstanceSnapshotSharing sharing;

  public InstanceSnapshotActions(InstanceSnapshots snapshots, InstanceSnapshotSharing sharing) {
    this.snapshots = snapshots;
    this.sharing = sharing;
  }

  @Override
  @Honours({"DBInstanceIdentifier", "DBSnapshotIdentifier", "Tags"})
  public CreateDbSnapshotResponse createDBSnapshot(CreateDbSnapshotRequest request) {
    return CreateDbSnapshotResponse.builder().dbSnapshot(snapshots.create(request)).build();
  }

  @Override
  @Honours(
      value = {
        "CopyTags",
        "KmsKeyId",
        "SourceDBSnapshotIdentifier",
        "Tags",
        "TargetDBSnapshotIdentifier"
      },
      kept = "KmsKeyId",
      differs = "Within the account and the Region only; the copy shares the blocks of its source.")
  public CopyDbSnapshotResponse copyDBSnapshot(CopyDbSnapshotRequest request) {
    return CopyDbSnapshotResponse.builder().dbSnapshot(snapshots.copy(request)).build();
  }

  @Override
  @Honours(
      value = {
        "DBInstanceIdentifier",
        "DBSnapshotIdentifier",
        "DbiResourceId",
        "Filters",
        "IncludePublic",
        "IncludeShared",
        "Marker",
        "MaxRecords",
        "SnapshotType"
      },
      differs = "There are no other accounts that could share theirs.")
  public DescribeDbSnapshotsResponse describeDBSnapshots(DescribeDbSnapshotsRequest request) {
    return snapshots.describe(request);
  }

  @Override
  @Honours("DBSnapshotIdentifier")
  public DeleteDbSnapshotResponse deleteDBSnapshot(DeleteDbSnapshotRequest request) {
    return DeleteDbSnapshotResponse.builder().dbSnapshot(snapshots.delete(request)).build();
  }

  @Override
  @Honours(
      value = {"DBSnapshotIdentifier", "EngineVersion"},
      differs =
          "To a later version of the same major version, which has the same server behind it.")
  public ModifyDbSnapshotResponse modifyDBSnapshot(ModifyDbSnapshotRequest request) {
    return ModifyDbSnapshotResponse.builder().dbSnapshot(snapshots.modify(request)).build();
  }

  @Override
  @Honours("DBSnapshotIdentifier")
  public DescribeDbSnapshotAttributesResponse describeDBSnapshotAttributes(
      DescribeDbSnapshotAttributesRequest request) {
    return DescribeDbSnapshotAttributesResponse.builder()
        .dbSnapshotAttributesResult(sharing.describe(request.dbSnapshotIdentifier()))
        .build();
  }

  @Override
  @Honours(
      value = {"AttributeName", "DBSnapshotIdentifier", "ValuesToAdd", "ValuesToRemove"},
      kept = {"ValuesToAdd", "ValuesToRemove"},
      differs = "There is one account: nobody else sees the snapshot.")
  public ModifyDbSnapshotAttributeResponse modifyDBSnapshotAttribute(
      ModifyDbSnapshotAttributeRequest request) {
    return ModifyDbSnapshotAttributeResponse.builder()
        .dbSnapshotAttributesResult(sharing.modify(request))
        .build();
  }
}
