package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB parameter groups, which are those of instances.
public final class InstanceParameterActions extends RdsActions {

  private final InstanceParameterGroups groups;
  private final ParameterChanges changes;

  public InstanceParameterActions(ParameterGroups parameterGroups, ParameterChanges changes) {
    this.groups = parameterGroups.ofInstances();
    this.changes = changes;
  }

  @Override
  @Honours({"DBParameterGroupFamily", "DBParameterGroupName", "Description", "Tags"})
  public CreateDbParameterGroupResponse createDBParameterGroup(
      CreateDbParameterGroupRequest request) {
    return CreateDbParameterGroupResponse.builder()
        .dbParameterGroup(groups.create(request))
        .build();
  }

  @Override
  @Honours({"DBParameterGroupName", "Filters", "Marker", "MaxRecords"})
  public DescribeDbParameterGroupsResponse describeDBParameterGroups(
      DescribeDbParameterGroupsRequest request) {
    return groups.describe(request);
  }

  @Override
  @Honours("DBParameterGroupName")
  public DeleteDbParameterGroupResponse deleteDBParameterGroup(
      DeleteDbParameterGroupRequest request) {
    groups.delete(Rules.required("DBParameterGroupName", request.dbParameterGroupName()));
    return DeleteDbParameterGroupResponse.builder().build();
  }

  @Override
  @Honours({
    "SourceDBParameterGroupIdentifier",
    "Tags",
    "TargetDBParameterGroupDescription",
    "TargetDBParameterGroupIdentifier"
  })
  public CopyDbParameterGroupResponse copyDBParameterGroup(CopyDbParameterGroupRequest request) {
    return CopyDbParameterGroupResponse.builder().dbParameterGroup(groups.copy(request)).build();
  }

  @Override
  @Honours(
      value = {"DBParameterGroupName", "Parameters"},
      differs =
          "The parameters are the settings of the real server. What would cut the engine off from"
              + " it, or endanger the data, cannot be modified; `IF` and formulas of booleans are"
              + " refused.")
  public ModifyDbParameterGroupResponse modifyDBParameterGroup(
      ModifyDbParameterGroupRequest request) {
    return ModifyDbParameterGroupResponse.builder()
        .dbParameterGroupName(
            changes.modifyInstance(request.dbParameterGroupName(), request.parameters()))
        .build();
  }

  @Override
  @Honours({"DBParameterGroupName", "Parameters", "ResetAllParameters"})
  public ResetDbParameterGroupResponse resetDBParameterGroup(ResetDbParameterGroupRequest request) {
    return ResetDbParameterGroupResponse.builder()
        .dbParameterGroupName(
            changes.resetInstance(
                request.dbParameterGroupName(), request.resetAllParameters(), request.parameters()))
        .build();
  }

  @Override
  @Honours(
      value = {"DBParameterGroupName", "Filters", "Marker", "MaxRecords", "Source"},
      differs = "The parameters, their limits and their texts are those of the real server.")
  public DescribeDbParametersResponse describeDBParameters(DescribeDbParametersRequest request) {
    var page =
        changes
            .ofInstance(request.dbParameterGroupName())
            .describe(request.source(), request.filters(), request.marker(), request.maxRecords());
    return DescribeDbParametersResponse.builder()
        .parameters(page.items())
        .marker(page.marker())
        .build();
  }

  @Override
  @Honours({"DBParameterGroupFamily", "Filters", "Marker", "MaxRecords"})
  public DescribeEngineDefaultParametersResponse describeEngineDefaultParameters(
      DescribeEngineDefaultParametersRequest request) {
    var page =
        changes
            .defaultsOfInstances(request.dbParameterGroupFamily())
            .describe(null, request.filters(), request.marker(), request.maxRecords());
    return DescribeEngineDefaultParametersResponse.builder()
        .engineDefaults(
            EngineDefaults.builder()
                .dbParameterGroupFamily(request.dbParameterGroupFamily())
                .parameters(page.items())
                .marker(page.marker())
                .build())
        .build();
  }
}
