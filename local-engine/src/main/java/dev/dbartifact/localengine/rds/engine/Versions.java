package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.ServerKind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;

/// The engine versions that clusters and plain instances can have: those of the database servers
/// that are installed.
public final class Versions {

  /// What MariaDB stands in for as Aurora MySQL.
  static final String AURORA_MYSQL = "8.0.mysql_aurora.3.08.2";

  /// What MariaDB stands in for as MySQL.
  static final String MYSQL = "8.0.42";

  /// The authority that signs the certificates of their servers.
  public static final String CERTIFICATE = "rds-ca-rsa2048-g1";

  /// How long the certificate of one server lasts, as on AWS.
  public static final Duration SERVER_CERTIFICATE = Duration.ofDays(365);

  private final List<String> postgres;
  private final List<String> mariaDb;
  private final String mariaDbAdvice;

  /// @param postgres versions of PostgreSQL, such as `17.11`
  /// @param mariaDb versions of MariaDB, such as `10.11.19`, newest first
  /// @param mariaDbAdvice what to do where there is none
  public Versions(List<String> postgres, List<String> mariaDb, String mariaDbAdvice) {
    this.postgres =
        postgres.stream().sorted(Comparator.comparingInt(Versions::major).reversed()).toList();
    this.mariaDb = mariaDb;
    this.mariaDbAdvice = mariaDbAdvice;
  }

  private static int major(String postgres) {
    return Integer.parseInt(postgres.replaceFirst("\\..*", ""));
  }

  /// The engine version for a request: the same major version; the newest where none is asked for.
  public EngineVersion choose(Engine engine, String requested) {
    if (engine.server() == ServerKind.MARIADB && mariaDb.isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot find %s for %s (MariaDB is not installed here. %s)",
          requested == null ? "a version" : "version " + requested, engine.title(), mariaDbAdvice);
    }
    return all(engine)
        .filter(each -> requested == null || stands(each, requested))
        .findFirst()
        .orElseThrow(() -> unknown(engine, requested));
  }

  /// Whether the version serves a request for another one.
  private static boolean stands(EngineVersion version, String requested) {
    var form =
        switch (version.engine()) {
          case AURORA_POSTGRESQL, POSTGRES -> "[1-9][0-9]{0,2}(\\.[0-9]{1,3}){0,2}";
          case AURORA_MYSQL -> "8\\.0(\\.mysql_aurora\\.3\\.[0-9]{2}\\.[0-9]{1,2})?";
          case MYSQL -> "8\\.0(\\.[0-9]{1,2})?";
          case MARIADB -> "1[0-9]\\.[0-9]{1,2}(\\.[0-9]{1,2})?";
        };
    return requested.matches(form) && version.engine().major(requested).equals(version.major());
  }

  private RuntimeException unknown(Engine engine, String requested) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "Cannot find version %s for %s (here: %s)",
        requested,
        engine.title(),
        String.join(", ", all(engine).map(EngineVersion::number).toList()));
  }

  /// Newest first.
  private Stream<EngineVersion> all(Engine engine) {
    var numbers =
        switch (engine) {
          case AURORA_POSTGRESQL, POSTGRES -> postgres.stream();
          case AURORA_MYSQL -> mariaDb.stream().limit(1).map(_ -> AURORA_MYSQL);
          case MYSQL -> mariaDb.stream().limit(1).map(_ -> MYSQL);
          case MARIADB -> mariaDb.stream();
        };
    return numbers.map(number -> new EngineVersion(engine, number));
  }

  /// The version of the server behind an engine version.
  public String server(EngineVersion version) {
    return switch (version.engine()) {
      case AURORA_POSTGRESQL, POSTGRES, MARIADB -> version.number();
      case AURORA_MYSQL, MYSQL ->
          mariaDb.stream().findFirst().orElseThrow(() -> notInstalled(version));
    };
  }

  private RuntimeException notInstalled(EngineVersion version) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "There is no server for %s %s: MariaDB is not installed here. %s",
        version.engine().title(), version.number(), mariaDbAdvice);
  }

  /// The newest engine version whose parameter groups are of this family.
  public EngineVersion ofFamily(String family) {
    var engine = Engine.ofFamily(family);
    return choose(engine, family.substring(engine.title().length()));
  }

  public boolean isFamily(String family) {
    return families().contains(family);
  }

  public List<String> families() {
    return Stream.of(Engine.values())
        .flatMap(this::all)
        .map(EngineVersion::family)
        .distinct()
        .toList();
  }

  /// Engine by engine, newest first.
  public List<DBEngineVersion> describe() {
    return Stream.of(Engine.values()).flatMap(this::all).map(this::described).toList();
  }

  private DBEngineVersion described(EngineVersion version) {
    var engine = version.engine();
    var behind = engine.server().title();
    return DBEngineVersion.builder()
        .engine(engine.title())
        .engineVersion(version.number())
        .majorEngineVersion(version.major())
        .dbParameterGroupFamily(version.family())
        .dbEngineDescription(
            engine.words().equals(behind)
                ? behind
                : "%s, stood in for by %s".formatted(engine.words(), behind))
        .dbEngineVersionDescription(behind + " " + server(version))
        .exportableLogTypes(
            engine.server() == ServerKind.POSTGRESQL
                ? List.of("postgresql")
                : List.of("audit", "error", "general", "slowquery"))
        .supportedFeatureNames(features(engine))
        .supportedEngineModes("provisioned")
        .supportedCACertificateIdentifiers(CERTIFICATE)
        .supportsCertificateRotationWithoutRestart(true)
        .supportsGlobalDatabases(false)
        .supportsParallelQuery(false)
        .supportsBabelfish(false)
        .supportsLimitlessDatabase(false)
        .supportsLocalWriteForwarding(false)
        .supportsIntegrations(false)
        .supportsLogExportsToCloudwatchLogs(false)
        .supportsReadReplica(false)
        .status("available")
        .build();
  }

  /// Null where there are none, so that the answer says nothing of them.
  private static List<String> features(Engine engine) {
    return engine.features().isEmpty() ? null : engine.features().stream().sorted().toList();
  }
}
