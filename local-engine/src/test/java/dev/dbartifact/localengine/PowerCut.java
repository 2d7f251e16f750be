package dev.dbartifact.localengine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/// What an engine that goes on remembers, as it is on the disk now: what a power failure would
/// leave.
final class PowerCut extends SimpleFileVisitor<Path> {

  private final Path memory;
  private final Path copy;

  private PowerCut(Path memory, Path copy) {
    this.memory = memory;
    this.copy = copy;
  }

  /// @param copy a folder, in which what is there already is replaced
  static void copy(Path memory, Path copy) throws IOException {
    Files.walkFileTree(memory, new PowerCut(memory, copy));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    Files.createDirectories(copy.resolve(memory.relativize(folder)));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    try {
      Files.copy(
          file,
          copy.resolve(memory.relativize(file)),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      return FileVisitResult.CONTINUE;
    } catch (IOException e) {
      return visitFileFailed(file, e);
    }
  }

  /// Drafts get their names, and files go, while this looks at them.
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
