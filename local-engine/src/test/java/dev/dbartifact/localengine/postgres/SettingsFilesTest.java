package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFilesTest {

  @TempDir Path folder;
  private SettingsFiles written;
  private ServerFiles files;

  @BeforeEach
  void prepare() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    files =
        new ServerFiles(
            folder.resolve("data"),
            folder.resolve("settings"),
            folder.resolve("settings/s"),
            folder.resolve("log"));
    written = new SettingsFiles(files, ServerAccount.find());
  }

  private ServerSettings settings(int port) {
    return new ServerSettings(
        17,
        "shop",
        Optional.of("127.77.0.1"),
        port,
        Optional.empty(),
        new ServerStorage(true, 1L << 30),
        Map.of(),
        files);
  }

  /// Who has opened a file reads it to its end, as it was: a server that starts or reloads.
  @Test
  void filesAreReplacedAndNeverOverwritten() throws IOException {
    written.write(settings(5432));
    var old = Files.createLink(folder.resolve("old"), written.conf());
    var content = Files.readString(old);

    written.write(settings(5433));

    assertThat(old).hasContent(content);
    assertThat(Files.readString(written.conf())).isNotEqualTo(content).contains("5433");
    try (var all = Files.list(files.settings())) {
      assertThat(all).noneMatch(each -> each.toString().endsWith(".new"));
    }
  }
}
