package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The log files of one volume's server, one for each day of the week, read on from where the last
/// look ended.
public final class ServerLogs {

  private final Path folder;
  private final Map<Path, Long> read = new HashMap<>();

  private ServerLogs(Path folder) {
    this.folder = folder;
  }

  public static ServerLogs of(Path dataDirectory, String volume) {
    return new ServerLogs(dataDirectory.resolve(ServerDirectories.LOG).resolve(volume));
  }

  /// Prints what was written since the last time.
  public void printNew(PrintStream out) throws IOException {
    for (var file : files()) {
      print(file, out);
    }
    out.flush();
  }

  private void print(Path file, PrintStream out) throws IOException {
    try (var content = new RandomAccessFile(file.toFile(), "r")) {
      var from = read.getOrDefault(file, 0L);
      // A week later the server begins the file anew.
      content.seek(content.length() < from ? 0 : from);
      var block = new byte[1 << 16];
      for (var count = content.read(block); count > 0; count = content.read(block)) {
        out.write(block, 0, count);
      }
      read.put(file, content.getFilePointer());
    }
  }

  /// The oldest first; none before the first start.
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted(byAge()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Comparator<Path> byAge() {
    return Comparator.<Path>comparingLong(file -> file.toFile().lastModified())
        .thenComparing(Comparator.naturalOrder());
  }
}
