package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on option groups.
public final class OptionGroupActions extends RdsActions {

  private static final String WORDS_ONLY =
      "Of mysql, mariadb and postgres. Options change nothing at the server.";

  private final OptionGroupChanges changes;
  private final OptionGroupQueries queries;

  OptionGroupActions(OptionGroupChanges changes, OptionGroupQueries queries) {
    this.changes = changes;
    this.queries = queries;
  }

  @Override
  @Honours(
      value = {
        "EngineName",
        "MajorEngineVersion",
        "OptionGroupDescription",
        "OptionGroupName",
        "Tags"
      },
      differs = WORDS_ONLY)
  public CreateOptionGroupResponse createOptionGroup(CreateOptionGroupRequest request) {
    return CreateOptionGroupResponse.builder().optionGroup(changes.create(request)).build();
  }

  @Override
  @Honours({
    "SourceOptionGroupIdentifier",
    "Tags",
    "TargetOptionGroupDescription",
    "TargetOptionGroupIdentifier"
  })
  public CopyOptionGroupResponse copyOptionGroup(CopyOptionGroupRequest request) {
    return CopyOptionGroupResponse.builder().optionGroup(changes.copy(request)).build();
  }

  @Override
  @Honours(
      value = {"ApplyImmediately", "OptionGroupName", "OptionsToInclude", "OptionsToRemove"},
      kept = {"OptionsToInclude"},
      differs =
          "The options are remembered and shown at once, and change nothing at the server. There is"
              + " MARIADB_AUDIT_PLUGIN; options with a port of their own are refused.")
  public ModifyOptionGroupResponse modifyOptionGroup(ModifyOptionGroupRequest request) {
    return ModifyOptionGroupResponse.builder().optionGroup(changes.modify(request)).build();
  }

  @Override
  @Honours("OptionGroupName")
  public DeleteOptionGroupResponse deleteOptionGroup(DeleteOptionGroupRequest request) {
    changes.delete(request);
    return DeleteOptionGroupResponse.builder().build();
  }

  @Override
  @Honours(
      value = {
        "EngineName",
        "Filters",
        "MajorEngineVersion",
        "Marker",
        "MaxRecords",
        "OptionGroupName"
      },
      differs = "The default groups are those of the major versions that are installed.")
  public DescribeOptionGroupsResponse describeOptionGroups(DescribeOptionGroupsRequest request) {
    return queries.describe(request);
  }

  @Override
  @Honours(
      value = {"EngineName", "Filters", "MajorEngineVersion", "Marker", "MaxRecords"},
      differs = "MARIADB_AUDIT_PLUGIN for mysql and mariadb, in the versions that are installed.")
  public DescribeOptionGroupOptionsResponse describeOptionGroupOptions(
      DescribeOptionGroupOptionsRequest request) {
    return queries.options(request);
  }
}
