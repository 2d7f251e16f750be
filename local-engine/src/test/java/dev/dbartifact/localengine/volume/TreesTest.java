package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
  @TempDir Path folder;

  @Test
  void theSizeIsWhatTheFilesTake() throws IOException {
    var empty = Trees.size(folder);
    Files.write(folder.resolve("file"), new byte[1 << 20]);

    assertThat(Trees.size(folder)).isBetween(empty + 1, empty + (2 << 20));
  }

  /// Who looks there always sees a file vanish: the one that is open for looking.
  @Test
  void whatVanishesMeanwhileIsNotCounted() throws IOException {
    assertThat(Trees.size(Path.of("/proc/self/task"))).isZero();
  }

  @Test
  void whatIsNotThereHasNoSize() {
    assertThatIOException()
        .isThrownBy(() -> Trees.size(folder.resolve("gone")))
        .withMessageContaining("No such file or directory");
  }
}
