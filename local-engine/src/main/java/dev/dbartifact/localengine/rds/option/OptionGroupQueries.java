package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.request.EngineNames;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupOptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupOptionsResponse;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsResponse;
import software.amazon.awssdk.services.rds.model.OptionGroup;
import software.amazon.awssdk.services.rds.model.OptionGroupOption;

/// Answers what option groups there are, and what options there are for them.
final class OptionGroupQueries {

  private final OptionGroups groups;

  OptionGroupQueries(OptionGroups groups) {
    this.groups = groups;
  }

  DescribeOptionGroupsResponse describe(DescribeOptionGroupsRequest request) {
    check(request);
    var name = request.optionGroupName();
    var shown =
        groups.all().stream()
            .filter(each -> name == null || each.optionGroupName().equalsIgnoreCase(name))
            .filter(each -> isAsked(request.engineName(), each.engineName()))
            .filter(each -> isAsked(request.majorEngineVersion(), each.majorEngineVersion()))
            .toList();
    if (name != null && shown.isEmpty()) {
      throw OptionGroups.notFound(name);
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

  DescribeOptionGroupOptionsResponse options(DescribeOptionGroupOptionsRequest request) {
    var engine = OptionGroups.engine(request.engineName());
    if (request.majorEngineVersion() != null) {
      groups.requireMajor(engine, request.majorEngineVersion());
    }
    var majors =
        groups.majors(engine).stream()
            .filter(each -> isAsked(request.majorEngineVersion(), each))
            .toList();
    var offered =
        OfferedOption.of(engine).stream().flatMap(each -> each.offered(engine, majors)).toList();
    var page =
        Page.of(
            Filters.apply(request.filters(), Map.of(), offered),
            (OptionGroupOption each) -> each.name() + each.majorEngineVersion(),
            request.marker(),
            request.maxRecords());
    return DescribeOptionGroupOptionsResponse.builder()
        .optionGroupOptions(page.items())
        .marker(page.marker())
        .build();
  }

  private static boolean isAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }
}
