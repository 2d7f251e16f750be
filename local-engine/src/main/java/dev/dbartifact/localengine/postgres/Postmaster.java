package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A server that lives, as its own `postmaster.pid` tells: process id, data directory, start time,
/// port, socket directory, listen address, shared memory, and how far it is, each in a line
/// (PostgreSQL, `src/include/utils/pidfile.h`).
///
/// @param address what it listens on; empty for the private socket only
/// @param status `starting`, `stopping`, `ready` or `standby`; empty before the first of them
record Postmaster(long pid, int port, Path socketDirectory, String address, String status) {
  private static final String FILE = "postmaster.pid";
  private static final int STATUS_LINE = 7;

  /// The live server of this data directory. A file that names a dead process, or a live one that
  /// belongs to something else, is a leftover.
  static Optional<Postmaster> of(Path data) throws IOException {
    try {
      return parse(Files.readAllLines(data.resolve(FILE))).filter(found -> found.alive(data));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static Optional<Postmaster> parse(List<String> lines) {
    // Less while it is written; anything else if it was damaged.
    if (lines.size() < 6 || !isNumber(lines.get(0)) || !isNumber(lines.get(3))) {
      return Optional.empty();
    }
    return Optional.of(
        new Postmaster(
            Long.parseLong(lines.get(0).strip()),
            Integer.parseInt(lines.get(3).strip()),
            Path.of(lines.get(4).strip()),
            lines.get(5).strip(),
            lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : ""));
  }

  private static boolean isNumber(String line) {
    return line.strip().matches("[0-9]{1,9}");
  }

  /// Whether that is the command line of the server of this data directory, as [PostgresServer]
  /// starts it; its children have titles of their own.
  static boolean isServer(CommandLine line, Path data) {
    return line.holds("-D", data.toString());
  }

  Path socketFile() {
    return socketDirectory.resolve(".s.PGSQL." + port);
  }

  /// Whether it was told to end, and takes no more sessions.
  boolean isStopping() {
    return status.equals("stopping");
  }

  boolean isStarting() {
    return status.equals("starting");
  }

  boolean alive(Path data) {
    return isServer(CommandLine.of(pid), data);
  }
}
