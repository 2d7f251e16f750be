package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/// A log that a server writes as long as it runs. One that has become long is put away, in place of
/// the one before it, and the server begins another: so there are two files at most, of which the
/// first is about as long as that, however much the server says.
enum GrowingLog {
  ERROR("mariadb"),
  GENERAL("general"),
  SLOW("slow");

  private static final long MOST_BYTES = 8 << 20;

  private final String name;

  GrowingLog(String name) {
    this.name = name;
  }

  Path in(MariaDbFiles files) {
    return files.log().resolve(name + ".log");
  }

  private Path before(MariaDbFiles files) {
    return files.log().resolve(name + "-before.log");
  }

  /// Those that have become long.
  static List<GrowingLog> longOnes(MariaDbFiles files) throws IOException {
    var found = new ArrayList<GrowingLog>();
    for (var each : values()) {
      if (Files.exists(each.in(files)) && Files.size(each.in(files)) > MOST_BYTES) {
        found.add(each);
      }
    }
    return found;
  }

  /// Those that were put away, and that the server goes on with, as the engine ended before it had
  /// told it.
  static List<GrowingLog> untold(MariaDbFiles files) throws IOException {
    var found = new ArrayList<GrowingLog>();
    for (var each : values()) {
      if (Files.notExists(each.in(files)) && isWritten(each.before(files))) {
        found.add(each);
      }
    }
    return found;
  }

  /// Whether it was written to after it had got its name: that changes one of the two times, and
  /// whatever is written both of them; see inode(7).
  private static boolean isWritten(Path file) throws IOException {
    try {
      var changed = (FileTime) Files.getAttribute(file, "unix:ctime");
      return Files.getLastModifiedTime(file).compareTo(changed) >= 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// Before a server starts. One that has gone meanwhile was put away by and by.
  void putAway(MariaDbFiles files) throws IOException {
    try {
      move(files);
    } catch (NoSuchFileException e) {
      // As above.
      return;
    }
  }

  private void move(MariaDbFiles files) throws IOException {
    Files.move(in(files), before(files), StandardCopyOption.REPLACE_EXISTING);
  }

  /// While a server runs, which holds the file open until it is told.
  void putAway(MariaDbFiles files, MariaDbSession session) throws IOException {
    move(files);
    try {
      tell(session);
    } catch (IOException e) {
      // It goes on with the file, which must not be taken for one that is put away.
      Files.move(before(files), in(files));
      throw e;
    }
  }

  /// Lets a server begin another one that is among [#untold]. One that is switched off it does not
  /// begin, and is told once all the same.
  void begin(MariaDbFiles files, MariaDbSession session) throws IOException {
    tell(session);
    Files.setLastModifiedTime(before(files), Files.getLastModifiedTime(before(files)));
  }

  /// Its replicas have logs of their own.
  private void tell(MariaDbSession session) throws IOException {
    session.execute("FLUSH LOCAL %s LOGS".formatted(name()));
  }
}
