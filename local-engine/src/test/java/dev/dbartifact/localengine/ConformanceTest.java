package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.conformance.Conformance;
import java.nio.file.Files;
import java.nio.file.Path;
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
  static final QuietLog QUIET =
      QuietLog.of("rds.storage.ClusterCreation", "rds.storage.SnapshotWork");

  @TempDir Path memory;

  @Test
  void theEnginePasses() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = BreakableEngine.start(memory, host, new FakeDatabases(host))) {
      assertThat(Conformance.failures(engine.endpoint())).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> brokenOnesDoNot() {
    return Stream.of(ClusterMutants.all(), PlainMutants.all(), PlainReplicaMutants.all())
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
}
