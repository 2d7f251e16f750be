package dev.dbartifact.localengine.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that are there completely or not at all, whatever happens, and that only their owner
/// reads.
public final class AtomicFile {

  private static final Logger LOG = LoggerFactory.getLogger(AtomicFile.class);

  private AtomicFile() {}

  /// Makes a folder, and those above it, for the owner only.
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new StateException("Could not make the folder " + folder + ": " + reason(e), e);
    }
  }

  /// Replaces the file; on return it is on the disk.
  public static void write(Path file, byte[] content) {
    replace(file, prepared(file, content, true));
  }

  /// Replaces the file, and a copy of it beside it, should the file be damaged or lost; see
  /// [#copy]. Where there is no room for both, both stay as they are.
  public static void writeTwice(Path file, byte[] content) {
    try {
      var next = prepared(file, content, true);
      // Nobody needs to wait until the copy is on the disk.
      var nextCopy = prepared(copy(file), content, false);
      replace(file, next);
      replaceCopy(file, nextCopy);
    } catch (StateException e) {
      drafts(file).forEach(AtomicFile::discard);
      throw e;
    }
  }

  /// Writes what a file is to be replaced by, beside it.
  private static Path prepared(Path file, byte[] content, boolean force) {
    var next = next(file);
    try {
      Files.deleteIfExists(next);
      fill(next, content, force);
      return next;
    } catch (IOException e) {
      discard(next);
      throw notWritten(file, e);
    }
  }

  private static Path next(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".new");
  }

  private static void fill(Path file, byte[] content, boolean force) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (force) {
        channel.force(true);
      }
    }
  }

  private static void replace(Path file, Path next) {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      sync(file.getParent());
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }

  private static void replaceCopy(Path file, Path next) {
    try {
      Files.move(next, copy(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw notWritten(copy(file), e);
    }
  }

  /// Removes what could not be used; what cannot be removed either is replaced by the next attempt.
  private static void discard(Path next) {
    try {
      Files.deleteIfExists(next);
    } catch (IOException e) {
      LOG.warn("Could not remove {}: {}", next, reason(e));
    }
  }

  private static StateException notWritten(Path file, IOException e) {
    return new StateException("Could not write " + file + ": " + reason(e), e);
  }

  /// Where the copy of a file is; hidden.
  public static Path copy(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".copy");
  }

  /// What an engine that was killed may have left of replacing the file, or its copy.
  public static List<Path> drafts(Path file) {
    return List.of(next(file), next(copy(file)));
  }

  /// Removes the file and its copy. The copy goes first: one without its file was not removed but
  /// lost it. File systems keep that order, so that one wait for the disk is enough.
  public static void removeBoth(Path file) {
    remove(List.of(copy(file), file));
  }

  /// Removes the file if it is there.
  public static void remove(Path file) {
    remove(List.of(file));
  }

  private static void remove(List<Path> files) {
    for (var file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new StateException("Could not remove " + file + ": " + reason(e), e);
      }
    }
    var folder = files.getFirst().getParent();
    try {
      sync(folder);
    } catch (IOException e) {
      throw new StateException("Could not write " + folder + ": " + reason(e), e);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String reason(IOException e) {
    // Those of the file system say what happened by their name, all others by their message.
    return e.getClass() == IOException.class
        ? e.getMessage()
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
