package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineDirectoryTest {
  @TempDir Path root;

  @Test
  void canBeTheRootOfANewFileSystem() throws Exception {
    Files.createDirectory(root.resolve("lost+found"));

    new EngineDirectory(root).make();

    assertThat(Files.getPosixFilePermissions(root)).isNotEmpty();
  }

  @Test
  void saysWhatElseIsInIt() throws Exception {
    Files.createDirectory(root.resolve("lost+found"));
    Files.createFile(root.resolve("letter.txt"));

    assertThatThrownBy(new EngineDirectory(root)::make)
        .hasMessageContaining("is not empty and holds no engine")
        .hasMessageContaining("letter.txt");
  }
}
