package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.ServerParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A few settings of PostgreSQL, one of each sort.
final class FakeParameters {

  /// What any text can be set to, and no server takes; nor any that begins so.
  static final String SENSELESS = "senseless";

  /// What no server that runs gives up for its default.
  static final String LASTING = "lasting";

  private static final String CONNECTIONS = "Connections and Authentication / Connection Settings";

  static final List<ServerParameter> ALL =
      List.of(
          of("autovacuum", "on", "bool", "Autovacuum", "sighup"),
          of("fsync", "on", "bool", "Write-Ahead Log / Settings", "sighup"),
          of("log_statement", "none", "enum", "Reporting and Logging / What to Log", "superuser"),
          of("max_connections", "100", "integer", CONNECTIONS, "postmaster"),
          of("port", "5432", "integer", CONNECTIONS, "postmaster"),
          of("random_page_cost", "4", "real", "Query Tuning / Planner Cost Constants", "user"),
          of("search_path", "", "string", "Client Connection Defaults", "user"),
          of("work_mem", "4096", "integer", "Resource Usage / Memory", "user"));

  /// What a server takes only at its start.
  private static final Set<String> FIXED =
      ALL.stream()
          .filter(each -> each.context().equals("postmaster"))
          .map(ServerParameter::name)
          .collect(Collectors.toUnmodifiableSet());

  /// A few of MariaDB.
  static final List<ServerParameter> MARIADB =
      List.of(
          of("max_connections", "100", "integer", "MariaDB", "user"),
          of("performance_schema", "off", "bool", "MariaDB", "postmaster"),
          of("socket", "", "string", "MariaDB", "internal"));

  private FakeParameters() {}

  /// What a server of PostgreSQL has after it was let take over others while it runs.
  static Map<String, String> reloaded(Map<String, String> had, Map<String, String> chosen) {
    var has = new HashMap<>(chosen);
    has.keySet().removeAll(FIXED);
    FIXED.stream().filter(had::containsKey).forEach(name -> has.put(name, had.get(name)));
    return taken(had, has);
  }

  /// What a running server does not take of these, and what it says of that.
  static Map<String, String> refused(Map<String, String> chosen) {
    return chosen.entrySet().stream()
        .filter(each -> each.getValue().startsWith(SENSELESS))
        .collect(Collectors.toMap(Map.Entry::getKey, _ -> "setting could not be applied"));
  }

  /// The same of one that has others.
  static Map<String, String> refused(Map<String, String> had, Map<String, String> chosen) {
    var refused = new HashMap<>(refused(chosen));
    had.forEach((name, value) -> {
      if (value.equals(LASTING) && !chosen.containsKey(name)) {
        refused.put(name, "setting could not be reset");
      }
    });
    return refused;
  }

  /// With those that it had in place of those that it refuses.
  static Map<String, String> taken(Map<String, String> had, Map<String, String> chosen) {
    var has = new HashMap<>(chosen);
    for (var name : refused(had, chosen).keySet()) {
      has.remove(name);
      if (had.containsKey(name)) {
        has.put(name, had.get(name));
      }
    }
    return Map.copyOf(has);
  }

  private static ServerParameter of(
      String name, String value, String type, String category, String context) {
    var number = type.equals("integer") || type.equals("real");
    return new ServerParameter(
        name,
        value,
        null,
        category,
        "What " + name + " does.",
        context,
        type,
        number ? "1" : null,
        number ? "262143" : null,
        type.equals("enum") ? List.of("none", "ddl", "mod", "all") : List.of(),
        name.equals("max_connections"));
  }
}
