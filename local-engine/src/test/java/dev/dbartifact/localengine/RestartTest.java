package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.StateException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What an engine finds when the one before it ended, however that ended. The memory is copied at
/// some moment, as a power cut would leave it, and another engine starts from the copy.
class RestartTest {

  @RegisterExtension
  static final QuietLog QUIET = QuietLog.of("state.TwinFile", "http.UnexpectedFailure", "rds");

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void nothingIsThereAfterNothing() throws Exception {
    TestEngine.start(first).close();
    try (var again = TestEngine.start(first)) {
      assertThat(again.rds.describeDBClusters().dbClusters()).isEmpty();
    }
  }

  @Test
  void everythingIsThereAfterACleanStop() throws Exception {
    var host = new FakeDatabaseHost();
    var engine = TestEngine.start(first, host, Clock.systemUTC());
    var before = engine.cluster("shop");
    engine.close();
    assertThat(engine.volume(before).listen()).isNull();

    try (var again = TestEngine.start(first, host, Clock.systemUTC())) {
      again.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
      assertThat(again.describe("shop").copy(TestEngine::withoutTimes))
          .isEqualTo(before.copy(TestEngine::withoutTimes));
      assertThat(again.volume(before).listen().address().getHostAddress())
          .isEqualTo(before.endpoint());
    }
  }

  @Test
  void aHalfMadeClusterIsUndone() throws Exception {
    try (var engine = TestEngine.start(first)) {
      engine.host.hold();
      engine.create("shop");
      engine.createInstance("shop-1", "shop");
      cut();
      engine.host.release();
    }
    try (var again = TestEngine.start(second)) {
      again.awaitGone("shop");
      again.awaitInstanceGone("shop-1");
    }
  }

  @Test
  void aHalfMadeCloneIsFinished() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.cluster("prod");
      host.hold();
      var dev = engine.restore("dev", "prod");
      engine.createInstance("dev-1", "dev");
      cut();
      host.release();
      engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));

      // The other engine finds a volume, and cannot know whether it was complete.
      try (var again = TestEngine.start(second, host, Clock.systemUTC())) {
        again.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
        again.await("dev", each -> each.status().equals("available"));
        assertThat(again.volume(dev)).isNotNull();
      }
    }
  }

  @Test
  void aCloneWhoseSourceIsGoneIsUndone() throws Exception {
    try (var engine = TestEngine.start(first)) {
      engine.cluster("prod");
      engine.host.hold();
      engine.restore("dev", "prod");
      cut();
      engine.host.release();
    }
    Files.walk(second.resolve("clusters"))
        .filter(Files::isRegularFile)
        .filter(file -> contains(file, "\"cloneOf\" : null") || !contains(file, "cloneOf"))
        .forEach(file -> file.toFile().delete());
    try (var again = TestEngine.start(second)) {
      again.awaitGone("dev");
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aDeletionIsFinished() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.cluster("shop");
      host.hold();
      engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
      engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));
      cut();
      host.release();
    }
    try (var again = TestEngine.start(second)) {
      again.awaitGone("shop");
      again.awaitInstanceGone("shop-1");
    }
  }

  @Test
  void aVolumeWithoutARecordIsSetAside_andTakenBackWhenTheRecordIs() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.cluster("shop");
    }
    var volume = host.volumes.keySet().iterator().next();
    var record = first.resolve("clusters").resolve(volume + ".json");
    var kept = second.resolve("kept");
    Files.move(record, kept);
    Files.delete(AtomicFile.copy(record));

    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      TestEngine.await("the volume to go", () -> host.aside.containsKey(volume));
      assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
      assertThat(host.volumes).isEmpty();
    }

    Files.move(kept, record);
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      assertThat(engine.describe("shop").status()).isEqualTo("available");
      assertThat(host.volumes).containsOnlyKeys(volume);
      assertThat(host.aside).isEmpty();
    }
  }

  @Test
  void aClusterThatCannotBeRememberedIsNotMade() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      // Where the folder is to be made.
      Files.createFile(first.resolve("clusters"));
      assertThatThrownBy(() -> engine.create("shop"))
          .isInstanceOfSatisfying(
              RdsException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
      TestEngine.await("the end of the volume", host.volumes::isEmpty);
      Files.delete(first.resolve("clusters"));
      engine.cluster("shop");
    }
  }

  @Test
  void anInterruptedPasswordChangeIsFinished() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.cluster("shop");
      host.failWith(new HostException("The engine is being killed"));
      engine.rds.modifyDBCluster(
          r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple"));
      cut();
    }
    assertThat(memory(host.verifier(ServerKind.POSTGRESQL, new Secret("battery-staple"))))
        .isNotEmpty();
    host.failWith(null);

    try (var again = TestEngine.start(second, host, Clock.systemUTC())) {
      again.await("shop", each -> each.pendingModifiedValues() == null);
      assertThat(again.volume(again.describe("shop")).password()).isEqualTo("battery-staple");
      assertThat(memory(host.verifier(ServerKind.POSTGRESQL, new Secret("battery-staple"))))
          .isEmpty();
    }
  }

  @Test
  void alsoOfAClusterWithoutAnInstance() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.create("shop");
      engine.await("shop", each -> each.status().equals("available"));
      host.failWith(new HostException("The engine is being killed"));
      engine.rds.modifyDBCluster(
          r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple"));
      cut();
    }
    host.failWith(null);

    try (var again = TestEngine.start(second, host, Clock.systemUTC())) {
      again.await("shop", each -> each.pendingModifiedValues() == null);
      assertThat(again.volume(again.describe("shop")).password()).isEqualTo("battery-staple");
    }
  }

  /// The files in the second memory that hold this text.
  private List<Path> memory(String text) throws IOException {
    try (var files = Files.walk(second)) {
      return files.filter(Files::isRegularFile).filter(file -> contains(file, text)).toList();
    }
  }

  @Test
  void aServerThatNoInstanceNeedsIsEnded() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.create("shop");
      engine.await("shop", each -> each.status().equals("available"));
    }
    // As an engine leaves it that is killed while the server learns a password.
    var privately = new Listen(InetAddress.ofLiteral("127.0.0.1"), 5432);
    host.volumes.replaceAll((id, volume) -> volume.listening(privately));

    try (var again = TestEngine.start(first, host, Clock.systemUTC())) {
      var shop = again.describe("shop");
      TestEngine.await("the end of the server", () -> again.volume(shop).listen() == null);
      assertThat(again.describe("shop").status()).isEqualTo("available");
    }
  }

  @Test
  void noPasswordIsEverWritten() throws Exception {
    try (var engine = TestEngine.start(first)) {
      engine.cluster("shop");
      engine.rds.modifyDBCluster(
          r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple"));
      engine.await("shop", each -> each.pendingModifiedValues() == null);
    }
    try (var files = Files.walk(first)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .noneMatch(file -> contains(file, TestEngine.PASSWORD))
          .noneMatch(file -> contains(file, "battery-staple"))
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void aTruncatedFileIsRecovered_orNamed() throws Exception {
    var host = new FakeDatabaseHost();
    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.cluster("shop");
    }
    var file = first.resolve("clusters").resolve(host.volumes.keySet().iterator().next() + ".json");
    var text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));

    try (var engine = TestEngine.start(first, host, Clock.systemUTC())) {
      engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
      assertThat(engine.describe("shop").status()).isEqualTo("available");
    }

    Files.writeString(file, text.substring(0, text.length() / 2));
    Files.writeString(AtomicFile.copy(file), "{");

    assertThatThrownBy(() -> TestEngine.start(first))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(file.toString());
  }

  /// The memory as it is on the disk now.
  private void cut() throws Exception {
    PowerCut.copy(first, second);
  }
}
