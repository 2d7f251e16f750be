package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.conformance.Conformance;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The checks of conformance, over the wire: the engine passes all of them, and each of these
/// broken ones fails the check that is there for it. That shows that the checks can fail.
class ConformanceTest {

  @RegisterExtension
  static final QuietLog QUIET = QuietLog.of("rds.storage.ClusterWork", "rds.storage.SnapshotWork");

  @TempDir Path memory;

  @Test
  void theEnginePasses() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine =
        BreakableEngine.start(memory, host, UnaryOperator.identity(), UnaryOperator.identity())) {
      assertThat(Conformance.failures(engine.endpoint())).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> brokenOnesDoNot() {
    return Stream.of(mutants(), PlainMutants.all(), PlainReplicaMutants.all())
        .flatMap(each -> each)
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> reject(mutant)));
  }

  private void reject(Mutant mutant) throws Exception {
    assertThat(Conformance.names()).contains(mutant.rejectedBy());
    var folder = Files.createTempDirectory(memory, "mutant");
    try (var engine =
        BreakableEngine.start(folder, new FakeDatabaseHost(), mutant.host(), mutant.rds())) {
      assertThat(Conformance.failure(engine.endpoint(), mutant.rejectedBy())).isPresent();
    }
  }

  private static Stream<Mutant> mutants() {
    return Stream.of(
        Mutant.answers(
            "no status on the way to available",
            "<(Status|DBInstanceStatus)>creating<",
            "<$1>available<",
            "what is made is creating before it is available"),
        Mutant.answers(
            "no status on the way out",
            "<(Status|DBInstanceStatus)>deleting<",
            "<$1>available<",
            "what is deleted is deleting before it is gone"),
        Mutant.answers(
            "a wrong fault code",
            "<Code>DBClusterNotFoundFault<",
            "<Code>DBClusterNotFound<",
            "what is not there is not found"),
        Mutant.answers(
            "a fault of the wrong kind",
            "<Code>DBClusterAlreadyExistsFault<",
            "<Code>InvalidParameterValue<",
            "a name is taken once"),
        new Mutant(
            "a wrong HTTP status",
            UnaryOperator.identity(),
            Breakages::statusOfFaultsIs400,
            "what is not there is not found"),
        new Mutant(
            "a delete that ignores protection",
            UnaryOperator.identity(),
            service ->
                Breakages.before(
                    service,
                    "DeleteDBCluster",
                    form ->
                        form.replace("Action=DeleteDBCluster", "Action=ModifyDBCluster")
                                .replaceAll("&SkipFinalSnapshot=[a-z]+", "")
                            + "&DeletionProtection=false&ApplyImmediately=true"),
            "a protected cluster is not deleted"),
        new Mutant(
            "a delete of a cluster that has instances",
            UnaryOperator.identity(),
            service ->
                Breakages.before(
                    service,
                    "DeleteDBCluster",
                    form ->
                        "Action=DeleteDBInstance&DBInstanceIdentifier="
                            + form.replaceAll(".*&DBClusterIdentifier=([^&]+).*", "$1-1")),
            "a cluster with instances is not deleted"),
        new Mutant(
            "a change that never waits",
            UnaryOperator.identity(),
            service ->
                Breakages.changed(
                    service,
                    "ModifyDBCluster",
                    form ->
                        form.replaceAll("&ApplyImmediately=[a-z]+", "") + "&ApplyImmediately=true"),
            "what is not to be applied at once is pending"),
        new Mutant(
            "a restore that keeps the settings of its source",
            UnaryOperator.identity(),
            service ->
                Breakages.changed(
                    service,
                    "RestoreDBClusterToPointInTime",
                    form -> form + "&DeletionProtection=true&CopyTagsToSnapshot=true&Port=5999"),
            "a restore takes defaults for its settings"),
        Mutant.host(
            "storage shared by source and clone",
            host ->
                Breakages.after(
                    host,
                    "copy",
                    (broken, arguments) ->
                        broken.words.put(
                            (StorageId) arguments[1],
                            broken.words.computeIfAbsent(
                                (StorageId) arguments[0], any -> FakeDatabases.noWords()))),
            "source and clone go their own ways"),
        Mutant.host(
            "a clone without data",
            host ->
                Breakages.after(
                    host,
                    "copy",
                    (broken, arguments) ->
                        broken.words.put((StorageId) arguments[1], FakeDatabases.noWords())),
            "a clone has the data of its source"),
        Mutant.host(
            "a full copy reported as copy-on-write",
            host ->
                Breakages.instead(
                    host,
                    "copy",
                    (broken, arguments) -> {
                      broken.copy(
                          (StorageId) arguments[0], (StorageId) arguments[1], CloneKind.FULL_COPY);
                      return arguments[2];
                    }),
            "a copy-on-write clone shares its blocks"),
        Mutant.host(
            "copy-on-write that copies",
            host ->
                Breakages.instead(
                    host,
                    "copy",
                    (broken, arguments) ->
                        broken.copy(
                            (StorageId) arguments[0],
                            (StorageId) arguments[1],
                            CloneKind.FULL_COPY)),
            "a copy-on-write clone shares its blocks"),
        Mutant.host(
            "a full copy that shares",
            host ->
                Breakages.instead(
                    host,
                    "copy",
                    (broken, arguments) ->
                        broken.copy(
                            (StorageId) arguments[0],
                            (StorageId) arguments[1],
                            CloneKind.COPY_ON_WRITE)),
            "a full copy shares nothing"),
        Mutant.host(
            "a password change that is never applied",
            host -> Breakages.instead(host, "changeMasterPassword", (_, _) -> null),
            "a new password is soon the only one"),
        Mutant.host(
            "a stop that leaves the server running",
            host -> Breakages.instead(host, "stop", (_, _) -> null),
            "a stopped cluster lets nobody in"));
  }
}
