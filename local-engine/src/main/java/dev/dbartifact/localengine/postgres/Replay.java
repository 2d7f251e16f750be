package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a server replays its log up to a moment ("Recovery Target" in the PostgreSQL documentation).
///
/// @param parameters that the server needs besides
record Replay(Instant moment, Map<String, String> parameters) {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

  /// Where the log is, beside the data directory.
  static final String FOLDER = "replay";

  /// A server that finds nothing later than the moment refuses to go on.
  private static final String ENDED_EARLY =
      "recovery ended before configured recovery target was reached";

  /// Up to the moment.
  Map<String, String> settings() {
    var all = new LinkedHashMap<>(settingsToTheEnd());
    all.put("recovery_target_time", TIMESTAMP.format(moment));
    all.put("recovery_target_action", "promote");
    return all;
  }

  /// All of it: for when nothing in it is later.
  Map<String, String> settingsToTheEnd() {
    var all = new LinkedHashMap<>(parameters);
    // In the data directory. What lies there already is replayed first, to its end: the state that
    // the files are whole in.
    all.put("restore_command", "cp --reflink=never ../%s/%%f \"%%p\"".formatted(FOLDER));
    all.put("hot_standby", "off");
    return all;
  }

  /// Whether the log has nothing later than the moment.
  static boolean endedEarly(IOException failure) {
    return String.valueOf(failure.getMessage()).contains(ENDED_EARLY);
  }
}
