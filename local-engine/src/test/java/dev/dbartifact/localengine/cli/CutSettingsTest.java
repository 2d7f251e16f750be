package dev.dbartifact.localengine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.state.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What an engine decides once, at its first start, in files that are cut off at every byte.
class CutSettingsTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("state");

  @TempDir Path folder;
  private EngineDirectory directory;
  private Path hosts;
  private List<String> before;

  @BeforeEach
  void aFirstStart() throws IOException {
    directory = new EngineDirectory(Files.createDirectory(folder.resolve("data")));
    hosts = Files.createFile(folder.resolve("hosts"));
    RegionFile.readOrMake(directory, "eu-central-1");
    before = start();
  }

  /// What a start finds.
  private List<String> start() throws IOException {
    var key = CredentialsFile.readOrMake(directory.credentials());
    return List.of(
        key.id(),
        key.secret(),
        RegionFile.readOrMake(directory, null),
        NamesOfEndpoints.begin(directory, Optional.of(hosts)).orElseThrow().account());
  }

  private List<Path> files() {
    return List.of(
        directory.credentials(),
        directory.region(),
        directory.endpointAccount(),
        directory.hostsFile());
  }

  @Test
  void theCopyIsUsed_alsoWhereAFileIsLost() throws IOException {
    for (var file : files()) {
      var whole = Files.readAllBytes(file);
      for (var length = 0; length < whole.length - 1; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThat(start()).as("%s after %d bytes", file, length).isEqualTo(before);
        assertThat(file).hasBinaryContent(whole);
      }
      for (var damage : List.of(new byte[whole.length], "damaged".getBytes(UTF_8))) {
        Files.write(file, damage);
        assertThat(start()).as("%s", file).isEqualTo(before);
        assertThat(file).hasBinaryContent(whole);
      }
      Files.delete(file);
      assertThat(start()).as("%s", file).isEqualTo(before);
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void whoOnlyReadsUsesTheCopyAsWell() throws IOException {
    Files.write(directory.credentials(), new byte[0]);
    Files.write(directory.region(), new byte[0]);

    assertThat(CredentialsFile.read(directory.credentials()).secret()).isEqualTo(before.get(1));
    assertThat(RegionFile.read(directory)).isEqualTo("eu-central-1");
    assertThat(directory.credentials()).isEmptyFile();
  }

  @Test
  void whereBothAreCutOffTheStartIsRefusedWithTheNameOfTheFile() throws IOException {
    for (var file : files()) {
      var whole = Files.readAllBytes(file);
      for (var length = 0; length < whole.length - 1; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        Files.write(AtomicFile.copy(file), Arrays.copyOf(whole, length));
        assertThat(refusal())
            .as("%s after %d bytes", file, length)
            .contains(file + " does not hold", "nor does its copy ." + file.getFileName());
      }
      AtomicFile.writeTwice(file, whole);
    }
  }

  private String refusal() {
    try {
      return start().toString();
    } catch (IOException | RuntimeException refused) {
      return refused.getMessage();
    }
  }

  /// As to replace a key that others have come to know.
  @Test
  void whatIsEditedByHandCounts_alsoWithoutTheEndOfTheLine() throws IOException {
    var text = Files.readString(directory.credentials());
    Files.writeString(
        directory.credentials(), text.replace(before.get(1), "a-secret-of-my-own").stripTrailing());
    var other = Files.createFile(folder.resolve("other"));
    Files.writeString(directory.hostsFile(), other.toString());

    assertThat(CredentialsFile.read(directory.credentials()).secret())
        .isEqualTo("a-secret-of-my-own");
    assertThat(start().get(1)).isEqualTo("a-secret-of-my-own");
    Files.delete(directory.credentials());
    assertThat(start().get(1)).isEqualTo("a-secret-of-my-own");
  }

  /// A file of an engine that kept no copies.
  @Test
  void aFileWithoutTheEndOfItsLineGetsACopyWithIt() throws IOException {
    for (var file : files()) {
      var whole = Files.readString(file);
      Files.writeString(file, whole.stripTrailing());
      Files.delete(AtomicFile.copy(file));

      assertThat(start()).as("%s", file).isEqualTo(before);
      assertThat(AtomicFile.copy(file)).content().isEqualToIgnoringNewLines(whole);
    }
  }

  /// A link to itself, as one that root cannot open either.
  @Test
  void nobodyIsToldToRemoveWhatOnlyCannotBeOpened() throws IOException {
    for (var file : List.of(directory.credentials(), directory.hostsFile())) {
      var whole = Files.readAllBytes(file);
      Files.delete(file);
      Files.createSymbolicLink(file, file.getFileName());
      Files.write(AtomicFile.copy(file), new byte[0]);

      assertThat(refusal()).contains(file + ": ").doesNotContain("remove");

      Files.delete(file);
      AtomicFile.writeTwice(file, whole);
    }
  }

  /// Neither after an end of the engine amid the writing.
  @Test
  void nothingIsLeftWhenTheEngineIsErased() throws IOException {
    for (var file : files()) {
      for (var draft : AtomicFile.drafts(file)) {
        Files.writeString(draft, "half");
      }
    }
    directory.erase();
    assertThat(directory.isThere()).isFalse();
  }
}
