package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Volumes are directories; the files of a clone share their blocks with those of its source, as
/// XFS and others can.
final class ReflinkVolumes implements Volumes {
  private static final int FILES_PER_CALL = 500;

  @Override
  public String name() {
    return "reflink";
  }

  @Override
  public Sharing best() {
    return Sharing.SHARED;
  }

  @Override
  public boolean atomic() {
    return false;
  }

  @Override
  public void make(Path volume) throws IOException {
    Files.createDirectory(volume);
  }

  @Override
  public Sharing clone(Path source, Path clone, Sharing wanted) throws IOException {
    make(clone);
    Trees.copy(source, clone, wanted == Sharing.SHARED ? "always" : "never");
    return wanted;
  }

  @Override
  public void discard(Path volume) throws IOException {
    Trees.delete(volume);
  }

  @Override
  public Extent measure(Path volume) throws IOException {
    var total = Trees.size(volume);
    var shared = 0L;
    for (var files : chunks(regularFiles(volume))) {
      var command = new ArrayList<>(List.of("filefrag", "-v", "-b1"));
      command.addAll(files);
      shared += FileExtents.shared(Program.run(command));
    }
    return new Extent(total, Math.max(0, total - shared));
  }

  private static List<String> regularFiles(Path volume) throws IOException {
    try (var files = Files.walk(volume)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<List<String>> chunks(List<String> files) {
    var chunks = new ArrayList<List<String>>();
    for (var from = 0; from < files.size(); from += FILES_PER_CALL) {
      chunks.add(files.subList(from, Math.min(files.size(), from + FILES_PER_CALL)));
    }
    return chunks;
  }
}
