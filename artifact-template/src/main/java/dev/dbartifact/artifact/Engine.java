package dev.dbartifact.artifact;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The database engines that a cluster can have (CreateDBCluster, Engine), as far as an artifact
/// can make them.
public enum Engine {
  AURORA_POSTGRESQL("aurora-postgresql", "postgresql", 5432),
  AURORA_MYSQL("aurora-mysql", "mysql", 3306);

  private final String rdsName;
  private final String jdbcScheme;
  private final int defaultPort;

  Engine(String rdsName, String jdbcScheme, int defaultPort) {
    this.rdsName = rdsName;
    this.jdbcScheme = jdbcScheme;
    this.defaultPort = defaultPort;
  }

  /// @throws IllegalArgumentException for a name that RDS does not know or that no artifact can
  ///   hold
  public static Engine named(String rdsName) {
    return Arrays.stream(values())
        .filter(each -> each.rdsName.equals(rdsName))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'" + rdsName + "' is not an engine of an artifact: " + accepted()));
  }

  private static String accepted() {
    return Arrays.stream(values()).map(Engine::toString).collect(Collectors.joining(" or "));
  }

  public int defaultPort() {
    return defaultPort;
  }

  /// The sub-protocol of this engine's JDBC URLs.
  public String jdbcScheme() {
    return jdbcScheme;
  }

  /// The name on the wire.
  @Override
  public String toString() {
    return rdsName;
  }
}
