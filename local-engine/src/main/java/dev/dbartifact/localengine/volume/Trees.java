package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ProgramFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;

/// Copies, measures and removes directories with all that is in them.
public final class Trees {
  private static final Pattern VANISHED =
      Pattern.compile("\\S*(cp|du): cannot (stat|open|access|read) .*No such file or directory");

  private Trees() {}

  /// Copies what is in `source` into the directory `copy`, with owners, modes and times.
  ///
  /// @param reflink `always` shares the blocks or fails, `never` copies them
  static void copy(Path source, Path copy, String reflink) throws IOException {
    try {
      Program.run("cp", "--archive", "--reflink=" + reflink, "--", source + "/.", copy.toString());
    } catch (ProgramFailedException e) {
      if (!onlyVanished(e)) {
        throw e;
      }
    }
  }

  private static boolean onlyVanished(ProgramFailedException failure) {
    return failure.code() == 1
        && !failure.errors().isBlank()
        && failure.errors().lines().allMatch(line -> VANISHED.matcher(line).matches());
  }

  /// Bytes that the files take on the disk, counted as if they were alone. A server that works on
  /// the volume removes files while `du` looks at them: it counts all others.
  static long size(Path directory) throws IOException {
    var measuring = List.of("du", "--summarize", "--block-size=1", "--", directory.toString());
    try {
      return firstNumber(Program.run(measuring));
    } catch (ProgramFailedException e) {
      if (onlyVanished(e) && !e.output().isBlank()) {
        return firstNumber(e.output());
      }
      // Where a folder vanishes it may give up; a second look finds another set.
      return firstNumber(Program.run(measuring));
    }
  }

  private static long firstNumber(String output) {
    return Long.parseLong(output.strip().split("\\s+")[0]);
  }

  /// Removes a file, or a directory with all that is in it; nothing if it is not there.
  public static void delete(Path directory) throws IOException {
    try {
      Files.walkFileTree(directory, new Deletion());
    } catch (NoSuchFileException e) {
      if (Files.exists(directory)) {
        throw e;
      }
    }
  }

  /// Makes sure that it is on the disk.
  static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Brings everything that was written to the file system to the disk; see `syncfs(2)`, which
  /// answers for failures to do so since Linux 5.8.
  static void flush(Path onIt) throws IOException {
    Program.run("sync", "--file-system", onIt.toString());
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
