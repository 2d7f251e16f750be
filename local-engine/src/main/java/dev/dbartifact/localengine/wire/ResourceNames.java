package dev.dbartifact.localengine.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// Finds the name of what a request is about.
final class ResourceNames {

  /// What is made stands before what it is made from or in.
  private static final List<String> FIELDS =
      List.of(
          "TargetDBClusterSnapshotIdentifier",
          "TargetDBSnapshotIdentifier",
          "TargetDBInstanceIdentifier",
          "DBInstanceIdentifier",
          "DBSnapshotIdentifier",
          "DBClusterSnapshotIdentifier",
          "DBClusterEndpointIdentifier",
          "DBClusterIdentifier",
          "TargetDBClusterParameterGroupIdentifier",
          "DBClusterParameterGroupName",
          "TargetDBParameterGroupIdentifier",
          "DBParameterGroupName",
          "DBSubnetGroupName",
          "ResourceName",
          "ResourceArn",
          "resourceArn",
          "SecretId",
          "Id",
          "Name",
          "RoleArn",
          "RoleName",
          "TargetOptionGroupIdentifier",
          "OptionGroupName",
          "SubscriptionName");

  /// Actions whose requests name what would come before: the instance that is to become the writer,
  /// and the one that a snapshot is of.
  private static final Map<String, String> OWN =
      Map.of(
          "FailoverDBCluster", "DBClusterIdentifier",
          "CreateDBSnapshot", "DBSnapshotIdentifier");

  private ResourceNames() {}

  /// Of an ARN the last part; empty where the request names nothing.
  ///
  /// @param action such as `CreateDBCluster`
  static String of(String action, SdkPojo request) {
    return Stream.concat(Stream.ofNullable(OWN.get(action)), FIELDS.stream())
        .map(name -> value(request, name))
        .filter(Objects::nonNull)
        .findFirst()
        .map(text -> text.substring(text.lastIndexOf(':') + 1))
        .orElse("");
  }

  private static String value(SdkPojo request, String name) {
    for (SdkField<?> field : request.sdkFields()) {
      if (field.locationName().equals(name)
          && field.getValueOrDefault(request) instanceof String text) {
        return text;
      }
    }
    return null;
  }
}
