package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /// Before a server starts.
  void putAway(MariaDbFiles files) throws IOException {
    Files.move(in(files), before(files), StandardCopyOption.REPLACE_EXISTING);
  }

  /// While a server runs, which holds the file open until it is told.
  void putAway(MariaDbFiles files, MariaDbSession session) throws IOException {
    putAway(files);
    try {
      // Its replicas have logs of their own.
      session.execute("FLUSH LOCAL %s LOGS".formatted(name()));
    } catch (IOException e) {
      // It goes on with the file, which must not be taken for one that is put away.
      Files.move(before(files), in(files));
      throw e;
    }
  }
}
