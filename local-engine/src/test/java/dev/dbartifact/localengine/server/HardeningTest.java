package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What an earlier engine did not bring to the disk, or made without copies of seals.
class HardeningTest {
  @RegisterExtension
  static final QuietLog QUIET = QuietLog.of("server.Hardening", "volume.StorageProbe");

  @TempDir Path directory;
  private VolumeStore store;

  @BeforeEach
  void twoVolumes() throws IOException {
    store = VolumeStore.open(directory, PoolSize.none());
    for (var name : List.of("one", "two")) {
      store.make(name);
      store.seal(Seal.ofPostgres(name, "17.11"), Sharing.SEPARATE);
    }
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void eachGetsItsCopy_alsoAfterOneThatCannotHaveOne() throws IOException {
    Files.createDirectories(store.path("one").resolve(".volume.json.copy.new/in the way"));
    try (var hardening = new Hardening(store, null)) {
      hardening.left(List.of("one", "gone", "two"));
      Waiting.until("the copy", () -> store.isHardened("two"));
    }
    assertThat(store.isHardened("one")).isFalse();
  }

  /// There may be many, and nobody waits for them.
  @Test
  void theNextEngineDoesWhatIsLeftWhenTheHostIsClosed() throws IOException {
    try (var hardening = new Hardening(store, null)) {
      hardening.left(List.of("one", "two"));
    }
    assertThat(store.isHardened("one")).isFalse();
    assertThat(store.isHardened("two")).isFalse();
  }
}
