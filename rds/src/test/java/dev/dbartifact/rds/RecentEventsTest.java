package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ClusterId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeEventsRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventsResponse;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.SourceType;

class RecentEventsTest {
  private static final ClusterId CLUSTER = new ClusterId("dev-orders");
  private final Region region = new Region();

  @Test
  void thoseOfInstancesStandAmongThoseOfTheCluster_theLatestLast() {
    assertThat(new RecentEvents(region).of(CLUSTER))
        .containsExactly(
            "DB cluster created",
            "dev-orders-1: The database has incompatible parameters",
            "Failover started");
  }

  @Test
  void aRefusalIsToldLikeThatOfAnyCall() {
    region.refused = true;

    assertThatThrownBy(() -> new RecentEvents(region).of(CLUSTER))
        .isInstanceOf(AwsException.class)
        .hasMessageContainingAll("Could not read the events of cluster 'dev-orders'", "not yours");
  }

  /// A cluster with one instance, and what happened to both.
  private static final class Region implements RdsClient {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    boolean refused;

    @Override
    public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
      var instance = DBInstance.builder().dbInstanceIdentifier("dev-orders-1").build();
      return DescribeDbInstancesResponse.builder().dbInstances(instance).build();
    }

    @Override
    public DescribeEventsResponse describeEvents(DescribeEventsRequest request) {
      if (refused) {
        var details = AwsErrorDetails.builder().errorCode("AccessDenied").errorMessage("not yours");
        throw RdsException.builder().awsErrorDetails(details.build()).build();
      }
      var events =
          request.sourceType() == SourceType.DB_INSTANCE
              ? List.of(event(5, "The database has incompatible parameters"))
              : List.of(event(0, "DB cluster created"), event(9, "Failover started"));
      return DescribeEventsResponse.builder().events(events).build();
    }

    private static Event event(int minute, String message) {
      return Event.builder().date(NOON.plusSeconds(60L * minute)).message(message).build();
    }

    @Override
    public String serviceName() {
      return "rds";
    }

    @Override
    public void close() {}
  }
}
