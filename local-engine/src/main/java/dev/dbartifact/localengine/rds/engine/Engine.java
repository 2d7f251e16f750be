package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.server.ServerKind;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An engine of RDS, and what stands behind it here.
public enum Engine {
  AURORA_POSTGRESQL(
      "aurora-postgresql",
      "Aurora PostgreSQL",
      ServerKind.POSTGRESQL,
      5432,
      "postgresql-license",
      Set.of("postgresql", "instance", "iam-db-auth-error")),
  AURORA_MYSQL(
      "aurora-mysql",
      "Aurora MySQL",
      ServerKind.MARIADB,
      3306,
      "general-public-license",
      Set.of("audit", "error", "general", "slowquery", "instance", "iam-db-auth-error")),
  POSTGRES(
      "postgres",
      "PostgreSQL",
      ServerKind.POSTGRESQL,
      5432,
      "postgresql-license",
      Set.of("postgresql", "upgrade", "iam-db-auth-error")),
  MYSQL(
      "mysql",
      "MySQL",
      ServerKind.MARIADB,
      3306,
      "general-public-license",
      Set.of("audit", "error", "general", "slowquery", "iam-db-auth-error")),
  MARIADB(
      "mariadb",
      "MariaDB",
      ServerKind.MARIADB,
      3306,
      "general-public-license",
      Set.of("audit", "error", "general", "slowquery", "iam-db-auth-error"));

  private final String title;
  private final String words;
  private final ServerKind server;
  private final int port;
  private final String license;
  private final Set<String> logTypes;

  Engine(
      String title,
      String words,
      ServerKind server,
      int port,
      String license,
      Set<String> logTypes) {
    this.title = title;
    this.words = words;
    this.server = server;
    this.port = port;
    this.license = license;
    this.logTypes = logTypes;
  }

  /// The engine of a request.
  public static Engine of(String title) {
    Rules.required("Engine", title);
    return Arrays.stream(values())
        .filter(each -> each.title.equals(title))
        .findFirst()
        .orElseThrow(() -> unknown(title, _ -> true));
  }

  /// The engine of a request for a DB cluster.
  public static Engine ofCluster(String title) {
    var engine = of(title);
    if (!engine.isAurora()) {
      throw unknown(title, Engine::isAurora);
    }
    return engine;
  }

  /// What a role may be for: `SupportedFeatureNames` of DescribeDBEngineVersions. Roles of Aurora
  /// MySQL are for everything.
  public Set<String> features() {
    return switch (this) {
      case AURORA_POSTGRESQL ->
          Set.of("Bedrock", "Comprehend", "Lambda", "SageMaker", "s3Export", "s3Import");
      case POSTGRES -> Set.of("Lambda", "s3Export", "s3Import");
      case AURORA_MYSQL, MYSQL, MARIADB -> Set.of();
    };
  }

  private static RuntimeException unknown(String title, Predicate<Engine> possible) {
    return RdsFault.INVALID_PARAMETER_VALUE.with(
        "Invalid DB engine: %s. The local engine runs %s.",
        title,
        Arrays.stream(values())
            .filter(possible)
            .map(Engine::title)
            .collect(Collectors.joining(", ")));
  }

  /// The engine of a family of parameter groups, such as `aurora-mysql8.0`.
  public static Engine ofFamily(String family) {
    return Arrays.stream(values())
        .filter(each -> family.matches(Pattern.quote(each.title) + "[0-9.]+"))
        .findFirst()
        .orElseThrow();
  }

  /// Whether its instances are in DB clusters, which have the storage; those of the others have
  /// their own.
  public boolean isAurora() {
    return this == AURORA_POSTGRESQL || this == AURORA_MYSQL;
  }

  /// The part of a version's number that changes with an incompatible release.
  public String major(String number) {
    var digits = this == MYSQL || this == AURORA_MYSQL || this == MARIADB ? 2 : 1;
    return Arrays.stream(number.split("\\.")).limit(digits).collect(Collectors.joining("."));
  }

  /// As requests and answers have it.
  public String title() {
    return title;
  }

  /// For people.
  public String words() {
    return words;
  }

  /// Whether its servers have the functions of Aurora; MariaDB has no way to add them.
  public boolean hasAuroraFunctions() {
    return isAurora() && server() == ServerKind.POSTGRESQL;
  }

  public ServerKind server() {
    return server;
  }

  /// Where servers listen unless told otherwise.
  public int port() {
    return port;
  }

  /// How many characters the master password may have: see `MasterUserPassword` of CreateDBInstance
  /// and CreateDBCluster in the API Reference.
  public int longestPassword() {
    return this == POSTGRES ? 128 : 41;
  }

  public String license() {
    return license;
  }

  /// The logs that could be exported.
  public Set<String> logTypes() {
    return logTypes;
  }
}
