package dev.dbartifact.localengine.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that is known from the copy beside it where it was damaged or lost; see
/// [AtomicFile#writeTwice].
public final class TwinFile {

  private static final Logger LOG = LoggerFactory.getLogger(TwinFile.class);

  private TwinFile() {}

  /// What a file says. One that was cut off anywhere must say nothing, or the same: never something
  /// else.
  public interface Meaning<T> {
    /// @throws IOException that says what is wrong with the file
    T of(byte[] content) throws IOException;
  }

  /// Whether the file is there, or its copy: one without the other was lost, not removed.
  public static boolean isThere(Path file) {
    return Files.exists(file) || Files.exists(AtomicFile.copy(file));
  }

  /// What it says, or else its copy. Nothing is written.
  ///
  /// @throws IOException what is wrong with the file, where the copy says nothing either
  public static <T> T read(Path file, Meaning<T> meaning) throws IOException {
    try {
      return meaning.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return meaning.of(contentOfCopy(file, meaning, e));
    }
  }

  /// The same, and the file is brought back.
  public static <T> T recovered(Path file, Meaning<T> meaning) throws IOException {
    try {
      return meaning.of(Files.readAllBytes(file));
    } catch (IOException e) {
      var content = contentOfCopy(file, meaning, e);
      bringBack(file, content);
      return meaning.of(content);
    }
  }

  /// The same, and the copy says what the file says from now on: it may have been edited, or be
  /// that of an engine which kept no copies.
  public static <T> T kept(Path file, Meaning<T> meaning) throws IOException {
    var found = recovered(file, meaning);
    var copy = AtomicFile.copy(file);
    try {
      var content = Files.readAllBytes(file);
      if (!Files.exists(copy) || !Arrays.equals(content, Files.readAllBytes(copy))) {
        AtomicFile.writeTwice(file, content);
      }
    } catch (IOException | StateException e) {
      LOG.warn("{} has no copy yet, the next start tries again: {}", file, e.getMessage());
    }
    return found;
  }

  private static byte[] contentOfCopy(Path file, Meaning<?> meaning, IOException failure)
      throws IOException {
    try {
      var content = Files.readAllBytes(AtomicFile.copy(file));
      meaning.of(content);
      return content;
    } catch (IOException noneEither) {
      failure.addSuppressed(noneEither);
      throw failure;
    }
  }

  /// On a full disk the copy has to do.
  private static void bringBack(Path file, byte[] content) {
    LOG.warn("{} was damaged or lost: the engine goes on with its copy", file);
    try {
      AtomicFile.write(file, content);
    } catch (StateException e) {
      LOG.warn("{}. The next start tries again", e.getMessage());
    }
  }
}
