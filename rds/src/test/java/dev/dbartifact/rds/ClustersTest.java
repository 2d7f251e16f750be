package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Never touch the source, nor anything that is not ours.
class ClustersTest {
  private static final ClusterId PROD = new ClusterId("prod");
  private static final ClusterId OTHER = new ClusterId("other");
  private static final SubnetIds SUBNETS = SubnetIds.parse("subnet-0000000a,subnet-0000000b");
  private static final Secret PASSWORD = Secret.masterPassword("a-password");

  private final FakeClusters world =
      new FakeClusters(new TurnableClock())
          .with(PROD, SampleSettings.full())
          .with(OTHER, SampleSettings.full());
  private final Clusters clusters = world.clustersOf(SampleSettings.artifact());

  private record Attempt(String name, BiConsumer<Clusters, ClusterId> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attempt> changes() {
    var fields = Set.of(SettingField.BACKUP_RETENTION);
    var full = SampleSettings.full();
    return Stream.of(
        new Attempt(
            "instance",
            (c, id) ->
                c.createInstance(
                    new CreateInstance(id, new ClusterId(id + "-9"), full, Tags.none()))),
        new Attempt(
            "modify",
            (c, id) ->
                c.modify(new ModifyCluster(id, fields, full, List.of()), Optional.of(PASSWORD))),
        new Attempt(
            "modify instance",
            (c, id) ->
                c.modifyInstance(
                    new ModifyInstance(
                        id, new ClusterId(id + "-1"), Set.of(SettingField.INSTANCE_CLASS), full))),
        new Attempt("reboot", (c, id) -> c.rebootInstance(id, new ClusterId(id + "-1"))),
        new Attempt("delete instance", (c, id) -> c.deleteInstance(id, new ClusterId(id + "-1"))),
        new Attempt("tag", (c, id) -> c.tag(c.find(id).orElseThrow(), Tags.of(Map.of("k", "v")))));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void noChangeReachesTheSource(Attempt attempt) {
    refuses(attempt, PROD, "is the source of the artifact");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void noChangeReachesAForeignCluster(Attempt attempt) {
    refuses(attempt, OTHER, "was not made by artifact 'shop'");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void noChangeReachesAClusterWithTheSealOfAnother(Attempt attempt) {
    var seal = new Seal(PROD, Digest.of(new byte[0]));
    tagOther(Map.of(OwnTags.NAME, "shop", OwnTags.SEAL, seal.toString()));

    refuses(attempt, OTHER, "was not made by artifact 'shop'");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void ourOwnCanBeChanged(Attempt attempt) {
    tagOther(Map.of(OwnTags.NAME, "shop"));

    attempt.change().accept(clusters, OTHER);

    assertThat(world.changes()).isNotEmpty();
  }

  @Test
  void theSourceIsNoTargetOfACloneOrACreate() {
    var clone = new CloneCluster(PROD, PROD, SampleSettings.full(), false, Tags.none());
    var create = new CreateCluster(PROD, SampleSettings.full(), Tags.none());

    assertThatThrownBy(() -> clusters.clone(clone)).hasMessageContaining("never touched");
    assertThatThrownBy(() -> clusters.create(create, PASSWORD))
        .hasMessageContaining("never touched");
    assertThat(world.changes()).isEmpty();
  }

  @Test
  void anInstanceOfAnotherClusterIsNotOurs() {
    tagOther(Map.of(OwnTags.NAME, "shop"));

    assertThatThrownBy(() -> clusters.deleteInstance(OTHER, new ClusterId("prod-1")))
        .hasMessageContaining("no instance of cluster 'other'");
    assertThat(world.changes()).isEmpty();
  }

  @Test
  void theClusterIsTaggedLast() {
    tagOther(Map.of(OwnTags.NAME, "shop"));

    clusters.tag(clusters.find(OTHER).orElseThrow(), Tags.of(Map.of("k", "v")));

    assertThat(world.changes())
        .containsExactly(
            "tag other-1 [db-artifact:name, k]",
            "tag other-2 [db-artifact:name, k]",
            "tag other [k]");
  }

  /// Of two runs at once, one makes the cluster, and the other may make an instance of it.
  @Test
  void anInstanceThatAnotherRunMadeGetsTheTagsOfItsCluster() {
    var made = OwnTags.CREATED_AT;
    world.tag(FakeRegion.ARN + "cluster:other", Tags.of(Map.of(OwnTags.NAME, "shop", made, "1")));
    world.tag(FakeRegion.ARN + "db:other-2", Tags.of(Map.of(made, "2", "k", "of its own")));

    clusters.tag(clusters.find(OTHER).orElseThrow(), Tags.of(Map.of("n", "v")));

    var other = clusters.find(OTHER).orElseThrow();
    assertThat(other.instances().getLast().tags())
        .isEqualTo(other.tags().with(Tags.of(Map.of("k", "of its own"))));
  }

  @Test
  void aSubnetGroupOfOursIsChangedThoughItsClusterIsNotThere() {
    world.withSubnetGroup("dev", SUBNETS, Tags.of(Map.of(OwnTags.NAME, "shop")));

    clusters.modifySubnetGroup(new ClusterId("dev"), SUBNETS);

    assertThat(world.changes()).containsExactly("modify subnet group dev");
  }

  @Test
  void aForeignSubnetGroupIsLeftAlone() {
    world.withSubnetGroup("dev", SUBNETS, Tags.of(Map.of(OwnTags.NAME, "other")));

    assertThatThrownBy(() -> clusters.modifySubnetGroup(new ClusterId("dev"), SUBNETS))
        .isInstanceOfSatisfying(
            AwsException.class,
            refused -> assertThat(refused.meaning()).isEqualTo(ErrorMeaning.REFUSED))
        .hasMessageContaining("DB subnet group 'dev': it was not made by artifact 'shop'");
    assertThat(world.changes()).isEmpty();
  }

  @Test
  void theSourcesSubnetGroupIsLeftAlone() {
    world.withSubnetGroup("prod", SUBNETS, Tags.of(Map.of(OwnTags.NAME, "shop")));

    assertThatThrownBy(() -> clusters.modifySubnetGroup(PROD, SUBNETS))
        .hasMessageContaining("never touched");
  }

  private void tagOther(Map<String, String> tags) {
    world.drift(OTHER, settings -> FakeSettings.withTags(settings, tags));
  }

  private void refuses(Attempt attempt, ClusterId id, String reason) {
    assertThatThrownBy(() -> attempt.change().accept(clusters, id))
        .isInstanceOfSatisfying(
            AwsException.class,
            refused -> assertThat(refused.meaning()).isEqualTo(ErrorMeaning.REFUSED))
        .hasMessageContaining(reason);
    assertThat(world.changes()).isEmpty();
  }
}
