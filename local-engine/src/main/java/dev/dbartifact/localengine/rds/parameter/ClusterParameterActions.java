package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB cluster parameter groups.
public final class ClusterParameterActions extends RdsActions {

  private final ClusterParameterGroups groups;
  private final ParameterChanges changes;

  public ClusterParameterActions(ParameterGroups parameterGroups, ParameterChanges changes) {
    this.groups = parameterGroups.ofClusters();
    this.changes = changes;
  }

  @Override
  @Honours({"DBClusterParameterGroupName", "DBParameterGroupFamily", "Description", "Tags"})
  public CreateDbClusterParameterGroupResponse createDBClusterParameterGroup(
      CreateDbClusterParameterGroupRequest request) {
    return CreateDbClusterParameterGroupResponse.builder()
        .dbClusterParameterGroup(groups.create(request))
        .build();
  }

  @Override
  @Honours({"DBClusterParameterGroupName", "Filters", "Marker", "MaxRecords"})
  public DescribeDbClusterParameterGroupsResponse describeDBClusterParameterGroups(
      DescribeDbClusterParameterGroupsRequest request) {
    return groups.describe(request);
  }

  @Override
  @Honours("DBClusterParameterGroupName")
  public DeleteDbClusterParameterGroupResponse deleteDBClusterParameterGroup(
      DeleteDbClusterParameterGroupRequest request) {
    groups.delete(
        Rules.required("DBClusterParameterGroupName", request.dbClusterParameterGroupName()));
    return DeleteDbClusterParameterGroupResponse.builder().build();
  }

  @Override
  @Honours({
    "SourceDBClusterParameterGroupIdentifier",
    "Tags",
    "TargetDBClusterParameterGroupDescription",
    "TargetDBClusterParameterGroupIdentifier"
  })
  public CopyDbClusterParameterGroupResponse copyDBClusterParameterGroup(
      CopyDbClusterParameterGroupRequest request) {
    return CopyDbClusterParameterGroupResponse.builder()
        .dbClusterParameterGroup(groups.copy(request))
        .build();
  }

  @Override
  @Honours(
      value = {"DBClusterParameterGroupName", "Parameters"},
      differs =
          "The parameters are the settings of the real server. What would cut the engine off from"
              + " it, or endanger the data, cannot be modified; `IF` and formulas of booleans are"
              + " refused.")
  public ModifyDbClusterParameterGroupResponse modifyDBClusterParameterGroup(
      ModifyDbClusterParameterGroupRequest request) {
    return ModifyDbClusterParameterGroupResponse.builder()
        .dbClusterParameterGroupName(
            changes.modifyCluster(request.dbClusterParameterGroupName(), request.parameters()))
        .build();
  }

  @Override
  @Honours({"DBClusterParameterGroupName", "Parameters", "ResetAllParameters"})
  public ResetDbClusterParameterGroupResponse resetDBClusterParameterGroup(
      ResetDbClusterParameterGroupRequest request) {
    return ResetDbClusterParameterGroupResponse.builder()
        .dbClusterParameterGroupName(
            changes.resetCluster(
                request.dbClusterParameterGroupName(),
                request.resetAllParameters(),
                request.parameters()))
        .build();
  }

  @Override
  @Honours(
      value = {"DBClusterParameterGroupName", "Filters", "Marker", "MaxRecords", "Source"},
      differs = "The parameters, their limits and their texts are those of the real server.")
  public DescribeDbClusterParametersResponse describeDBClusterParameters(
      DescribeDbClusterParametersRequest request) {
    var page =
        changes
            .ofCluster(request.dbClusterParameterGroupName())
            .describe(request.source(), request.filters(), request.marker(), request.maxRecords());
    return DescribeDbClusterParametersResponse.builder()
        .parameters(page.items())
        .marker(page.marker())
        .build();
  }

  @Override
  @Honours({"DBParameterGroupFamily", "Filters", "Marker", "MaxRecords"})
  public DescribeEngineDefaultClusterParametersResponse describeEngineDefaultClusterParameters(
      DescribeEngineDefaultClusterParametersRequest request) {
    var page =
        changes
            .defaultsOfClusters(request.dbParameterGroupFamily())
            .describe(null, request.filters(), request.marker(), request.maxRecords());
    return DescribeEngineDefaultClusterParametersResponse.builder()
        .engineDefaults(
            EngineDefaults.builder()
                .dbParameterGroupFamily(request.dbParameterGroupFamily())
                .parameters(page.items())
                .marker(page.marker())
                .build())
        .build();
  }
}
