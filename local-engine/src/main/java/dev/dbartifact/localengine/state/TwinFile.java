package dev.dbartifact.localengine.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that is known from the copy beside it where it was damaged or lost; see
/// [AtomicFile#writeTwice].
///
/// Some are edited by hand. A last line without its end was left so by an editor, unless the copy
/// goes on from there: then it was cut off.
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
    return find(file, meaning).said();
  }

  /// The same, and the file is brought back.
  public static <T> T recovered(Path file, Meaning<T> meaning) throws IOException {
    var found = find(file, meaning);
    if (found.inCopy()) {
      bringBack(file, found.content());
    }
    return found.said();
  }

  /// The same, and the copy says what the file says from now on: it may have been edited, or be
  /// that of an engine which kept no copies. One that was damaged never gets into its copy.
  public static <T> T kept(Path file, Meaning<T> meaning) throws IOException {
    var found = find(file, meaning);
    if (found.inCopy()) {
      bringBack(file, found.content());
    } else {
      keepCopy(file, found.content());
    }
    return found.said();
  }

  /// Whether this is why a file could not even be opened, such as for lack of permission: that says
  /// nothing about what it holds.
  public static boolean isClosed(IOException failure) {
    return failure instanceof FileSystemException && !(failure instanceof NoSuchFileException);
  }

  /// @param content that has this meaning
  /// @param inCopy whether it is the copy's
  private record Found<T>(T said, byte[] content, boolean inCopy) {}

  private static <T> Found<T> find(Path file, Meaning<T> meaning) throws IOException {
    try {
      return inFile(file, meaning);
    } catch (AccessDeniedException e) {
      // It is not damaged, and may have been edited by the one who may read it.
      throw e;
    } catch (IOException e) {
      return inCopy(file, meaning, e);
    }
  }

  private static <T> Found<T> inFile(Path file, Meaning<T> meaning) throws IOException {
    var content = Files.readAllBytes(file);
    try {
      return new Found<>(meaning.of(content), content, false);
    } catch (IOException e) {
      if (isCutOff(file, content, meaning)) {
        throw e;
      }
      return ended(content, meaning, e);
    }
  }

  /// With the end of the last line, which editors may leave out.
  private static <T> Found<T> ended(byte[] content, Meaning<T> meaning, IOException failure)
      throws IOException {
    var line = Arrays.copyOf(content, content.length + 1);
    line[content.length] = '\n';
    try {
      return new Found<>(meaning.of(line), line, false);
    } catch (IOException neither) {
      throw failure;
    }
  }

  /// Whether the copy goes on from there; or says nothing, by which nobody can tell.
  private static boolean isCutOff(Path file, byte[] content, Meaning<?> meaning) {
    try {
      var whole = Files.readAllBytes(AtomicFile.copy(file));
      meaning.of(whole);
      return Arrays.mismatch(content, whole) == content.length;
    } catch (NoSuchFileException ofAnEarlierEngine) {
      return false;
    } catch (IOException damaged) {
      return true;
    }
  }

  private static <T> Found<T> inCopy(Path file, Meaning<T> meaning, IOException failure)
      throws IOException {
    try {
      var content = Files.readAllBytes(AtomicFile.copy(file));
      return new Found<>(meaning.of(content), content, true);
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

  private static void keepCopy(Path file, byte[] content) {
    var copy = AtomicFile.copy(file);
    try {
      if (!Files.exists(copy) || !Arrays.equals(content, Files.readAllBytes(copy))) {
        AtomicFile.writeTwice(file, content);
      }
    } catch (IOException | StateException e) {
      LOG.warn("{} has no copy yet, the next start tries again: {}", file, e.getMessage());
    }
  }
}
