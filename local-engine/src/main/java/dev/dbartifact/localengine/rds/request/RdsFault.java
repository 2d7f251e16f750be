package dev.dbartifact.localengine.rds.request;

import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.wire.ServiceFault;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.rds.model.CertificateNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointQuotaExceededException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterQuotaExceededException;
import software.amazon.awssdk.services.rds.model.DbClusterRoleAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterRoleNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterRoleQuotaExceededException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotReadyException;
import software.amazon.awssdk.services.rds.model.DbInstanceRoleAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceRoleNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceRoleQuotaExceededException;
import software.amazon.awssdk.services.rds.model.DbLogFileNotFoundException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupQuotaExceededException;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupDoesNotCoverEnoughAZsException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupQuotaExceededException;
import software.amazon.awssdk.services.rds.model.DbSubnetQuotaExceededException;
import software.amazon.awssdk.services.rds.model.EventSubscriptionQuotaExceededException;
import software.amazon.awssdk.services.rds.model.GlobalClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.InstanceQuotaExceededException;
import software.amazon.awssdk.services.rds.model.InsufficientStorageClusterCapacityException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterSnapshotStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbParameterGroupStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbSnapshotStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbSubnetGroupStateException;
import software.amazon.awssdk.services.rds.model.InvalidEventSubscriptionStateException;
import software.amazon.awssdk.services.rds.model.InvalidOptionGroupStateException;
import software.amazon.awssdk.services.rds.model.InvalidResourceStateException;
import software.amazon.awssdk.services.rds.model.InvalidSubnetException;
import software.amazon.awssdk.services.rds.model.InvalidVpcNetworkStateException;
import software.amazon.awssdk.services.rds.model.KmsKeyNotAccessibleException;
import software.amazon.awssdk.services.rds.model.OptionGroupAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.OptionGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.OptionGroupQuotaExceededException;
import software.amazon.awssdk.services.rds.model.PointInTimeRestoreNotEnabledException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.ResourceNotFoundException;
import software.amazon.awssdk.services.rds.model.SharedSnapshotQuotaExceededException;
import software.amazon.awssdk.services.rds.model.SnapshotQuotaExceededException;
import software.amazon.awssdk.services.rds.model.SnsInvalidTopicException;
import software.amazon.awssdk.services.rds.model.SnsNoAuthorizationException;
import software.amazon.awssdk.services.rds.model.SourceNotFoundException;
import software.amazon.awssdk.services.rds.model.StorageQuotaExceededException;
import software.amazon.awssdk.services.rds.model.SubnetAlreadyInUseException;
import software.amazon.awssdk.services.rds.model.SubscriptionAlreadyExistException;
import software.amazon.awssdk.services.rds.model.SubscriptionCategoryNotFoundException;
import software.amazon.awssdk.services.rds.model.SubscriptionNotFoundException;

/// The faults of RDS with the codes that stand on the wire, some of which differ from the names of
/// the classes.
///
/// See the API model of RDS, version 2014-10-31.
public enum RdsFault {
  CERTIFICATE_NOT_FOUND("CertificateNotFound", 404, CertificateNotFoundException::builder),
  CLUSTER_ALREADY_EXISTS(
      "DBClusterAlreadyExistsFault", 400, DbClusterAlreadyExistsException::builder),
  CLUSTER_AUTOMATED_BACKUP_NOT_FOUND(
      "DBClusterAutomatedBackupNotFoundFault",
      404,
      DbClusterAutomatedBackupNotFoundException::builder),
  CLUSTER_ENDPOINT_ALREADY_EXISTS(
      "DBClusterEndpointAlreadyExistsFault", 400, DbClusterEndpointAlreadyExistsException::builder),
  CLUSTER_ENDPOINT_NOT_FOUND(
      "DBClusterEndpointNotFoundFault", 400, DbClusterEndpointNotFoundException::builder),
  CLUSTER_ENDPOINT_QUOTA_EXCEEDED(
      "DBClusterEndpointQuotaExceededFault", 403, DbClusterEndpointQuotaExceededException::builder),
  CLUSTER_NOT_FOUND("DBClusterNotFoundFault", 404, DbClusterNotFoundException::builder),
  CLUSTER_PARAMETER_GROUP_NOT_FOUND(
      "DBClusterParameterGroupNotFound", 404, DbClusterParameterGroupNotFoundException::builder),
  CLUSTER_QUOTA_EXCEEDED(
      "DBClusterQuotaExceededFault", 403, DbClusterQuotaExceededException::builder),
  CLUSTER_ROLE_ALREADY_EXISTS(
      "DBClusterRoleAlreadyExists", 400, DbClusterRoleAlreadyExistsException::builder),
  CLUSTER_ROLE_NOT_FOUND("DBClusterRoleNotFound", 404, DbClusterRoleNotFoundException::builder),
  CLUSTER_ROLE_QUOTA_EXCEEDED(
      "DBClusterRoleQuotaExceeded", 400, DbClusterRoleQuotaExceededException::builder),
  CLUSTER_SNAPSHOT_ALREADY_EXISTS(
      "DBClusterSnapshotAlreadyExistsFault", 400, DbClusterSnapshotAlreadyExistsException::builder),
  CLUSTER_SNAPSHOT_NOT_FOUND(
      "DBClusterSnapshotNotFoundFault", 404, DbClusterSnapshotNotFoundException::builder),
  EVENT_SUBSCRIPTION_QUOTA_EXCEEDED(
      "EventSubscriptionQuotaExceeded", 400, EventSubscriptionQuotaExceededException::builder),
  GLOBAL_CLUSTER_NOT_FOUND(
      "GlobalClusterNotFoundFault", 404, GlobalClusterNotFoundException::builder),
  INSTANCE_ALREADY_EXISTS(
      "DBInstanceAlreadyExists", 400, DbInstanceAlreadyExistsException::builder),
  INSTANCE_AUTOMATED_BACKUP_NOT_FOUND(
      "DBInstanceAutomatedBackupNotFound",
      404,
      DbInstanceAutomatedBackupNotFoundException::builder),
  INSTANCE_NOT_FOUND("DBInstanceNotFound", 404, DbInstanceNotFoundException::builder),
  INSTANCE_NOT_READY("DBInstanceNotReady", 400, DbInstanceNotReadyException::builder),
  INSTANCE_ROLE_ALREADY_EXISTS(
      "DBInstanceRoleAlreadyExists", 400, DbInstanceRoleAlreadyExistsException::builder),
  INSTANCE_ROLE_NOT_FOUND("DBInstanceRoleNotFound", 404, DbInstanceRoleNotFoundException::builder),
  INSTANCE_ROLE_QUOTA_EXCEEDED(
      "DBInstanceRoleQuotaExceeded", 400, DbInstanceRoleQuotaExceededException::builder),
  INSTANCE_QUOTA_EXCEEDED("InstanceQuotaExceeded", 400, InstanceQuotaExceededException::builder),
  INSUFFICIENT_STORAGE(
      "InsufficientStorageClusterCapacity",
      400,
      InsufficientStorageClusterCapacityException::builder),
  INVALID_CLUSTER_SNAPSHOT_STATE(
      "InvalidDBClusterSnapshotStateFault", 400, InvalidDbClusterSnapshotStateException::builder),
  INVALID_CLUSTER_STATE("InvalidDBClusterStateFault", 400, InvalidDbClusterStateException::builder),
  INVALID_EVENT_SUBSCRIPTION_STATE(
      "InvalidEventSubscriptionState", 400, InvalidEventSubscriptionStateException::builder),
  INVALID_INSTANCE_STATE("InvalidDBInstanceState", 400, InvalidDbInstanceStateException::builder),
  INVALID_PARAMETER_COMBINATION("InvalidParameterCombination", 400, RdsException::builder),
  INVALID_PARAMETER_GROUP_STATE(
      "InvalidDBParameterGroupState", 400, InvalidDbParameterGroupStateException::builder),
  INVALID_PARAMETER_VALUE("InvalidParameterValue", 400, RdsException::builder),
  INVALID_SNAPSHOT_STATE("InvalidDBSnapshotState", 400, InvalidDbSnapshotStateException::builder),
  INVALID_SUBNET("InvalidSubnet", 400, InvalidSubnetException::builder),
  INVALID_VPC_NETWORK_STATE(
      "InvalidVPCNetworkStateFault", 400, InvalidVpcNetworkStateException::builder),
  INVALID_SUBNET_GROUP_STATE(
      "InvalidDBSubnetGroupStateFault", 400, InvalidDbSubnetGroupStateException::builder),
  INVALID_OPTION_GROUP_STATE(
      "InvalidOptionGroupStateFault", 400, InvalidOptionGroupStateException::builder),
  INVALID_RESOURCE_STATE("InvalidResourceStateFault", 400, InvalidResourceStateException::builder),
  KMS_KEY_NOT_ACCESSIBLE("KMSKeyNotAccessibleFault", 400, KmsKeyNotAccessibleException::builder),
  LOG_FILE_NOT_FOUND("DBLogFileNotFoundFault", 404, DbLogFileNotFoundException::builder),
  MISSING_PARAMETER("MissingParameter", 400, RdsException::builder),
  OPTION_GROUP_ALREADY_EXISTS(
      "OptionGroupAlreadyExistsFault", 400, OptionGroupAlreadyExistsException::builder),
  OPTION_GROUP_NOT_FOUND("OptionGroupNotFoundFault", 404, OptionGroupNotFoundException::builder),
  OPTION_GROUP_QUOTA_EXCEEDED(
      "OptionGroupQuotaExceededFault", 400, OptionGroupQuotaExceededException::builder),
  PARAMETER_GROUP_ALREADY_EXISTS(
      "DBParameterGroupAlreadyExists", 400, DbParameterGroupAlreadyExistsException::builder),
  PARAMETER_GROUP_QUOTA_EXCEEDED(
      "DBParameterGroupQuotaExceeded", 400, DbParameterGroupQuotaExceededException::builder),
  PARAMETER_GROUP_NOT_FOUND(
      "DBParameterGroupNotFound", 404, DbParameterGroupNotFoundException::builder),
  POINT_IN_TIME_RESTORE_NOT_ENABLED(
      "PointInTimeRestoreNotEnabled", 400, PointInTimeRestoreNotEnabledException::builder),
  RESOURCE_NOT_FOUND("ResourceNotFoundFault", 404, ResourceNotFoundException::builder),
  SHARED_SNAPSHOT_QUOTA_EXCEEDED(
      "SharedSnapshotQuotaExceeded", 400, SharedSnapshotQuotaExceededException::builder),
  SNAPSHOT_ALREADY_EXISTS(
      "DBSnapshotAlreadyExists", 400, DbSnapshotAlreadyExistsException::builder),
  SNAPSHOT_NOT_FOUND("DBSnapshotNotFound", 404, DbSnapshotNotFoundException::builder),
  SNAPSHOT_QUOTA_EXCEEDED("SnapshotQuotaExceeded", 400, SnapshotQuotaExceededException::builder),
  SNS_INVALID_TOPIC("SNSInvalidTopic", 400, SnsInvalidTopicException::builder),
  SNS_NO_AUTHORIZATION("SNSNoAuthorization", 400, SnsNoAuthorizationException::builder),
  SOURCE_NOT_FOUND("SourceNotFound", 404, SourceNotFoundException::builder),
  STORAGE_QUOTA_EXCEEDED("StorageQuotaExceeded", 400, StorageQuotaExceededException::builder),
  SUBNET_ALREADY_IN_USE("SubnetAlreadyInUse", 400, SubnetAlreadyInUseException::builder),
  SUBNET_GROUP_ALREADY_EXISTS(
      "DBSubnetGroupAlreadyExists", 400, DbSubnetGroupAlreadyExistsException::builder),
  SUBNET_GROUP_DOES_NOT_COVER_ENOUGH_AZS(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      400,
      DbSubnetGroupDoesNotCoverEnoughAZsException::builder),
  SUBNET_GROUP_QUOTA_EXCEEDED(
      "DBSubnetGroupQuotaExceeded", 400, DbSubnetGroupQuotaExceededException::builder),
  SUBNET_QUOTA_EXCEEDED("DBSubnetQuotaExceededFault", 400, DbSubnetQuotaExceededException::builder),
  SUBNET_GROUP_NOT_FOUND(
      "DBSubnetGroupNotFoundFault", 404, DbSubnetGroupNotFoundException::builder),
  SUBSCRIPTION_ALREADY_EXIST(
      "SubscriptionAlreadyExist", 400, SubscriptionAlreadyExistException::builder),
  SUBSCRIPTION_CATEGORY_NOT_FOUND(
      "SubscriptionCategoryNotFound", 404, SubscriptionCategoryNotFoundException::builder),
  SUBSCRIPTION_NOT_FOUND("SubscriptionNotFound", 404, SubscriptionNotFoundException::builder);

  /// Those that speak of room, the most fitting first.
  private static final List<RdsFault> OUT_OF_SPACE =
      List.of(
          INSUFFICIENT_STORAGE,
          STORAGE_QUOTA_EXCEEDED,
          SNAPSHOT_QUOTA_EXCEEDED,
          SHARED_SNAPSHOT_QUOTA_EXCEEDED,
          PARAMETER_GROUP_QUOTA_EXCEEDED,
          SUBNET_GROUP_QUOTA_EXCEEDED,
          SUBNET_QUOTA_EXCEEDED,
          CLUSTER_ENDPOINT_QUOTA_EXCEEDED,
          CLUSTER_ROLE_QUOTA_EXCEEDED,
          INSTANCE_ROLE_QUOTA_EXCEEDED);

  private final String code;
  private final int status;
  private final Supplier<? extends RdsException.Builder> exception;

  RdsFault(String code, int status, Supplier<? extends RdsException.Builder> exception) {
    this.code = code;
    this.status = status;
    this.exception = exception;
  }

  public RuntimeException with(String message, Object... arguments) {
    return ServiceFault.of(exception.get(), code, status, message, arguments);
  }

  /// What is answered where the disk is full.
  ///
  /// @param declared the faults that the model lists for the action
  /// @return `full` where none of them speaks of room
  public static RuntimeException outOfSpace(Set<Class<?>> declared, StateException full) {
    return OUT_OF_SPACE.stream()
        .filter(fault -> declared.contains(fault.exception.get().build().getClass()))
        .findFirst()
        .map(fault -> fault.with("There is no room to remember it: %s", full.getMessage()))
        .orElse(full);
  }
}
