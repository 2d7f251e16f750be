package dev.dbartifact.localengine.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that are there completely or not at all, whatever happens, and that only their owner
/// reads.
public final class AtomicFile {

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
    try {
      replace(file, content, true);
      sync(file.getParent());
    } catch (IOException e) {
      throw new StateException("Could not write " + file + ": " + reason(e), e);
    }
  }

  private static void replace(Path file, byte[] content, boolean force) throws IOException {
    var temporary = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (force) {
        channel.force(true);
      }
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Replaces the file, and a copy of it beside it, should the file be damaged or lost; see
  /// [#copy].
  public static void writeTwice(Path file, byte[] content) {
    write(file, content);
    try {
      // The file itself is safe by now: nobody needs to wait until the copy is on the disk.
      replace(copy(file), content, false);
    } catch (IOException e) {
      throw new StateException("Could not write " + copy(file) + ": " + reason(e), e);
    }
  }

  /// Where the copy of a file is; hidden.
  public static Path copy(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".copy");
  }

  /// Removes the file and its copy. The copy goes first: one without its file was not removed but
  /// lost it.
  public static void removeBoth(Path file) {
    remove(copy(file));
    remove(file);
  }

  /// Removes the file if it is there.
  public static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
      sync(file.getParent());
    } catch (IOException e) {
      throw new StateException("Could not remove " + file + ": " + reason(e), e);
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
