package dev.dbartifact.localengine.rds.request;

import java.util.Set;

/// The engines that RDS knows, most of which are not offered here. Asking for what is there of one
/// of them is no mistake; asking for another one is.
///
/// See "Engine" of CreateDBInstance and CreateDBCluster in the RDS API reference; the API of Amazon
/// DocumentDB, which shares the endpoint, has one more.
public final class EngineNames {

  private static final Set<String> KNOWN =
      Set.of(
          "aurora-mysql",
          "aurora-postgresql",
          "custom-oracle-ee",
          "custom-oracle-ee-cdb",
          "custom-oracle-se2",
          "custom-oracle-se2-cdb",
          "custom-sqlserver-dev",
          "custom-sqlserver-ee",
          "custom-sqlserver-se",
          "custom-sqlserver-web",
          "db2-ae",
          "db2-se",
          "docdb",
          "mariadb",
          "mysql",
          "neptune",
          "oracle-ee",
          "oracle-ee-cdb",
          "oracle-se2",
          "oracle-se2-cdb",
          "postgres",
          "sqlserver-dev-ee",
          "sqlserver-ee",
          "sqlserver-ex",
          "sqlserver-se",
          "sqlserver-web");

  private EngineNames() {}

  /// Refuses the name of no engine.
  public static void requireKnown(String name) {
    if (!KNOWN.contains(name)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Unrecognized engine name: %s", name);
    }
  }
}
