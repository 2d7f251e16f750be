package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.engine.OfferedNumbers;
import dev.dbartifact.localengine.rds.request.EngineNames;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.rds.model.*;

/// What engine versions there are.
public final class EngineVersionActions extends RdsActions {

  private final VersionDescriptions versions;

  public EngineVersionActions(VersionDescriptions versions) {
    this.versions = versions;
  }

  /// Oldest first, as on AWS.
  private static final Comparator<DBEngineVersion> ORDER =
      Comparator.comparing(DBEngineVersion::engine)
          .thenComparing(DBEngineVersion::engineVersion, OfferedNumbers.NEWEST.reversed());

  /// See `Engine` of DescribeDBMajorEngineVersions in the API Reference.
  private static final Set<String> OF_MAJOR_VERSIONS =
      Set.of("aurora-mysql", "aurora-postgresql", "mariadb", "mysql", "postgres");

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
        "ListSupportedCharacterSets",
        "ListSupportedTimezones",
        "Marker",
        "MaxRecords"
      },
      differs =
          "The minor versions of those major versions that are installed, up to the installed one, which is the server behind all of them and is named in the description; MySQL 8.0 and Aurora MySQL 3 if MariaDB is.")
  public DescribeDbEngineVersionsResponse describeDBEngineVersions(
      DescribeDbEngineVersionsRequest request) {
    if (request.engine() != null) {
      EngineNames.requireKnown(request.engine());
    }
    var family = request.dbParameterGroupFamily();
    var found =
        Filters.apply(request.filters(), VERSION_FILTERS, versions.all()).stream()
            .filter(each -> isOrIsNotAsked(request.engine(), each.engine()))
            .filter(each -> isOrIsNotAsked(family, each.dbParameterGroupFamily()))
            .filter(each -> isVersion(request.engineVersion(), each))
            .filter(standard(request))
            .sorted(ORDER)
            .toList();
    var page = Page.numbered(found, request.marker(), request.maxRecords());
    return DescribeDbEngineVersionsResponse.builder()
        .dbEngineVersions(page.items())
        .marker(page.marker())
        .build();
  }

  @Override
  @Honours(
      value = {"Engine", "MajorEngineVersion", "Marker", "MaxRecords"},
      differs =
          "The major versions that are installed. None says until when it is supported: here that is as long as it is installed.")
  public DescribeDbMajorEngineVersionsResponse describeDBMajorEngineVersions(
      DescribeDbMajorEngineVersionsRequest request) {
    if (request.engine() != null) {
      EngineNames.requireKnown(request.engine());
    }
    var found =
        versions.all().stream()
            .filter(each -> OF_MAJOR_VERSIONS.contains(each.engine()))
            .filter(each -> isOrIsNotAsked(request.engine(), each.engine()))
            .filter(each -> isOrIsNotAsked(request.majorEngineVersion(), each.majorEngineVersion()))
            .sorted(ORDER)
            .map(EngineVersionActions::major)
            .distinct()
            .toList();
    var page = Page.numbered(found, request.marker(), request.maxRecords());
    return DescribeDbMajorEngineVersionsResponse.builder()
        .dbMajorEngineVersions(page.items())
        .marker(page.marker())
        .build();
  }

  private static DBMajorEngineVersion major(DBEngineVersion version) {
    return DBMajorEngineVersion.builder()
        .engine(version.engine())
        .majorEngineVersion(version.majorEngineVersion())
        .build();
  }

  /// Of an engine, or of a major version, if only defaults are asked for.
  private Predicate<DBEngineVersion> standard(DescribeDbEngineVersionsRequest request) {
    if (!Boolean.TRUE.equals(request.defaultOnly())) {
      return _ -> true;
    }
    return request.engineVersion() == null ? versions::isDefault : versions::isStandard;
  }

  private static boolean isOrIsNotAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }

  private static boolean isVersion(String asked, DBEngineVersion version) {
    return isOrIsNotAsked(asked, version.engineVersion())
        || asked.equals(version.majorEngineVersion());
  }
}
