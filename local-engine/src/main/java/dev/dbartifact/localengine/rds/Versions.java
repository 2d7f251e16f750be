package dev.dbartifact.localengine.rds;

import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;

/// The engine versions that clusters can have: those of the database servers that are installed.
final class Versions {

  static final String ENGINE = "aurora-postgresql";

  private final List<String> installed;

  /// @param installed such as `17.11`
  Versions(List<String> installed) {
    this.installed =
        installed.stream().sorted(Comparator.comparingInt(Versions::major).reversed()).toList();
  }

  static int major(String version) {
    return Integer.parseInt(version.replaceFirst("\\..*", ""));
  }

  /// The installed server for a request: the same major version; the newest where none is asked
  /// for.
  String choose(String requested) {
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

  static String family(String version) {
    return ENGINE + major(version);
  }

  boolean isFamily(String family) {
    return installed.stream().anyMatch(version -> family(version).equals(family));
  }

  List<String> families() {
    return installed.stream().map(Versions::family).distinct().toList();
  }

  static void requireEngine(String engine) {
    Rules.required("Engine", engine);
    if (!engine.equals(ENGINE)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid DB engine: %s. The local engine runs %s.", engine, ENGINE);
    }
  }

  List<DBEngineVersion> describe() {
    return installed.stream()
        .map(version ->
            DBEngineVersion.builder()
                .engine(ENGINE)
                .engineVersion(version)
                .majorEngineVersion(String.valueOf(major(version)))
                .dbParameterGroupFamily(family(version))
                .dbEngineDescription("Aurora PostgreSQL, stood in for by PostgreSQL")
                .dbEngineVersionDescription("PostgreSQL " + version)
                .exportableLogTypes("postgresql")
                .supportedEngineModes("provisioned")
                .supportsLogExportsToCloudwatchLogs(false)
                .supportsReadReplica(false)
                .status("available")
                .build())
        .toList();
  }
}
