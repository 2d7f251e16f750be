package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB subnet groups.
public final class SubnetGroupActions extends RdsActions {

  private final SubnetGroups subnetGroups;

  public SubnetGroupActions(SubnetGroups subnetGroups) {
    this.subnetGroups = subnetGroups;
  }

  @Override
  @Honours(
      value = {"DBSubnetGroupDescription", "DBSubnetGroupName", "SubnetIds", "Tags"},
      differs = "The subnets are those of the one VPC of the engine.")
  public CreateDbSubnetGroupResponse createDBSubnetGroup(CreateDbSubnetGroupRequest request) {
    return CreateDbSubnetGroupResponse.builder()
        .dbSubnetGroup(subnetGroups.create(request))
        .build();
  }

  @Override
  @Honours({"DBSubnetGroupName", "Filters", "Marker", "MaxRecords"})
  public DescribeDbSubnetGroupsResponse describeDBSubnetGroups(
      DescribeDbSubnetGroupsRequest request) {
    return subnetGroups.describe(request);
  }

  @Override
  @Honours({"DBSubnetGroupDescription", "DBSubnetGroupName", "SubnetIds"})
  public ModifyDbSubnetGroupResponse modifyDBSubnetGroup(ModifyDbSubnetGroupRequest request) {
    return ModifyDbSubnetGroupResponse.builder()
        .dbSubnetGroup(subnetGroups.modify(request))
        .build();
  }

  @Override
  @Honours("DBSubnetGroupName")
  public DeleteDbSubnetGroupResponse deleteDBSubnetGroup(DeleteDbSubnetGroupRequest request) {
    subnetGroups.delete(request);
    return DeleteDbSubnetGroupResponse.builder().build();
  }
}
