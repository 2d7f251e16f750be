package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on option groups.
public final class OptionGroupActions extends RdsActions {

  private static final String WORDS_ONLY =
      "Of mysql, mariadb and postgres. Options change nothing at the server.";

  private final OptionGroups groups;

  public OptionGroupActions(OptionGroups groups) {
    this.groups = groups;
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
    return CreateOptionGroupResponse.builder().optionGroup(groups.create(request)).build();
  }

  @Override
  @Honours({
    "SourceOptionGroupIdentifier",
    "Tags",
    "TargetOptionGroupDescription",
    "TargetOptionGroupIdentifier"
  })
  public CopyOptionGroupResponse copyOptionGroup(CopyOptionGroupRequest request) {
    return CopyOptionGroupResponse.builder().optionGroup(groups.copy(request)).build();
  }

  @Override
  @Honours(
      value = {"ApplyImmediately", "OptionGroupName", "OptionsToInclude", "OptionsToRemove"},
      kept = {"OptionsToInclude"},
      differs =
          "The options are remembered and shown at once, and change nothing at the server. There is"
              + " MARIADB_AUDIT_PLUGIN; options with a port of their own are refused.")
  public ModifyOptionGroupResponse modifyOptionGroup(ModifyOptionGroupRequest request) {
    return ModifyOptionGroupResponse.builder().optionGroup(groups.modify(request)).build();
  }

  @Override
  @Honours("OptionGroupName")
  public DeleteOptionGroupResponse deleteOptionGroup(DeleteOptionGroupRequest request) {
    groups.delete(request);
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
    return groups.describe(request);
  }

  @Override
  @Honours(
      value = {"EngineName", "Filters", "MajorEngineVersion", "Marker", "MaxRecords"},
      differs = "MARIADB_AUDIT_PLUGIN for mysql and mariadb, in the versions that are installed.")
  public DescribeOptionGroupOptionsResponse describeOptionGroupOptions(
      DescribeOptionGroupOptionsRequest request) {
    return groups.options(request);
  }
}
