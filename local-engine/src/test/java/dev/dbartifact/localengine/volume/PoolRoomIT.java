package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How full a pool is. Its file system gives bytes back some time after a volume was thrown away:
/// who makes room by that must not throw away more than is needed.
class PoolRoomIT {
  private static final int MIB = 1 << 20;

  /// Of the 2 GiB of the pool.
  private static final double MOST_OF_IT = 0.9;

  @TempDir Path directory;
  private VolumeStore store;

  @BeforeEach
  void open() throws IOException {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    store = VolumeStore.open(directory, PoolSize.of(2048L * MIB));
  }

  @AfterEach
  void close() throws IOException {
    if (store != null) {
      store.close();
      LoopMount.awaitRelease(directory);
    }
  }

  @Test
  void whatWasThrownAwayIsWaitedFor() throws IOException {
    assertThat(store.space().staysScarce(MOST_OF_IT)).as("an empty pool").isFalse();
    fill(store.make("ballast").resolve("rows"), 320);
    assertThat(store.space().staysScarce(MOST_OF_IT)).as("with 320 MiB in it").isTrue();

    store.discard("ballast");

    assertThat(store.space().staysScarce(MOST_OF_IT)).as("without them").isFalse();
  }

  /// A pool may hold more than the disk below it has left: with that full, it takes no more writes.
  @Test
  void aFullCopyMustFitOnTheDiskBelow(@TempDir Path below) throws IOException {
    try (var disk = LoopMount.ext4(below, 768L * MIB, List.of());
        var onIt = VolumeStore.open(disk.path(), PoolSize.of(2048L * MIB))) {
      fill(onIt.make("source").resolve("rows"), 256);

      assertThatIOException()
          .isThrownBy(() -> onIt.space().roomForCopy("source", 0))
          .withMessageContaining("No space left on device: a full copy takes");
    }
    LoopMount.awaitRelease(below);
  }

  /// The pool's file still has the blocks, for minutes.
  @Test
  void whatWasThrownAwayMakesRoomOnTheDiskBelow(@TempDir Path below) throws IOException {
    try (var disk = LoopMount.ext4(below, 768L * MIB, List.of());
        var onIt = VolumeStore.open(disk.path(), PoolSize.of(2048L * MIB))) {
      fill(onIt.make("source").resolve("rows"), 96);
      fill(onIt.make("ballast").resolve("rows"), 288);
      onIt.discard("ballast");

      onIt.space().roomForCopy("source", 0).close();
    }
    LoopMount.awaitRelease(below);
  }

  private static void fill(Path file, int mib) throws IOException {
    try (var out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.DSYNC)) {
      for (var written = 0; written < mib; written += 32) {
        out.write(new byte[32 * MIB]);
      }
    }
  }
}
