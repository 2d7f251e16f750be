package dev.dbartifact.localengine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.localengine.QuietLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
    assertThat(AtomicFile.copy(file)).hasContent(WHOLE);
  }

  /// As on a disk that is full, and has room again a moment later.
  @Test
  void whatIsDamagedNeverGetsIntoTheCopy_alsoWhereItCouldNotBeBroughtBack() throws IOException {
    Files.writeString(file, "a w");
    var obstacle = Files.createDirectories(folder.resolve(".word.new/in the way"));

    var removal = new WhenWarned("The next start tries again", () -> Files.delete(obstacle));
    try (removal) {
      assertThat(TwinFile.kept(file, TwinFileTest::meaning)).isEqualTo(WHOLE);
    }

    assertThat(removal.happened()).isTrue();
    assertThat(AtomicFile.copy(file)).hasContent(WHOLE);
  }

  @Test
  void aLineThatAnEditorLeftWithoutItsEndCounts_alsoWhereThereIsNoCopyYet() throws IOException {
    for (var edited : List.of("a wor", "another")) {
      Files.writeString(file, edited);
      Files.deleteIfExists(AtomicFile.copy(file));
      assertThat(TwinFile.kept(file, TwinFileTest::meaning)).isEqualTo(edited + "\n");
      assertThat(file).hasContent(edited + "\n");
      assertThat(AtomicFile.copy(file)).hasContent(edited + "\n");
    }
    Files.writeString(file, "a third");
    assertThat(TwinFile.read(file, TwinFileTest::meaning)).isEqualTo("a third\n");
    assertThat(TwinFile.kept(file, TwinFileTest::meaning)).isEqualTo("a third\n");
    assertThat(AtomicFile.copy(file)).hasContent("a third\n");
  }

  @Test
  void aFileThatCannotBeOpenedIsNotSaidToBeDamaged() {
    assertThat(TwinFile.isClosed(new AccessDeniedException("word"))).isTrue();
    assertThat(TwinFile.isClosed(new FileSystemException("word", null, "Too many open files")))
        .isTrue();
    assertThat(TwinFile.isClosed(new NoSuchFileException("word"))).isFalse();
    assertThat(TwinFile.isClosed(new IOException("it was cut off"))).isFalse();
  }

  private interface Step {
    void run() throws IOException;
  }

  /// Does something in the moment in which these words are logged.
  private static final class WhenWarned extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(TwinFile.class.getName());
    private final String words;
    private final Step step;
    private boolean happened;

    WhenWarned(String words, Step step) {
      this.words = words;
      this.step = step;
      logger.setLevel(Level.WARNING);
      logger.setUseParentHandlers(false);
      logger.addHandler(this);
    }

    boolean happened() {
      return happened;
    }

    @Override
    public void publish(LogRecord logged) {
      if (logged.getMessage().contains(words)) {
        try {
          step.run();
          happened = true;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
      logger.setLevel(null);
    }
  }
}
