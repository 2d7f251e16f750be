package dev.dbartifact.localengine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk with less room than the engine's memory needs.
class FullRecordsIT {
  private static final int BLOCK = 1024;

  /// Each of the two files takes this many blocks.
  private static final byte[] OLD = "old ".repeat(BLOCK).getBytes();

  private static final byte[] NEW = "new ".repeat(BLOCK).getBytes();

  @TempDir Path folder;
  private LoopMount disk;

  @BeforeEach
  void aSmallDisk() throws IOException {
    disk = LoopMount.ext4(folder, 4 << 20, List.of("-b", "" + BLOCK, "-O", "^has_journal"));
  }

  @AfterEach
  void unmount() throws IOException {
    disk.close();
  }

  /// With room for nothing, for a part of the first file, for the first, and for a part of its
  /// copy.
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 6})
  void whatFindsNoRoomStaysAsItWas(int blocks) throws IOException {
    var file = disk.path().resolve("a.json");
    AtomicFile.writeTwice(file, OLD);
    leaveRoomFor(blocks);

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> AtomicFile.writeTwice(file, NEW))
        .matches(StateException::outOfSpace)
        .withMessageContaining("Could not write " + disk.path());

    assertThat(file).hasBinaryContent(OLD);
    assertThat(AtomicFile.copy(file)).hasBinaryContent(OLD);
    assertThat(names()).containsExactlyInAnyOrder("a.json", ".a.json.copy", "filler");
  }

  @Test
  void aNewOneThatFindsNoRoomIsNotThere() throws IOException {
    leaveRoomFor(6);

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> AtomicFile.writeTwice(disk.path().resolve("a.json"), NEW));

    assertThat(names()).containsExactly("filler");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(disk.path())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("lost+found"))
          .toList();
    }
  }

  private void leaveRoomFor(int blocks) throws IOException {
    try (var filler = new RandomAccessFile(disk.path().resolve("filler").toFile(), "rw")) {
      fill(filler);
      filler.setLength(filler.length() - (long) blocks * BLOCK);
      filler.getFD().sync();
    }
  }

  private static void fill(RandomAccessFile filler) throws IOException {
    var block = new byte[BLOCK];
    while (true) {
      try {
        filler.write(block);
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space left on device");
        return;
      }
    }
  }
}
