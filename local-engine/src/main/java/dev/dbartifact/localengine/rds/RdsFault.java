package dev.dbartifact.localengine.rds;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupDoesNotCoverEnoughAZsException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbParameterGroupStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbSubnetGroupStateException;
import software.amazon.awssdk.services.rds.model.InvalidSubnetException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// The faults of RDS with the codes that stand on the wire, some of which differ from the names of
/// the classes.
///
/// See the API model of RDS, version 2014-10-31.
enum RdsFault {
  CLUSTER_ALREADY_EXISTS(
      "DBClusterAlreadyExistsFault", 400, DbClusterAlreadyExistsException::builder),
  CLUSTER_NOT_FOUND("DBClusterNotFoundFault", 404, DbClusterNotFoundException::builder),
  CLUSTER_PARAMETER_GROUP_NOT_FOUND(
      "DBClusterParameterGroupNotFound", 404, DbClusterParameterGroupNotFoundException::builder),
  INSTANCE_ALREADY_EXISTS(
      "DBInstanceAlreadyExists", 400, DbInstanceAlreadyExistsException::builder),
  INSTANCE_NOT_FOUND("DBInstanceNotFound", 404, DbInstanceNotFoundException::builder),
  INVALID_CLUSTER_STATE("InvalidDBClusterStateFault", 400, InvalidDbClusterStateException::builder),
  INVALID_INSTANCE_STATE("InvalidDBInstanceState", 400, InvalidDbInstanceStateException::builder),
  INVALID_PARAMETER_COMBINATION("InvalidParameterCombination", 400, RdsException::builder),
  INVALID_PARAMETER_GROUP_STATE(
      "InvalidDBParameterGroupState", 400, InvalidDbParameterGroupStateException::builder),
  INVALID_PARAMETER_VALUE("InvalidParameterValue", 400, RdsException::builder),
  INVALID_SUBNET("InvalidSubnet", 400, InvalidSubnetException::builder),
  INVALID_SUBNET_GROUP_STATE(
      "InvalidDBSubnetGroupStateFault", 400, InvalidDbSubnetGroupStateException::builder),
  MISSING_PARAMETER("MissingParameter", 400, RdsException::builder),
  PARAMETER_GROUP_ALREADY_EXISTS(
      "DBParameterGroupAlreadyExists", 400, DbParameterGroupAlreadyExistsException::builder),
  PARAMETER_GROUP_NOT_FOUND(
      "DBParameterGroupNotFound", 404, DbParameterGroupNotFoundException::builder),
  SUBNET_GROUP_ALREADY_EXISTS(
      "DBSubnetGroupAlreadyExists", 400, DbSubnetGroupAlreadyExistsException::builder),
  SUBNET_GROUP_DOES_NOT_COVER_ENOUGH_AZS(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      400,
      DbSubnetGroupDoesNotCoverEnoughAZsException::builder),
  SUBNET_GROUP_NOT_FOUND(
      "DBSubnetGroupNotFoundFault", 404, DbSubnetGroupNotFoundException::builder);

  private final String code;
  private final int status;
  private final Supplier<? extends RdsException.Builder> exception;

  RdsFault(String code, int status, Supplier<? extends RdsException.Builder> exception) {
    this.code = code;
    this.status = status;
    this.exception = exception;
  }

  RuntimeException with(String message, Object... arguments) {
    var text = arguments.length == 0 ? message : message.formatted(arguments);
    return exception
        .get()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(text).build())
        .statusCode(status)
        .message(text)
        .build();
  }
}
