package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeEventsRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventsResponse;
import software.amazon.awssdk.services.rds.model.Event;

class ClusterWatchTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Region region = new Region();
  private final ClusterWatch watch = new ClusterWatch(region, new PrintStream(told, true));

  @Test
  void eachStateIsToldOnce() {
    watch.look(cluster("creating"));
    watch.look(cluster("creating"));
    watch.look(cluster("available"));

    assertThat(told.toString().lines())
        .containsExactly(
            "  cluster shop-prod: creating",
            "  instance shop-prod-1: creating",
            "  cluster shop-prod: available");
  }

  @Test
  void aStateThatDoesNotPassEndsTheWaitWithItsReason() {
    assertThatThrownBy(() -> watch.look(cluster("failed")))
        .hasMessageContainingAll("cluster shop-prod is in state 'failed'", "the disk is full");
    region.instanceStatus = "incompatible-parameters";
    assertThatThrownBy(() -> watch.look(cluster("available")))
        .hasMessageContainingAll(
            "instance shop-prod-1 is in state 'incompatible-parameters'",
            "shop-prod-1: the disk is full");
  }

  private static DBCluster cluster(String status) {
    return DBCluster.builder().dbClusterIdentifier("shop-prod").status(status).build();
  }

  /// One instance, one event.
  private static final class Region implements RdsClient {
    String instanceStatus = "creating";

    @Override
    public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
      var instance =
          DBInstance.builder()
              .dbInstanceIdentifier("shop-prod-1")
              .dbInstanceStatus(instanceStatus)
              .build();
      return DescribeDbInstancesResponse.builder().dbInstances(instance).build();
    }

    @Override
    public DescribeEventsResponse describeEvents(DescribeEventsRequest request) {
      return DescribeEventsResponse.builder()
          .events(Event.builder().message("the disk is full").build())
          .build();
    }

    @Override
    public String serviceName() {
      return "rds";
    }

    @Override
    public void close() {}
  }
}
