package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.ServerKind;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// An engine of RDS, and what stands behind it here.
enum Engine {
  AURORA_POSTGRESQL(
      "aurora-postgresql",
      ServerKind.POSTGRESQL,
      5432,
      "postgresql-license",
      Set.of("postgresql", "instance", "iam-db-auth-error")),
  AURORA_MYSQL(
      "aurora-mysql",
      ServerKind.MARIADB,
      3306,
      "general-public-license",
      Set.of("audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"));

  private final String title;
  private final ServerKind server;
  private final int port;
  private final String license;
  private final Set<String> logTypes;

  Engine(String title, ServerKind server, int port, String license, Set<String> logTypes) {
    this.title = title;
    this.server = server;
    this.port = port;
    this.license = license;
    this.logTypes = logTypes;
  }

  /// The engine of a request.
  static Engine of(String title) {
    Rules.required("Engine", title);
    return Arrays.stream(values())
        .filter(each -> each.title.equals(title))
        .findFirst()
        .orElseThrow(() ->
            RdsFault.INVALID_PARAMETER_VALUE.with(
                "Invalid DB engine: %s. The local engine runs %s.",
                title,
                Arrays.stream(values()).map(Engine::title).collect(Collectors.joining(" and "))));
  }

  /// The engine of an engine version or a family of parameter groups: Aurora MySQL's name theirs
  /// after MySQL, such as `8.0.mysql_aurora.3.08.2`.
  static Engine behind(String versionOrFamily) {
    return versionOrFamily.contains("mysql") ? AURORA_MYSQL : AURORA_POSTGRESQL;
  }

  /// As requests and answers have it.
  String title() {
    return title;
  }

  ServerKind server() {
    return server;
  }

  /// Where servers listen unless told otherwise.
  int port() {
    return port;
  }

  String license() {
    return license;
  }

  /// The logs that could be exported.
  Set<String> logTypes() {
    return logTypes;
  }
}
