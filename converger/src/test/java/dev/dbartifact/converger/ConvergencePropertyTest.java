package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.options.ConvergeOptions;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.converger.state.Wishes;
import dev.dbartifact.rds.CreateInstance;
import dev.dbartifact.rds.FakeSettings;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.SettingField;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Whatever is wished for and whatever has drifted: a converge leaves nothing to do, and all of it
/// as it was wished for. That is looked up here, not asked of the planner, which would not see what
/// it has overlooked.
class ConvergencePropertyTest {
  private static final ClusterId TARGET = new ClusterId("dev-orders");
  private static final ClusterSettings OTHER =
      Example.orders(
              """
              {"target": {
               "network": {"port": 6000, "securityGroups": ["sg-ffffffff"],
                           "publiclyAccessible": true},
               "hardware": {"instanceClass": "db.r6g.16xlarge",
                            "serverless": {"min": "2.0", "max": "4.0"}},
               "maintenance": {"backupRetentionDays": 35, "backupWindow": "23:00-23:30",
                               "maintenanceWindow": "mon:01:00-mon:01:30",
                               "deletionProtection": true, "copyTagsToSnapshots": false,
                               "autoMinorVersionUpgrade": false},
               "parameters": {"clusterGroup": "somebody-elses", "instanceGroup": "somebody-elses"},
               "storage": {"storageType": "aurora-iopt1"},
               "access": {"iamAuthentication": false, "logExports": ["audit"]}}}
              """)
          .target();

  @Property(tries = 150)
  void afterAConvergeAllIsAsItWasWishedFor(
      @ForAll("wishes") String wish,
      @ForAll boolean create,
      @ForAll("drifts") Set<SettingField> drift,
      @ForAll @IntRange(min = -1, max = 1) int moreInstances,
      @ForAll boolean earlyInstances)
      throws Exception {
    ArtifactMetadata artifact = Example.orders(wish);
    var surroundings = new FakeSurroundings();
    var source = artifact.source();
    surroundings.world.with(source.id(), source.settings()).withPassword(source.id(), "source's");
    if (!earlyInstances) {
      surroundings.world.refusingEarlyInstances();
    }
    ClusterSettings wished =
        new Wishes(artifact, options(create)).desired(TARGET, "alice", Instant.EPOCH).settings();

    assertThat(converge(artifact, surroundings, create)).isInstanceOf(Outcome.Converged.class);
    assertIsAs(wished, found(surroundings));
    assertThat(converge(artifact, surroundings, create)).isInstanceOf(Outcome.Unchanged.class);

    drift.forEach(field -> drift(surroundings, field));
    changeCount(surroundings, moreInstances);
    assertThat(converge(artifact, surroundings, create))
        .isInstanceOf(
            moreInstances != 0 || drift.stream().anyMatch(field -> differs(field, wished))
                ? Outcome.Converged.class
                : Outcome.Unchanged.class);
    assertIsAs(wished, found(surroundings));
    assertThat(converge(artifact, surroundings, create)).isInstanceOf(Outcome.Unchanged.class);
  }

  private static void assertIsAs(ClusterSettings wished, FoundCluster found) {
    assertThat(found.instances()).hasSize(wished.hardware().instanceCount());
    for (SettingField field : SettingField.values()) {
      field
          .in(wished)
          .ifPresent(value ->
              assertThat(values(field, found))
                  .as(field.toString())
                  .isNotEmpty()
                  .containsOnly(Optional.of(value)));
    }
  }

  private static List<Optional<Object>> values(SettingField field, FoundCluster found) {
    return switch (field.scope()) {
      case CLUSTER -> List.of(field.in(found.settings()));
      case INSTANCE -> found.instances().stream().map(field::in).toList();
    };
  }

  private static FoundCluster found(FakeSurroundings surroundings) {
    return surroundings.world.cluster(TARGET.value()).orElseThrow();
  }

  private static boolean differs(SettingField field, ClusterSettings wished) {
    Optional<Object> wish = field.in(wished);
    return wish.isPresent() && !wish.equals(field.in(OTHER));
  }

  private static void drift(FakeSurroundings surroundings, SettingField field) {
    UnaryOperator<ClusterSettings> change = settings -> FakeSettings.set(settings, field, OTHER);
    switch (field.scope()) {
      case CLUSTER -> surroundings.world.drift(TARGET, change);
      case INSTANCE ->
          surroundings.world.driftInstance(found(surroundings).instances().getLast().id(), change);
    }
  }

  private static void changeCount(FakeSurroundings surroundings, int moreInstances) {
    if (moreInstances < 0) {
      surroundings.world.deleteInstance(found(surroundings).instances().getFirst().id());
    } else if (moreInstances > 0) {
      surroundings.world.createInstance(
          new CreateInstance(TARGET, new ClusterId(TARGET + "-extra"), OTHER, Tags.none()));
    }
  }

  @Provide
  Arbitrary<Set<SettingField>> drifts() {
    return Arbitraries.of(SettingField.class)
        .filter(field -> field.change() != SettingField.Change.IMPOSSIBLE)
        .set()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> wishes() {
    return Combinators.combine(
            Arbitraries.of("null", "5432", "6000"),
            Arbitraries.of("null", "1", "35"),
            Arbitraries.of("null", "\"04:00-04:30\""),
            Arbitraries.of("null", "true", "false"),
            Arbitraries.of("null", "[]", "[\"postgresql\"]", "[\"audit\", \"postgresql\"]"),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of("null", "\"prod-cluster\"", "\"Prod-Cluster\""),
            Arbitraries.of(
                "{}", "{\"subnetGroup\": null}", "{\"subnetGroup\": null, \"subnetIds\": null}"))
        .as((port, retention, window, flag, logs, instances, group, network) ->
            """
            {"target": {"network": {"port": %1$s, "publiclyAccessible": %4$s},
             "maintenance": {"backupRetentionDays": %2$s, "backupWindow": %3$s,
                             "deletionProtection": %4$s, "autoMinorVersionUpgrade": %4$s},
             "access": {"logExports": %5$s, "iamAuthentication": %4$s},
             "hardware": {"instanceCount": %6$d},
             "parameters": {"clusterGroup": %7$s, "instanceGroup": %7$s}}}
            """
                .formatted(port, retention, window, flag, logs, instances, group)
                .replace("\"network\": {", "\"network\": {" + inner(network)));
  }

  private static String inner(String network) {
    String inside = network.substring(1, network.length() - 1);
    return inside.isEmpty() ? "" : inside + ", ";
  }

  private static Outcome converge(
      ArtifactMetadata artifact, FakeSurroundings surroundings, boolean create) throws Exception {
    var progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, 80);
    return new Converger(artifact, options(create), surroundings, progress).converge();
  }

  private static ConvergeOptions options(boolean create) throws Exception {
    return OptionsReader.read(
        List.of(
            "--cluster_id",
            TARGET.value(),
            "--mode",
            create ? "create" : "clone",
            "--allow",
            "restarts",
            "--allow",
            "deletes-instances"),
        Map.of("DB_PASSWORD", "correct-horse-battery"),
        StandardInput.NONE);
  }
}
