package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The log files of one volume's server: of PostgreSQL one for each day of the week, of MariaDB one
/// for each kind of log.
public final class ServerLogs {

  /// How the names of logs end that had become long.
  private static final String PUT_AWAY = "-before.log";

  private static final Duration KEPT = Duration.ofDays(7);

  private static final Set<PosixFilePermission> OF_ITS_OWNER =
      PosixFilePermissions.fromString("rw-------");

  /// How a file is opened to be read.
  @FunctionalInterface
  interface Opening {
    SeekableByteChannel open(Path file) throws IOException;
  }

  private final Path folder;
  private final Opening opening;

  /// How far, by the file's identity: a log that is put away gets another name.
  private final Map<Object, Position> read = new HashMap<>();

  /// @param offset in bytes
  private record Position(Path file, long offset) {
    /// What is put away is what had been read under the former name. Elsewhere it is a new file
    /// that got the identity of one that is gone.
    long in(Path now) {
      return now.equals(file) || now.toString().endsWith(PUT_AWAY) ? offset : 0;
    }
  }

  private ServerLogs(Path folder, Opening opening) {
    this.folder = folder;
    this.opening = opening;
  }

  public static ServerLogs of(Path dataDirectory, String volume) {
    return in(dataDirectory.resolve(ServerDirectories.LOG).resolve(volume));
  }

  /// @param folder which need not be there
  static ServerLogs in(Path folder) {
    return in(folder, ServerLogs::open);
  }

  static ServerLogs in(Path folder, Opening opening) {
    return new ServerLogs(folder, opening);
  }

  /// What is there now, the oldest first.
  public List<LogFile> list() throws IOException {
    var found = new ArrayList<LogFile>();
    for (var file : files()) {
      try {
        var now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        found.add(
            new LogFile(
                file.getFileName().toString(),
                now.lastModifiedTime().toInstant(),
                now.size(),
                (from, count) -> read(file, from, count)));
      } catch (NoSuchFileException e) {
        // The server put it away meanwhile, or went with its logs.
        continue;
      }
    }
    return found;
  }

  /// Adds a file, and removes those of the kind that are older than a week, as the server does with
  /// its own. Its name gets the time, as on RDS.
  void add(String kind, String text, Instant now) throws IOException {
    for (var file : list()) {
      if (file.name().startsWith(kind) && file.written().isBefore(now.minus(KEPT))) {
        Files.deleteIfExists(folder.resolve(file.name()));
      }
    }
    var file = folder.resolve(kind + "." + now.toEpochMilli());
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OF_ITS_OWNER));
    Files.writeString(file, text, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /// The folder is the server's: what it could put in the place of a file is not followed.
  static SeekableByteChannel open(Path file) throws IOException {
    return Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private static byte[] read(Path file, long from, int count) throws IOException {
    try (var channel = open(file)) {
      return Channels.newInputStream(channel.position(from)).readNBytes(count);
    }
  }

  /// Prints what was written since the last time.
  public void printNew(PrintStream out) throws IOException {
    for (var file : files()) {
      try {
        print(file, out);
      } catch (NoSuchFileException e) {
        // As above: what was put away is printed under its new name the next time.
        continue;
      }
    }
    out.flush();
  }

  private void print(Path file, PrintStream out) throws IOException {
    var key = key(file);
    try (var channel = opening.open(file)) {
      if (!key.equals(key(file))) {
        // What was opened is perhaps another one, which began when this one was put away just now.
        return;
      }
      var from = read.getOrDefault(key, new Position(file, 0)).in(file);
      // A week later the server begins the file anew.
      channel.position(channel.size() < from ? 0 : from);
      Channels.newInputStream(channel).transferTo(out);
      read.put(key, new Position(file, channel.position()));
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /// The oldest first; none before the first start.
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.filter(ServerLogs::isFile).sorted(byAge()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Comparator<Path> byAge() {
    return Comparator.<Path>comparingLong(file -> file.toFile().lastModified())
        .thenComparing(Comparator.naturalOrder());
  }
}
