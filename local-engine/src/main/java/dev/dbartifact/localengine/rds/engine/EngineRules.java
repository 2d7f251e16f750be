package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;

/// What RDS demands of the names in a database and of its logs, which differs between engines.
///
/// See CreateDBCluster and CreateDBInstance in the Amazon RDS API Reference.
public final class EngineRules {

  /// In seconds: 72 hours.
  private static final int LONGEST_BACKTRACK = 259_200;

  private EngineRules() {}

  public static String masterUser(Engine engine, String value) {
    Rules.notBlank("MasterUsername", value);
    return switch (engine) {
      case AURORA_POSTGRESQL, POSTGRES -> postgresUser(value);
      case AURORA_MYSQL, MYSQL, MARIADB -> mysqlUser(value);
    };
  }

  private static String mysqlUser(String value) {
    if (!value.matches("[a-zA-Z][a-zA-Z0-9_]{0,15}")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "MasterUsername must begin with a letter and contain only alphanumeric characters, at most"
              + " 16 of them.");
    }
    if (ReservedWords.isUserOfMySql(value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "MasterUsername %s cannot be used as it is a reserved word used by the engine", value);
    }
    return value;
  }

  private static String postgresUser(String value) {
    if (!value.matches("[a-zA-Z][a-zA-Z0-9_]{0,62}")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "MasterUsername must begin with a letter and contain only alphanumeric characters, at most"
              + " 63 of them.");
    }
    if (ReservedWords.isUserOfPostgres(value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "MasterUsername %s cannot be used as it is a reserved word used by the engine", value);
    }
    return value;
  }

  /// The ARN of the key that new storage is encrypted with, null where it is not encrypted. The
  /// words are AWS's.
  ///
  /// @param encrypted whether it is to be, null where nothing is said
  /// @param key as a request names it, null for the account's own
  public static String storageKey(Engine engine, Boolean encrypted, String key, Home home) {
    var wanted = Boolean.TRUE.equals(encrypted);
    if (key != null && !wanted) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "You must enable StorageEncrypted when you specify KmsKeyId for DB engine %s",
          engine.title());
    }
    if (key != null) {
      return home.key(key);
    }
    return wanted ? home.defaultKey() : null;
  }

  /// Aurora MySQL can turn a cluster back in time, and the local engine cannot: no window is taken
  /// but the one that turns this off. The words are AWS's.
  ///
  /// @param seconds null where nothing is said
  public static void backtrackWindow(EngineVersion version, Long seconds) {
    if (seconds == null || seconds == 0) {
      return;
    }
    if (seconds < 0 || seconds > LONGEST_BACKTRACK) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The specified value (%d) is not a valid Backtrack Window. Allowed values are within the"
              + " range of 0 to %d",
          seconds, LONGEST_BACKTRACK);
    }
    if (version.engine() != Engine.AURORA_MYSQL) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Backtrack is not enabled for the %s engine. (BacktrackWindow is %d.)",
          version.engine().title(), seconds);
    }
    throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "Aurora MySQL Engine Version %s with mode: PROVISIONED does not support Backtrack."
            + " (BacktrackWindow is %d.)",
        version.number(), seconds);
  }

  /// @param parameter `DatabaseName` of clusters, `DBName` of plain instances
  public static String databaseName(Engine engine, String parameter, String value) {
    return switch (engine) {
      case AURORA_POSTGRESQL, POSTGRES -> postgresDatabase(parameter, value);
      case AURORA_MYSQL, MYSQL, MARIADB -> mysqlDatabase(parameter, value);
    };
  }

  private static String mysqlDatabase(String parameter, String value) {
    if (!value.matches("[a-zA-Z][a-zA-Z0-9_]{0,63}")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s must begin with a letter and contain only alphanumeric characters.", parameter);
    }
    if (ReservedWords.isDatabaseOfMySql(value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s %s cannot be used. It is a reserved word for this engine", parameter, value);
    }
    return value;
  }

  private static String postgresDatabase(String parameter, String value) {
    if (!value.matches("[a-zA-Z_][a-zA-Z0-9_]{0,62}")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s must begin with a letter and contain only alphanumeric characters.", parameter);
    }
    if (ReservedWords.isDatabaseOfPostgres(value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s %s cannot be used. It is a reserved word for this engine", parameter, value);
    }
    return value;
  }

  public static void logExports(Engine engine, List<String> types) {
    for (var type : types) {
      if (!engine.logTypes().contains(type)) {
        throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
            "You cannot use the log types '%s' with engine version %s. For supported log types, see"
                + " the documentation.",
            type, engine.title());
      }
    }
  }
}
