package dev.dbartifact.localengine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.CopyOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterEndpointRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateEventSubscriptionRequest;
import software.amazon.awssdk.services.rds.model.DeleteOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.FailoverDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

class ResourceNamesTest {

  private static void assertName(String action, SdkPojo request, String name) {
    assertThat(ResourceNames.of(action, request)).as(action).isEqualTo(name);
  }

  @Test
  void whatIsMadeComesBeforeWhatItIsMadeFrom() {
    assertName(
        "CreateDBSnapshot",
        CreateDbSnapshotRequest.builder()
            .dbInstanceIdentifier("old")
            .dbSnapshotIdentifier("copy")
            .build(),
        "copy");
    assertName(
        "CreateDBClusterSnapshot",
        CreateDbClusterSnapshotRequest.builder()
            .dbClusterIdentifier("shop")
            .dbClusterSnapshotIdentifier("copy")
            .build(),
        "copy");
    assertName(
        "RestoreDBInstanceFromDBSnapshot",
        RestoreDbInstanceFromDbSnapshotRequest.builder()
            .dbInstanceIdentifier("new")
            .dbSnapshotIdentifier("copy")
            .build(),
        "new");
    assertName(
        "RestoreDBInstanceToPointInTime",
        RestoreDbInstanceToPointInTimeRequest.builder()
            .sourceDBInstanceIdentifier("old")
            .targetDBInstanceIdentifier("new")
            .build(),
        "new");
    assertName(
        "CreateDBClusterEndpoint",
        CreateDbClusterEndpointRequest.builder()
            .dbClusterIdentifier("shop")
            .dbClusterEndpointIdentifier("reports")
            .build(),
        "reports");
  }

  @Test
  void aClusterFailsOverNotTheInstanceThatTakesItsPlace() {
    assertName(
        "FailoverDBCluster",
        FailoverDbClusterRequest.builder()
            .dbClusterIdentifier("shop")
            .targetDBInstanceIdentifier("shop-2")
            .build(),
        "shop");
  }

  @Test
  void groupsOfOptionsAndSubscriptionsHaveNames() {
    assertName(
        "DeleteOptionGroup",
        DeleteOptionGroupRequest.builder().optionGroupName("audit").build(),
        "audit");
    assertName(
        "CopyOptionGroup",
        CopyOptionGroupRequest.builder()
            .sourceOptionGroupIdentifier("audit")
            .targetOptionGroupIdentifier("audit-2")
            .build(),
        "audit-2");
    assertName(
        "CreateEventSubscription",
        CreateEventSubscriptionRequest.builder().subscriptionName("alarm").build(),
        "alarm");
    assertName(
        "CreateDBCluster",
        CreateDbClusterRequest.builder()
            .dbClusterIdentifier("shop")
            .optionGroupName("audit")
            .build(),
        "shop");
  }

  @Test
  void ofAnArnTheLastPartIsTheName() {
    assertName(
        "ListTagsForResource",
        ListTagsForResourceRequest.builder()
            .resourceName("arn:aws:rds:us-west-2:000000000000:cluster:shop")
            .build(),
        "shop");
    assertName("GetCallerIdentity", GetCallerIdentityRequest.builder().build(), "");
  }
}
