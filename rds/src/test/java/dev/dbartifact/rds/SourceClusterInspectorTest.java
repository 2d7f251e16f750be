package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.SubnetIds;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceClusterInspectorTest {
  private static final ClusterId PROD = new ClusterId("prod-orders");
  private static final SubnetIds SUBNETS = SubnetIds.parse("subnet-0000000a, subnet-0000000b");

  private FakeClusters world;

  @BeforeEach
  void aSource() {
    world =
        new FakeClusters(new TurnableClock())
            .withSubnetGroup("prod-subnets", SUBNETS)
            .with(PROD, SampleSettings.full());
  }

  @Test
  void readsEverythingThatCanBeChosen() {
    SourceCluster source = world.inspector().inspect(PROD);

    assertThat(source.id()).isEqualTo(PROD);
    assertThat(source.region()).isEqualTo("us-east-1");
    assertThat(source.settings().network().subnetIds()).contains(SUBNETS);
    assertThat(source.settings().hardware()).isEqualTo(SampleSettings.full().hardware());
    assertThat(source.settings().maintenance()).isEqualTo(SampleSettings.full().maintenance());
    assertThat(source.settings().parameters()).isEqualTo(SampleSettings.full().parameters());
  }

  @Test
  void whatAnArtifactWroteOnASourceItMadeIsNotTheSources() {
    world.drift(
        PROD,
        settings ->
            FakeSettings.withTags(
                settings, Map.of("env", "prod", OwnTags.NAME, "shop", OwnTags.SEAL, "x")));

    assertThat(world.inspector().inspect(PROD).settings().tags().values())
        .containsEntry("env", "prod")
        .doesNotContainKeys(OwnTags.NAME, OwnTags.SEAL);
  }

  @Test
  void findsAClusterByItsArn() {
    assertThat(
            world
                .inspector()
                .inspect("arn:aws:rds:us-east-1:123456789012:cluster:prod-orders")
                .id())
        .isEqualTo(PROD);
  }

  @Test
  void refusesAClusterOfAnotherAccountWithTheReason() {
    assertThatThrownBy(() ->
            world.inspector().inspect("arn:aws:rds:us-east-1:999999999999:cluster:prod-orders"))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.meaning()).isEqualTo(ErrorMeaning.REFUSED))
        .hasMessageContainingAll("999999999999", "123456789012", "cannot be inspected");
    assertThat(world.reads()).isEmpty();
  }

  @Test
  void tellsTheRegionOfAClusterThatIsInAnother() {
    assertThatThrownBy(() ->
            world.inspector().inspect("arn:aws:rds:eu-west-3:123456789012:cluster:prod-orders"))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.meaning()).isEqualTo(ErrorMeaning.NOT_FOUND))
        .hasMessageContainingAll("it is in region eu-west-3, and us-east-1 was asked", "--region");
    assertThat(world.reads()).isEmpty();
  }

  @Test
  void namesWhatIsThereInsteadOfWhatIsNot() {
    assertThatThrownBy(() -> world.inspector().inspect("prod-order"))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.meaning()).isEqualTo(ErrorMeaning.NOT_FOUND))
        .hasMessage(
            "Could not inspect cluster 'prod-order': there is no such cluster in this region and"
                + " account. There are: prod-orders.");
  }

  @Test
  void refusesASourceThatIsNotAvailable() {
    world.withStatus(PROD, "stopped");

    assertThatThrownBy(() -> world.inspector().inspect(PROD))
        .isInstanceOf(AwsException.class)
        .hasMessageContainingAll("'stopped'", "aws rds start-db-cluster");
  }

  @Test
  void refusesASourceWithoutInstances() {
    world.with(new ClusterId("empty"), SampleSettings.bare());
    world.deleteInstance(new ClusterId("empty-1"));

    assertThatThrownBy(() -> world.inspector().inspect("empty"))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("no instances");
  }

  @Test
  void tellsTheZonesOfSubnetsThatSomeGroupHas() {
    var zones = world.inspector().zonesOf(SubnetIds.parse("subnet-0000000a,subnet-0000000c"));

    assertThat(zones.values()).containsExactly("us-east-1a");
  }
}
