package dev.dbartifact.localengine.rds;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;

/// The engine versions that clusters can have: those of the database servers that are installed.
final class Versions {

  static final String ENGINE = Engine.AURORA_POSTGRESQL.title();

  /// What MariaDB stands in for.
  static final String MYSQL = "8.0.mysql_aurora.3.08.2";

  private static final String MYSQL_FAMILY = Engine.AURORA_MYSQL.title() + "8.0";

  private final List<String> installed;
  private final List<String> mariaDb;
  private final String mariaDbAdvice;

  /// @param installed versions of PostgreSQL, such as `17.11`
  /// @param mariaDb versions of MariaDB, such as `10.11.19`, newest first
  /// @param mariaDbAdvice what to do where there is none
  Versions(List<String> installed, List<String> mariaDb, String mariaDbAdvice) {
    this.installed =
        installed.stream().sorted(Comparator.comparingInt(Versions::major).reversed()).toList();
    this.mariaDb = mariaDb;
    this.mariaDbAdvice = mariaDbAdvice;
  }

  static int major(String version) {
    return Integer.parseInt(version.replaceFirst("\\..*", ""));
  }

  /// The engine version for a request: the same major version; the newest where none is asked for.
  String choose(Engine engine, String requested) {
    return switch (engine) {
      case AURORA_POSTGRESQL -> postgres(requested);
      case AURORA_MYSQL -> mysql(requested);
    };
  }

  private String postgres(String requested) {
    if (requested == null) {
      return installed.stream().findFirst().orElseThrow(() -> unknown("any"));
    }
    if (!requested.matches("[1-9][0-9]{0,2}(\\.[0-9]{1,3}){0,2}")) {
      throw unknown(requested);
    }
    return installed.stream()
        .filter(version -> major(version) == major(requested))
        .findFirst()
        .orElseThrow(() -> unknown(requested));
  }

  private RuntimeException unknown(String requested) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "Cannot find version %s for %s (installed here: %s)",
        requested, ENGINE, String.join(", ", installed));
  }

  private String mysql(String requested) {
    var known =
        requested == null
            || requested.matches("8\\.0(\\.mysql_aurora\\.3\\.[0-9]{2}\\.[0-9]{1,2})?");
    if (!known || mariaDb.isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot find %s for %s (%s)",
          requested == null ? "a version" : "version " + requested,
          Engine.AURORA_MYSQL.title(),
          mariaDb.isEmpty() ? "MariaDB is not installed here. " + mariaDbAdvice : "here: " + MYSQL);
    }
    return MYSQL;
  }

  /// The version of the server behind an engine version.
  String server(String version) {
    return switch (Engine.behind(version)) {
      case AURORA_POSTGRESQL -> version;
      case AURORA_MYSQL -> mariaDb.stream().findFirst().orElseThrow(() -> notInstalled(version));
    };
  }

  private RuntimeException notInstalled(String version) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "There is no server for %s: MariaDB is not installed here. %s", version, mariaDbAdvice);
  }

  static String family(String version) {
    return Engine.behind(version) == Engine.AURORA_MYSQL ? MYSQL_FAMILY : ENGINE + major(version);
  }

  /// The newest engine version whose parameter groups are of this family.
  String ofFamily(String family) {
    var engine = Engine.behind(family);
    return choose(engine, family.substring(engine.title().length()));
  }

  boolean isFamily(String family) {
    return families().contains(family);
  }

  List<String> families() {
    var postgres = installed.stream().map(Versions::family);
    var mysql = mariaDb.stream().map(_ -> MYSQL_FAMILY);
    return Stream.concat(postgres, mysql).distinct().toList();
  }

  /// Newest first, engine by engine.
  List<DBEngineVersion> describe() {
    return Stream.concat(
            installed.stream().map(Versions::describePostgres),
            mariaDb.stream().limit(1).map(Versions::describeMySql))
        .toList();
  }

  private static DBEngineVersion describePostgres(String version) {
    return described(version)
        .majorEngineVersion(String.valueOf(major(version)))
        .dbEngineDescription("Aurora PostgreSQL, stood in for by PostgreSQL")
        .dbEngineVersionDescription("PostgreSQL " + version)
        .exportableLogTypes("postgresql")
        .supportedFeatureNames(ClusterRoles.FEATURES.stream().sorted().toList())
        .build();
  }

  private static DBEngineVersion describeMySql(String mariaDb) {
    return described(MYSQL)
        .majorEngineVersion("8.0")
        .dbEngineDescription("Aurora MySQL, stood in for by MariaDB")
        .dbEngineVersionDescription("MariaDB " + mariaDb)
        .exportableLogTypes("audit", "error", "general", "slowquery")
        .build();
  }

  private static DBEngineVersion.Builder described(String version) {
    return DBEngineVersion.builder()
        .engine(Engine.behind(version).title())
        .engineVersion(version)
        .dbParameterGroupFamily(family(version))
        .supportedEngineModes("provisioned")
        .supportedCACertificateIdentifiers(Offers.CERTIFICATE)
        .supportsCertificateRotationWithoutRestart(true)
        .supportsGlobalDatabases(false)
        .supportsParallelQuery(false)
        .supportsBabelfish(false)
        .supportsLimitlessDatabase(false)
        .supportsLocalWriteForwarding(false)
        .supportsIntegrations(false)
        .supportsLogExportsToCloudwatchLogs(false)
        .supportsReadReplica(false)
        .status("available");
  }
}
