package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What volumes that say that they are complete hold after the machine has lost power.
class PowerFailureIT {
  private static final Path LAST = Path.of("last");

  @TempDir Path outside;
  private LoopMount disk;
  private VolumeStore store;

  private void storeOn(LoopMount newDisk, Volumes volumes) throws IOException {
    disk = newDisk;
    store = new VolumeStore(volumes, disk.path(), Optional.empty());
  }

  @AfterEach
  void close() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void aPlainCopyIsWhole() throws IOException {
    storeOn(LoopMount.ext4(outside, 128 << 20, List.of()), new CopiedVolumes());
    assertThatACopyIsWhole(store.best());
  }

  @Test
  void aFullCopyOnBtrfsIsWhole() throws IOException {
    storeOn(LoopMount.btrfs(outside, 256 << 20), new BtrfsVolumes());
    assertThatACopyIsWhole(Sharing.SEPARATE);
  }

  @Test
  void aSnapshotIsWhole_withoutWaitingForTheDisk() throws IOException {
    storeOn(LoopMount.btrfs(outside, 256 << 20), new BtrfsVolumes());
    assertThatACopyIsWhole(Sharing.SHARED);
  }

  @Test
  void aFullCopyOnXfsIsWhole() throws IOException {
    storeOn(LoopMount.xfs(outside, 512 << 20), new ReflinkVolumes());
    assertThatACopyIsWhole(Sharing.SEPARATE);
  }

  @Test
  void aCloneOnXfsIsWhole_alsoWhatWasCopiedLast() throws IOException {
    storeOn(LoopMount.xfs(outside, 512 << 20), new ReflinkVolumes());
    assertThatACopyIsWhole(Sharing.SHARED);
  }

  @Test
  void whatWasWrittenIntoANewVolumeIsThere() throws IOException {
    storeOn(LoopMount.ext4(outside, 128 << 20, List.of()), new CopiedVolumes());
    source();

    disk.cutPower();

    assertThatItIsWhole("source");
  }

  @Test
  void whatIsToReplaceAVolumeIsWhole() throws IOException {
    storeOn(LoopMount.ext4(outside, 128 << 20, List.of()), new CopiedVolumes());
    source();
    var made = store.clone("source", VolumeStore.next("copy"), store.best());
    store.sealNext(seal("copy"), made);
    store.takePlace("copy");
    store.harden("copy");

    disk.cutPower();

    assertThatItIsWhole("copy");
  }

  private void source() throws IOException {
    var volume = store.make("source");
    Files.write(volume.resolve("file"), noise(1));
    Files.write(Files.createDirectory(volume.resolve(LAST)).resolve("log"), noise(2));
    store.seal(seal("source"), Sharing.SEPARATE);
    store.harden("source");
  }

  private void assertThatACopyIsWhole(Sharing wanted) throws IOException {
    source();
    var made = store.clone("source", "copy", wanted);
    if (!store.atomic()) {
      store.copyAgain("source", "copy", LAST);
    }
    store.seal(seal("copy"), made);
    store.harden("copy");

    disk.cutPower();

    assertThatItIsWhole("copy");
  }

  private void assertThatItIsWhole(String name) throws IOException {
    assertThat(store.seal(name)).isPresent();
    assertThat(store.path(name).resolve("file")).hasBinaryContent(noise(1));
    assertThat(store.path(name).resolve(LAST).resolve("log")).hasBinaryContent(noise(2));
  }

  private static Seal seal(String name) {
    return Seal.ofPostgres(name, "17.11");
  }

  private static byte[] noise(int seed) {
    var bytes = new byte[1 << 20];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
