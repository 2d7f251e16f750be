package dev.dbartifact.localengine.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What `load` is given. A pipe is read only once: what was read to know its kind is not lost, but
/// goes before the rest. SQL that was cut off is no dump: of a file that is known at once, of a
/// pipe when it ends.
///
/// @param isPlain whether it is SQL: a custom archive begins with its name, a directory archive is
///   a directory
/// @param piped all there is in a pipe; null for what the program can open by itself
record Dump(Path path, boolean isPlain, InputStream piped) implements AutoCloseable {

  private static final byte[] CUSTOM = "PGDMP".getBytes(StandardCharsets.US_ASCII);

  static Dump open(Path path) throws IOException {
    if (!Files.isReadable(path)) {
      throw new IOException(
          "Could not load %s: there is no such file, or no permission to read it".formatted(path));
    }
    return Files.isDirectory(path)
        ? new Dump(path, false, null)
        : of(path, Files.newInputStream(path));
  }

  private static Dump of(Path path, InputStream content) throws IOException {
    var beginning = content.readNBytes(CUSTOM.length);
    var isPlain = !Arrays.equals(beginning, CUSTOM);
    if (beginning.length > 0 && !Files.isRegularFile(path)) {
      var all = new SequenceInputStream(new ByteArrayInputStream(beginning), content);
      return new Dump(path, isPlain, isPlain ? new WholeDump(all) : all);
    }
    content.close();
    if (beginning.length == 0) {
      throw new IOException(
          "Could not load %s: the file is empty. Did the program that was to write it fail?"
              .formatted(path));
    }
    if (isPlain) {
      requireWhole(path);
    }
    return new Dump(path, isPlain, null);
  }

  private static void requireWhole(Path file) throws IOException {
    try {
      DumpFrames.of(file).requireWhole();
    } catch (CutOffException e) {
      throw new IOException("Could not load %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  boolean isPiped() {
    return piped != null;
  }

  @Override
  public void close() throws IOException {
    if (isPiped()) {
      piped.close();
    }
  }
}
