package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.AddressTakenException;
import dev.dbartifact.localengine.program.FileEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads what a server said about its start. It says the first words on standard error, and the
/// rest in its log files.
record ServerLog(ServerFiles files) {
  private static final int MOST_LINES = 6;
  private static final List<String> TELLING =
      List.of("FATAL:", "PANIC:", "ERROR:", "WARNING:", "could not", "HINT:");
  private static final List<String> DULL =
      List.of(
          "the database system is starting up",
          "Future log output will appear",
          "skipping missing configuration file");

  /// See `write_stderr` in `PostmasterMain` of PostgreSQL.
  private static final Pattern OF_PROGRAM = Pattern.compile("^(\\S*/)?postgres: ");

  /// See `log_line_prefix` in [ServerSettings].
  private static final Pattern PREFIX =
      Pattern.compile("^\\d{4}-\\d{2}-\\d{2} \\S+ \\S+ \\[\\d+] (\\S+@\\S+ )?");

  Path startFile() {
    return files.settings().resolve("start.log");
  }

  /// The sizes of the log files now.
  Map<Path, Long> position() throws IOException {
    var sizes = new HashMap<Path, Long>();
    for (var file : logFiles()) {
      sizes.put(file, Files.size(file));
    }
    return sizes;
  }

  /// The failure in the server's own words.
  ///
  /// @param tried what it was started with
  IOException explain(
      IOException failure, String version, ServerSettings tried, Map<Path, Long> since)
      throws IOException {
    var said = said(since);
    if (said.stream().anyMatch(line -> line.contains("Address already in use"))) {
      return new AddressTakenException(tried.address().orElse("its socket"), tried.port());
    }
    return new IOException(
        "PostgreSQL %s: %s. It said: %s"
            .formatted(version, failure.getMessage(), String.join(" / ", said)),
        failure);
  }

  private List<String> said(Map<Path, Long> since) throws IOException {
    var words = new StringBuilder(FileEnd.text(startFile(), 0));
    for (var file : logFiles()) {
      words.append(FileEnd.text(file, since.getOrDefault(file, 0L)));
    }
    return telling(words.toString());
  }

  /// The lines that say what went wrong. What it refuses before it has a log, such as settings that
  /// do not go together, begins with its name, and bears no level; where there is nothing of either
  /// kind, all is told.
  static List<String> telling(String words) {
    var lines = words.lines().filter(line -> DULL.stream().noneMatch(line::contains)).toList();
    var refusal = settingsRefused(lines);
    var telling =
        IntStream.range(0, lines.size())
            .filter(at -> at < refusal || isTelling(lines.get(at)))
            .mapToObj(lines::get)
            .toList();
    return (telling.isEmpty() ? lines : telling)
        .reversed().stream().limit(MOST_LINES).map(ServerLog::withoutPrefix).toList().reversed();
  }

  /// The place of the line that only says that there are errors in the settings; which, the server
  /// has said before, as a remark. Before all lines where there is none.
  private static int settingsRefused(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(at -> lines.get(at).matches(".*FATAL: +configuration file .* contains errors"))
        .findFirst()
        .orElse(-1);
  }

  private static boolean isTelling(String line) {
    return OF_PROGRAM.matcher(line).find() || TELLING.stream().anyMatch(line::contains);
  }

  private static String withoutPrefix(String line) {
    return PREFIX.matcher(line).replaceFirst("");
  }

  private List<Path> logFiles() throws IOException {
    try (var entries = Files.list(files.log())) {
      return entries.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
