package dev.dbartifact.localengine.postgres;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What makes a server a hot standby of another one on this machine: it replays what that one
/// writes, and answers questions meanwhile.
///
/// @param name tells it from the other standbys
/// @param socket the directory of the source's private socket
/// @param port in the name of that socket
/// @param settings that a standby needs, in place of its own
public record Standby(String name, Path socket, int port, Map<String, String> settings) {
  /// The user that standbys log in as, as on RDS.
  static final String USER = "rdsrepladmin";

  /// A standby with less of these stops replaying (PostgreSQL documentation, "Hot Standby",
  /// "Administrator's Overview").
  public static final List<String> NEVER_BELOW_THE_SOURCE =
      List.of(
          "max_connections",
          "max_locks_per_transaction",
          "max_prepared_transactions",
          "max_wal_senders",
          "max_worker_processes");

  /// Slots of this kind belong to one source, and not to its clones.
  static final String SLOT_PREFIX = "reader_";

  private static final int LONGEST_SLOT = 63;

  /// The name of the slot by which the source knows what the standby still needs.
  public static String slot(String name) {
    var slot = SLOT_PREFIX + name.replace('-', '_').replace('.', '_');
    return slot.substring(0, Math.min(slot.length(), LONGEST_SLOT));
  }

  /// The greater of what the source has and what was chosen for the standby.
  public static Map<String, String> atLeast(
      Map<String, String> ofSource, Map<String, String> chosen) {
    var settings = new LinkedHashMap<String, String>();
    ofSource.forEach((name, value) -> {
      var wanted = chosen.getOrDefault(name, "0");
      settings.put(name, Long.parseLong(wanted) > Long.parseLong(value) ? wanted : value);
    });
    return settings;
  }

  /// A part of `postgresql.conf`.
  String conf() {
    var all = new LinkedHashMap<>(settings);
    all.put("primary_conninfo", connection());
    all.put("primary_slot_name", slot(name));
    // The source restarts within a fraction of a second; five seconds of waiting would be lag.
    all.put("wal_retrieve_retry_interval", "200ms");
    // Or vacuuming at the source ends queries here.
    all.put("hot_standby_feedback", "on");
    return all.entrySet().stream()
        .map(setting ->
            "%s = '%s'\n".formatted(setting.getKey(), ServerSettings.quoted(setting.getValue())))
        .collect(Collectors.joining());
  }

  /// Through the source's private socket, where the operating system says who is at the other end:
  /// there is no password.
  private String connection() {
    return "host='%s' port=%d user=%s application_name=%s sslmode=disable gssencmode=disable"
        .formatted(
            socket.toString().replace("\\", "\\\\").replace("'", "\\'"), port, USER, slot(name));
  }
}
