package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.ServerParameter;
import java.util.List;

/// A few settings of PostgreSQL, one of each sort.
final class FakeParameters {

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

  /// The same of MariaDB.
  static final List<ServerParameter> MARIADB =
      List.of(
          of("max_connections", "100", "integer", "MariaDB", "user"),
          of("performance_schema", "off", "bool", "MariaDB", "postmaster"),
          of("socket", "", "string", "MariaDB", "internal"));

  private FakeParameters() {}

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
