package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.AddressTakenException;
import dev.dbartifact.localengine.program.FileEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// Reads what a server said about its start: on standard error, and in its log.
record MariaDbLog(MariaDbFiles files) {
  private static final int MOST_LINES = 6;
  private static final String DULL = "Aborting";

  /// Where the log ends now.
  long position() throws IOException {
    return Files.exists(files.errorLog()) ? Files.size(files.errorLog()) : 0;
  }

  /// The failure in the server's own words.
  IOException explain(IOException failure, String version, long since) throws IOException {
    var said = telling(said(since));
    if (said.stream().anyMatch(line -> line.contains("Address already in use"))) {
      var tried = OptionFile.parse(Files.readString(files.conf()));
      return new AddressTakenException(
          tried.getOrDefault("bind_address", "its socket"),
          Integer.parseInt(tried.getOrDefault("port", "0")));
    }
    return new IOException(
        "MariaDB %s: %s. It said: %s"
            .formatted(version, failure.getMessage(), String.join(" / ", said)),
        failure);
  }

  /// On standard error, and in its log from a position on: the last of each.
  String said(long since) throws IOException {
    var log = Files.exists(files.errorLog()) ? FileEnd.text(files.errorLog(), since) : "";
    return FileEnd.text(files.startLog(), 0) + log;
  }

  /// What `TC_LOG::using_heuristic_recover` says (`sql/log.cc` of MariaDB).
  static boolean hasCommittedPrepared(String said) {
    return said.contains("Please restart without --tc-heuristic-recover")
        && !said.contains("Heuristic crash recovery failed");
  }

  /// What stands behind `[ERROR]`, and what the reader of SQL says.
  static List<String> telling(String said) {
    var lines =
        said.lines()
            .filter(line -> line.contains("[ERROR]") || line.startsWith("ERROR"))
            .map(line -> line.replaceFirst("^.*\\[ERROR] (\\S*mariadbd: )?", ""))
            .filter(line -> !line.equals(DULL))
            .toList();
    return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
  }
}
