package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.localengine.QuietLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A disk with much room, and what is too big for it all the same.
class StoreSpaceTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("volume");

  private static final long TOO_MUCH = 1L << 60;

  @TempDir Path directory;
  private final HeldVolumes volumes = new HeldVolumes();
  private VolumeStore store;

  @BeforeEach
  void discardOneVolume() throws IOException {
    store = new VolumeStore(volumes, directory, Optional.empty());
    volumes.release();
    store.make("orders");
    store.make("old");
    store.discard("old");
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void refused() {
    assertThatIOException()
        .isThrownBy(() -> store.space().roomForCopy("orders", TOO_MUCH))
        .withMessageContaining("No space left on device: a full copy takes");
  }

  @Test
  void aCopyIsRefusedOnlyWhenTheRoomOfWhatWasDiscardedIsThere() {
    refused();

    assertThat(volumes.reclaims()).isEqualTo(1);
  }

  @Test
  void roomThatIsNotGivenBackIsNoOtherFailure() {
    volumes.failReclaimsWith(new IOException("'btrfs subvolume sync' did not end within 60 s"));

    refused();
  }

  @Test
  void aCopyThatFitsWaitsForNothing() throws IOException {
    store.space().roomForCopy("orders", 0).close();

    assertThat(volumes.reclaims()).isZero();
  }
}
