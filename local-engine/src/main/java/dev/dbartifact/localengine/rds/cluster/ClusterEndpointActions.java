package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.rds.model.CreateDbClusterEndpointRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterEndpointResponse;
import software.amazon.awssdk.services.rds.model.DBClusterEndpoint;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterEndpointRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterEndpointResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterEndpointsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterEndpointsResponse;
import software.amazon.awssdk.services.rds.model.DisableHttpEndpointRequest;
import software.amazon.awssdk.services.rds.model.DisableHttpEndpointResponse;
import software.amazon.awssdk.services.rds.model.EnableHttpEndpointRequest;
import software.amazon.awssdk.services.rds.model.EnableHttpEndpointResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterEndpointRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterEndpointResponse;

/// The actions on the endpoints of DB clusters, and the switch of that for the Data API.
public final class ClusterEndpointActions extends RdsActions {

  private static final Set<String> FIELDS =
      DBClusterEndpoint.builder().build().sdkFields().stream()
          .map(SdkField::locationName)
          .collect(Collectors.toSet());

  private final ClusterEndpoints endpoints;
  private final HttpEndpoints httpEndpoints;

  public ClusterEndpointActions(ClusterEndpoints endpoints, HttpEndpoints httpEndpoints) {
    this.endpoints = endpoints;
    this.httpEndpoints = httpEndpoints;
  }

  @Override
  @Honours(
      value = {
        "DBClusterEndpointIdentifier",
        "DBClusterIdentifier",
        "EndpointType",
        "ExcludedMembers",
        "StaticMembers",
        "Tags"
      },
      differs = "Each connection goes to the next member. Where none fits, it is closed.")
  public CreateDbClusterEndpointResponse createDBClusterEndpoint(
      CreateDbClusterEndpointRequest request) {
    var made = endpoints.create(request);
    return CreateDbClusterEndpointResponse.builder()
        .applyMutation(to -> Fields.copy(made, to, FIELDS))
        .build();
  }

  @Override
  @Honours({
    "DBClusterEndpointIdentifier",
    "DBClusterIdentifier",
    "Filters",
    "Marker",
    "MaxRecords"
  })
  public DescribeDbClusterEndpointsResponse describeDBClusterEndpoints(
      DescribeDbClusterEndpointsRequest request) {
    return endpoints.describe(request);
  }

  @Override
  @Honours({"DBClusterEndpointIdentifier", "EndpointType", "ExcludedMembers", "StaticMembers"})
  public ModifyDbClusterEndpointResponse modifyDBClusterEndpoint(
      ModifyDbClusterEndpointRequest request) {
    var modified = endpoints.modify(request);
    return ModifyDbClusterEndpointResponse.builder()
        .applyMutation(to -> Fields.copy(modified, to, FIELDS))
        .build();
  }

  @Override
  @Honours("DBClusterEndpointIdentifier")
  public DeleteDbClusterEndpointResponse deleteDBClusterEndpoint(
      DeleteDbClusterEndpointRequest request) {
    var deleted = endpoints.delete(request.dbClusterEndpointIdentifier());
    return DeleteDbClusterEndpointResponse.builder()
        .applyMutation(to -> Fields.copy(deleted, to, FIELDS))
        .build();
  }

  @Override
  @Honours("ResourceArn")
  public EnableHttpEndpointResponse enableHttpEndpoint(EnableHttpEndpointRequest request) {
    return EnableHttpEndpointResponse.builder()
        .resourceArn(request.resourceArn())
        .httpEndpointEnabled(httpEndpoints.set(request.resourceArn(), true))
        .build();
  }

  @Override
  @Honours("ResourceArn")
  public DisableHttpEndpointResponse disableHttpEndpoint(DisableHttpEndpointRequest request) {
    return DisableHttpEndpointResponse.builder()
        .resourceArn(request.resourceArn())
        .httpEndpointEnabled(httpEndpoints.set(request.resourceArn(), false))
        .build();
  }
}
