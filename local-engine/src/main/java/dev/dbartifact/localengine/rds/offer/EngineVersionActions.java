package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.rds.model.*;

/// What engine versions there are.
public final class EngineVersionActions extends RdsActions {

  private final Versions versions;

  public EngineVersionActions(Versions versions) {
    this.versions = versions;
  }

  private static final Map<String, Function<DBEngineVersion, String>> VERSION_FILTERS =
      Map.of(
          "db-parameter-group-family", DBEngineVersion::dbParameterGroupFamily,
          "engine", DBEngineVersion::engine,
          "engine-mode", version -> "provisioned",
          "engine-version", DBEngineVersion::engineVersion,
          "status", DBEngineVersion::status);

  @Override
  @Honours(
      value = {
        "DBParameterGroupFamily",
        "DefaultOnly",
        "Engine",
        "EngineVersion",
        "Filters",
        "IncludeAll",
        "Marker",
        "MaxRecords"
      },
      differs =
          "The versions are those of the PostgreSQL and MariaDB servers that are installed; MySQL and Aurora MySQL have one, if MariaDB is.")
  public DescribeDbEngineVersionsResponse describeDBEngineVersions(
      DescribeDbEngineVersionsRequest request) {
    var family = request.dbParameterGroupFamily();
    var found =
        Filters.apply(request.filters(), VERSION_FILTERS, versions.describe()).stream()
            .filter(each -> isOrIsNotAsked(request.engine(), each.engine()))
            .filter(each -> isOrIsNotAsked(family, each.dbParameterGroupFamily()))
            .filter(each -> isVersion(request.engineVersion(), each))
            .filter(defaults(request.defaultOnly()))
            .sorted(Comparator.comparing(EngineVersionActions::name))
            .toList();
    var page = Page.of(found, EngineVersionActions::name, request.marker(), request.maxRecords());
    return DescribeDbEngineVersionsResponse.builder()
        .dbEngineVersions(page.items())
        .marker(page.marker())
        .build();
  }

  private static String name(DBEngineVersion version) {
    return version.engine() + " " + version.engineVersion();
  }

  /// The first of each engine, if only defaults are asked for.
  private static Predicate<DBEngineVersion> defaults(Boolean only) {
    var seen = new HashSet<String>();
    return version -> !Boolean.TRUE.equals(only) || seen.add(version.engine());
  }

  private static boolean isOrIsNotAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }

  private static boolean isVersion(String asked, DBEngineVersion version) {
    return isOrIsNotAsked(asked, version.engineVersion())
        || asked.equals(version.majorEngineVersion());
  }
}
