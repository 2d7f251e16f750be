package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Each group shows how far the server is behind what that group says.
class ParameterStatusTest extends ParameterFixture {

  @Test
  void whatWaitsInTheInstancesGroupIsNoMatterOfTheClusters() {
    ofInstance("max_connections", "50", "pending-reboot");

    ofCluster("work_mem", "8192", "immediate");

    TestEngine.await("the reload", () -> ofTheServer().equals(Map.of("work_mem", "8192")));
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(ofTheInstance()).isEqualTo("pending-reboot");
  }

  @Test
  void whatWaitsInTheClustersGroupIsNoMatterOfTheInstances() {
    ofCluster("max_connections", "50", "pending-reboot");

    ofInstance("work_mem", "8192", "immediate");

    TestEngine.await("in-sync", () -> ofTheInstance().equals("in-sync"));
    assertThat(ofTheCluster()).isEqualTo("pending-reboot");
  }

  @Test
  void aGroupWaitsUntilItSaysAgainWhatTheServerHas() {
    ofInstance("max_connections", "50", "pending-reboot");
    ofCluster("work_mem", "8192", "immediate");

    reset();

    assertThat(ofTheInstance()).isEqualTo("in-sync");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
  }

  @Test
  void aGroupWaitsForWhatItHasLostAlsoWhileTheOtherIsChanged() {
    ofInstance("max_connections", "50", "pending-reboot");
    reboot();
    reset();
    assertThat(ofTheInstance()).isEqualTo("pending-reboot");

    ofCluster("work_mem", "8192", "immediate");

    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(ofTheInstance()).isEqualTo("pending-reboot");
  }

  @Test
  void whatTheInstancesGroupOverrulesWaitsForNothingInTheClusters() {
    ofInstance("max_connections", "50", "pending-reboot");
    reboot();

    ofCluster("max_connections", "60", "pending-reboot");

    assertThat(ofTheCluster()).isEqualTo("in-sync");
    assertThat(ofTheInstance()).isEqualTo("in-sync");
  }

  /// The server has what the instance's group says, so that nothing waits for the cluster's.
  @Test
  void aGroupThatIsOverruledMeanwhileWaitsNoLonger() {
    ofCluster("work_mem", "8192", "pending-reboot");
    assertThat(ofTheCluster()).isEqualTo("pending-reboot");

    ofInstance("work_mem", "16384", "immediate");

    TestEngine.await("in-sync", () -> ofTheInstance().equals("in-sync"));
    assertThat(ofTheCluster()).isEqualTo("in-sync");
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "16384"));
  }

  private void reset() {
    engine.rds.resetDBParameterGroup(r -> r.dbParameterGroupName("own").resetAllParameters(true));
  }
}
