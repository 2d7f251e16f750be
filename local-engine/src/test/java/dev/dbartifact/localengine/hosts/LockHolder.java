package dev.dbartifact.localengine.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Another process that holds a lock on a file: the locks of files are between processes.
final class LockHolder implements AutoCloseable {

  private final Process process;

  private LockHolder(Path file, String kind) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString(),
                kind)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    awaitWord("locked");
  }

  /// One who may only read the file.
  static LockHolder shared(Path file) throws IOException {
    return new LockHolder(file, "shared");
  }

  /// One who is about to write.
  static LockHolder exclusive(Path file) throws IOException {
    return new LockHolder(file, "exclusive");
  }

  void appendAndLetGo(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
  }

  private void awaitWord(String word) throws IOException {
    var said = process.inputReader().readLine();
    if (!word.equals(said)) {
      process.destroyForcibly();
      throw new IOException("The other process did not lock the file, but said: " + said);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /// Locks the file, says so, appends the line that it is told, and ends.
  public static void main(String[] arguments) throws IOException {
    var shared = arguments[1].equals("shared");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var channel =
        shared
            ? FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ)
            : FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.lock(0, Long.MAX_VALUE, shared);
      System.out.println("locked");
      var line = in.readLine();
      if (line != null) {
        channel.write(
            ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), channel.size());
      }
    }
  }
}
