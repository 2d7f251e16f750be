package dev.dbartifact.localengine.rds.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

class PauseRuleTest {

  private static final Cluster CLUSTER = cluster(0.0, "available");
  private static final Instance WRITER = instance("dev-1", "db.serverless", "available");

  @Test
  void oneServerlessInstanceMayPause() {
    assertThat(PauseRule.obstacle(CLUSTER, List.of(WRITER))).isEmpty();
  }

  @Test
  void capacityKeepsAwake() {
    assertThat(PauseRule.obstacle(cluster(0.5, "available"), List.of(WRITER)))
        .contains("its minimum capacity is not 0");
    assertThat(PauseRule.obstacle(CLUSTER.with(b -> unlimited(b)), List.of(WRITER)))
        .contains("its minimum capacity is not 0");
  }

  @Test
  void whateverIsUnderWayKeepsAwake() {
    assertThat(PauseRule.obstacle(cluster(0.0, "upgrading"), List.of(WRITER)))
        .contains("it is upgrading");
    assertThat(
            PauseRule.obstacle(
                CLUSTER, List.of(instance("dev-1", "db.serverless", "configuring-log-exports"))))
        .contains("instance 'dev-1' is configuring-log-exports");
  }

  @Test
  void withoutAnInstanceThereIsNothingToPause() {
    assertThat(PauseRule.obstacle(CLUSTER, List.of())).contains("it has no instance");
  }

  @Test
  void whereNothingWasChosenItTakesFiveMinutes() {
    assertThat(CLUSTER.idleUntilPause()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void provisionedInstancesNeverPause() {
    assertThat(PauseRule.obstacle(CLUSTER, List.of(instance("dev-1", "db.r6g.large", "available"))))
        .contains("instance 'dev-1' is not serverless");
  }

  @Test
  void readersKeepAwake() {
    assertThat(
            PauseRule.obstacle(
                CLUSTER, List.of(WRITER, instance("dev-2", "db.serverless", "available"))))
        .contains("it has readers");
  }

  @Test
  void logicalReplicationKeepsAwake() {
    assertThat(
            PauseRule.obstacle(CLUSTER, List.of(WRITER.applying(Map.of("wal_level", "logical")))))
        .contains("logical replication is on");
    assertThat(PauseRule.obstacle(CLUSTER, List.of(WRITER.applying(Map.of("work_mem", "64MB")))))
        .isEmpty();
  }

  private static DBCluster.Builder unlimited(DBCluster.Builder builder) {
    return builder.serverlessV2ScalingConfiguration(
        (software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo) null);
  }

  private static Cluster cluster(double least, String status) {
    return new Cluster(
        "cluster-1",
        "127.77.0.1",
        "127.77.0.2",
        null,
        null,
        null,
        null,
        null,
        null,
        DBCluster.builder()
            .dbClusterIdentifier("dev")
            .engine("aurora-postgresql")
            .status(status)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(least).maxCapacity(4.0))
            .build());
  }

  private static Instance instance(String id, String size, String status) {
    return Instance.fresh(
        "cluster-1",
        "127.77.0.3",
        DBInstance.builder()
            .dbInstanceIdentifier(id)
            .dbInstanceClass(size)
            .dbInstanceStatus(status)
            .build());
  }
}
