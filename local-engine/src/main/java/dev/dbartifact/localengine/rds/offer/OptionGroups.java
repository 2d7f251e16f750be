package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.request.EngineNames;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsResponse;
import software.amazon.awssdk.services.rds.model.OptionGroup;

/// The option groups that instances have without asking, one for each major version, with no
/// options in them.
///
/// See DescribeOptionGroups in the Amazon RDS API Reference.
public final class OptionGroups {

  private final Versions versions;
  private final Home home;

  public OptionGroups(Versions versions, Home home) {
    this.versions = versions;
    this.home = home;
  }

  DescribeOptionGroupsResponse describe(DescribeOptionGroupsRequest request) {
    check(request);
    var name = request.optionGroupName();
    var shown =
        all().stream()
            .filter(each -> name == null || each.optionGroupName().equalsIgnoreCase(name))
            .filter(each -> isAsked(request.engineName(), each.engineName()))
            .filter(each -> isAsked(request.majorEngineVersion(), each.majorEngineVersion()))
            .toList();
    if (name != null && shown.isEmpty()) {
      throw RdsFault.OPTION_GROUP_NOT_FOUND.with("Specified OptionGroupName: %s not found.", name);
    }
    var page =
        Page.of(
            Filters.apply(request.filters(), Map.of(), shown),
            OptionGroup::optionGroupName,
            request.marker(),
            request.maxRecords());
    return DescribeOptionGroupsResponse.builder()
        .optionGroupsList(page.items())
        .marker(page.marker())
        .build();
  }

  private static void check(DescribeOptionGroupsRequest request) {
    var engine = request.engineName();
    if (request.optionGroupName() != null
        && (engine != null || request.majorEngineVersion() != null)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "OptionGroupName cannot be given together with EngineName or MajorEngineVersion.");
    }
    if (request.majorEngineVersion() != null && engine == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "MajorEngineVersion cannot be given without EngineName.");
    }
    if (engine != null) {
      EngineNames.requireKnown(engine);
    }
  }

  private static boolean isAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }

  /// By name.
  private List<OptionGroup> all() {
    var groups = new TreeMap<String, OptionGroup>();
    Arrays.stream(Engine.values())
        .flatMap(engine -> versions.all(engine).stream())
        .forEach(version -> groups.computeIfAbsent(version.optionGroup(), _ -> group(version)));
    return List.copyOf(groups.values());
  }

  private OptionGroup group(EngineVersion version) {
    var engine = version.engine().title();
    return OptionGroup.builder()
        .optionGroupName(version.optionGroup())
        .optionGroupDescription("Default option group for %s %s".formatted(engine, version.major()))
        .engineName(engine)
        .majorEngineVersion(version.major())
        .options(List.of())
        .allowsVpcAndNonVpcInstanceMemberships(true)
        .optionGroupArn(home.arn("og", version.optionGroup()))
        .build();
  }
}
