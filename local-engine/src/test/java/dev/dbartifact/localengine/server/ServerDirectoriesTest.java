package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerDirectoriesTest {

  @TempDir Path folder;

  @Test
  void whatLiesElsewhereGoesWithTheHost() throws IOException {
    var data = Files.createDirectories(folder.resolve("long".repeat(30)));
    var directories = ServerDirectories.in(data);
    assertThat(directories.run()).startsWith(Path.of("/tmp")).isDirectory();
    Files.createDirectories(directories.files("shop", data).settings());

    ServerDirectories.at(data).erase();

    assertThat(directories.run()).doesNotExist();
  }
}
