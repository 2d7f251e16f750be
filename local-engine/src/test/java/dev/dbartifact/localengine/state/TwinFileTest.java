package dev.dbartifact.localengine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.localengine.QuietLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A file and its copy.
class TwinFileTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("state");

  private static final String WHOLE = "a word\n";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("word");
    AtomicFile.writeTwice(file, WHOLE.getBytes(StandardCharsets.UTF_8));
  }

  private static String meaning(byte[] content) throws IOException {
    var text = new String(content, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      throw new IOException("it was cut off: " + text);
    }
    return text;
  }

  @Test
  void whoOnlyReadsChangesNothing() throws IOException {
    Files.writeString(file, "a w");

    assertThat(TwinFile.read(file, TwinFileTest::meaning)).isEqualTo(WHOLE);
    assertThat(file).hasContent("a w");
  }

  @Test
  void aDamagedFileIsBroughtBack_andALostOne() throws IOException {
    Files.writeString(file, "a w");
    assertThat(TwinFile.recovered(file, TwinFileTest::meaning)).isEqualTo(WHOLE);
    assertThat(file).hasContent(WHOLE);

    Files.delete(file);
    assertThat(TwinFile.isThere(file)).isTrue();
    assertThat(TwinFile.recovered(file, TwinFileTest::meaning)).isEqualTo(WHOLE);
    assertThat(file).hasContent(WHOLE);
  }

  @Test
  void theCopyOfAnEditedFileFollows_andThatOfAnEarlierEngineIsMade() throws IOException {
    Files.writeString(file, "another\n");
    assertThat(TwinFile.kept(file, TwinFileTest::meaning)).isEqualTo("another\n");
    assertThat(AtomicFile.copy(file)).hasContent("another\n");

    Files.delete(AtomicFile.copy(file));
    TwinFile.kept(file, TwinFileTest::meaning);
    assertThat(AtomicFile.copy(file)).hasContent("another\n");
  }

  @Test
  void whereBothAreDamagedTheFileIsWhatFails() throws IOException {
    Files.writeString(file, "a w");
    Files.writeString(AtomicFile.copy(file), "a");

    assertThatIOException()
        .isThrownBy(() -> TwinFile.kept(file, TwinFileTest::meaning))
        .withMessage("it was cut off: a w");
  }

  /// As on a full disk: something is where the file would be written first.
  @Test
  void whereNothingCanBeWrittenTheCopyHasToDo() throws IOException {
    Files.writeString(file, "a w");
    Files.createDirectories(folder.resolve(".word.new/in the way"));

    assertThat(TwinFile.kept(file, TwinFileTest::meaning)).isEqualTo(WHOLE);
    assertThat(file).hasContent("a w");
  }
}
