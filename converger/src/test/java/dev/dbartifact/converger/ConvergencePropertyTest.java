package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.rds.FakeSettings;
import dev.dbartifact.rds.SettingField;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever is wished for and whatever has drifted: a converge leaves nothing to do.
class ConvergencePropertyTest {
  private static final ClusterId TARGET = new ClusterId("dev-orders");

  @Property(tries = 150)
  void afterAConvergeThereIsNothingToDo(
      @ForAll("wishes") String wish,
      @ForAll boolean create,
      @ForAll("drifts") Set<SettingField> drift,
      @ForAll boolean earlyInstances)
      throws Exception {
    ArtifactMetadata artifact = Example.orders(wish);
    var surroundings = new FakeSurroundings();
    var source = artifact.source();
    surroundings.world.with(source.id(), source.settings()).withPassword(source.id(), "source's");
    if (!earlyInstances) {
      surroundings.world.refusingEarlyInstances();
    }

    assertThat(converge(artifact, surroundings, create)).isInstanceOf(Outcome.Converged.class);
    assertThat(converge(artifact, surroundings, create)).isInstanceOf(Outcome.Unchanged.class);

    ClusterSettings other = Example.orders(OTHER).target();
    drift.forEach(field ->
        surroundings.world.drift(TARGET, settings -> FakeSettings.set(settings, field, other)));
    assertThat(converge(artifact, surroundings, create).exitCode()).isZero();
    assertThat(converge(artifact, surroundings, create)).isInstanceOf(Outcome.Unchanged.class);
  }

  private static final String OTHER =
      """
      {"target": {"network": {"port": 6000, "securityGroups": ["sg-ffffffff"]},
       "maintenance": {"backupRetentionDays": 35, "backupWindow": "23:00-23:30",
                       "maintenanceWindow": "mon:01:00-mon:01:30", "deletionProtection": true,
                       "copyTagsToSnapshots": false},
       "parameters": {"clusterGroup": "somebody-elses"}, "storage": {"storageType": "aurora-iopt1"},
       "access": {"iamAuthentication": false, "logExports": ["audit"]}}}
      """;

  @Provide
  Arbitrary<Set<SettingField>> drifts() {
    return Arbitraries.of(SettingField.class)
        .filter(field -> field.scope() == SettingField.Scope.CLUSTER)
        .filter(field -> field.change() != SettingField.Change.IMPOSSIBLE)
        .filter(field -> field != SettingField.SERVERLESS)
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
            Arbitraries.of("null", "\"prod-cluster\""),
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
    var options =
        OptionsReader.read(
            List.of(
                "--cluster_id",
                TARGET.value(),
                "--mode",
                create ? "create" : "clone",
                "--allow",
                "restarts"),
            Map.of("DB_PASSWORD", "correct-horse-battery"),
            StandardInput.NONE);
    var progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, 80);
    return new Converger(artifact, options, surroundings, progress).converge();
  }
}
