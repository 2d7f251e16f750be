package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.localengine.QuietLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is so small that room is always short.
class StoreSpaceIT {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("volume");

  @TempDir Path outside;
  private LoopMount disk;
  private final HeldVolumes volumes = new HeldVolumes();
  private VolumeStore store;

  @BeforeEach
  void open() throws IOException {
    disk = LoopMount.ext4(outside, 64 << 20, List.of());
    store = new VolumeStore(volumes, disk.path(), Optional.empty());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    disk.close();
  }

  @Test
  void roomThatIsNotGivenBackKeepsNobodyFromGoingOn() throws IOException {
    volumes.release();
    volumes.failReclaimsWith(new IOException("'btrfs subvolume sync' did not end within 60 s"));
    store.make("orders");
    store.discard("orders");

    store.space().makeRoom();
    store.space().requireRoom();

    assertThat(volumes.reclaims()).isEqualTo(2);
    assertThatIOException()
        .as("whether it stays so is not known")
        .isThrownBy(() -> store.space().staysScarce(0));
  }
}
