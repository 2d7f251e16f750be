package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every way to keep volumes must do.
abstract class AbstractVolumesTest {
  private static final int MIB = 1 << 20;

  private Volumes volumes;
  private Path source;
  private Path clone;

  /// The strategy under test, for this directory.
  abstract Volumes volumes() throws IOException;

  /// A directory on a file system that suits the strategy.
  abstract Path directory() throws IOException;

  @BeforeEach
  void makeSource() throws IOException {
    volumes = volumes();
    source = directory().resolve("source");
    clone = directory().resolve("clone");
    volumes.make(source);
  }

  @Test
  void aNewVolumeIsEmpty() throws IOException {
    try (var content = Files.list(source)) {
      assertThat(content).isEmpty();
    }
  }

  @Test
  void aVolumeIsNotMadeTwice() {
    assertThatThrownBy(() -> volumes.make(source)).isInstanceOf(IOException.class);
  }

  @Test
  void aCloneHoldsTheSame() throws IOException {
    var file = Files.createDirectory(source.resolve("inner")).resolve("file");
    Files.write(file, noise());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("inner/file"));

    assertThat(volumes.clone(source, clone, volumes.best())).isEqualTo(volumes.best());

    assertThat(clone.resolve("inner/file")).hasSameBinaryContentAs(file);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(clone.resolve("inner/file"))))
        .isEqualTo("rw-------");
    assertThat(Files.readSymbolicLink(clone.resolve("link"))).isEqualTo(Path.of("inner/file"));
  }

  @Test
  void aWriteToOneSideDoesNotReachTheOther() throws IOException {
    Files.writeString(source.resolve("file"), "before");
    volumes.clone(source, clone, volumes.best());

    Files.writeString(clone.resolve("file"), "clone's");
    assertThat(source.resolve("file")).hasContent("before");

    Files.writeString(source.resolve("file"), "source's");
    assertThat(clone.resolve("file")).hasContent("clone's");
  }

  @Test
  void aCloneSharesOrOwnsItsBlocksAsItSays() throws IOException {
    Files.write(source.resolve("file"), noise());

    var sharing = volumes.clone(source, clone, Sharing.SHARED);
    Program.run("sync", "-f", clone.toString());

    assertThat(sharing).isEqualTo(volumes.best());
    var extent = volumes.measure(clone);
    assertThat(extent.total()).isBetween(4L * MIB, 5L * MIB);
    switch (sharing) {
      case SHARED -> assertThat(extent.exclusive()).isLessThan(MIB);
      case SEPARATE -> assertThat(extent.exclusive()).isEqualTo(extent.total());
    }
  }

  @Test
  void aSeparateCloneOwnsAllBlocks() throws IOException {
    Files.write(source.resolve("file"), noise());

    assertThat(volumes.clone(source, clone, Sharing.SEPARATE)).isEqualTo(Sharing.SEPARATE);
    Program.run("sync", "-f", clone.toString());

    assertThat(clone.resolve("file")).hasSameBinaryContentAs(source.resolve("file"));
    assertThat(volumes.measure(clone).exclusive()).isGreaterThanOrEqualTo(4L * MIB);
    try (var left = Files.list(directory())) {
      assertThat(left).containsExactlyInAnyOrder(source, clone);
    }
  }

  @Test
  void aCloneOutlivesItsSource() throws IOException {
    Files.writeString(source.resolve("file"), "kept");
    volumes.clone(source, clone, volumes.best());

    volumes.discard(source);

    assertThat(source).doesNotExist();
    assertThat(clone.resolve("file")).hasContent("kept");
  }

  @Test
  void aFullVolumeIsDiscarded() throws IOException {
    Files.write(Files.createDirectories(source.resolve("a/b/c")).resolve("file"), noise());

    volumes.discard(source);

    assertThat(source).doesNotExist();
  }

  private static byte[] noise() {
    var bytes = new byte[4 * MIB];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
