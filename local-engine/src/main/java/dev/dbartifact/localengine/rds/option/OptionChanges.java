package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.ModifyOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.Option;
import software.amazon.awssdk.services.rds.model.OptionConfiguration;
import software.amazon.awssdk.services.rds.model.OptionGroup;
import software.amazon.awssdk.services.rds.model.OptionSetting;

/// The options of a group after a request. Pure.
///
/// See ModifyOptionGroup in the Amazon RDS API Reference.
final class OptionChanges {

  private OptionChanges() {}

  static OptionGroup apply(OptionGroup group, ModifyOptionGroupRequest request) {
    if (request.optionsToInclude().isEmpty() && request.optionsToRemove().isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "At least one option must be added, modified, or removed.");
    }
    var options = new TreeMap<String, Option>();
    group.options().forEach(each -> options.put(each.optionName(), each));
    for (var name : request.optionsToRemove()) {
      if (options.remove(name) == null) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with(
            "Option %s is not in option group %s and cannot be removed.",
            name, group.optionGroupName());
      }
    }
    for (var wanted : request.optionsToInclude()) {
      var name =
          Rules.required("OptionsToInclude.OptionConfiguration.OptionName", wanted.optionName());
      options.put(name, included(group, options.get(name), wanted));
    }
    return group.copy(to -> to.options(options.values()));
  }

  /// @param current null where the group does not have it
  private static Option included(OptionGroup group, Option current, OptionConfiguration wanted) {
    var engine = Engine.of(group.engineName());
    var offered = OfferedOption.find(engine, group.majorEngineVersion(), wanted.optionName());
    refuse("Port", wanted.port(), offered);
    refuse("OptionVersion", wanted.optionVersion(), offered);
    refuse("DBSecurityGroupMemberships", wanted.dbSecurityGroupMemberships(), offered);
    refuse("VpcSecurityGroupMemberships", wanted.vpcSecurityGroupMemberships(), offered);
    var values = values(current);
    wanted.optionSettings().forEach(each -> set(values, offered, each));
    return Option.builder()
        .optionName(offered.name())
        .optionDescription(offered.description())
        .persistent(false)
        .permanent(false)
        .optionSettings(
            offered.settings().stream()
                .map(each -> each.in(values.getOrDefault(each.name(), each.standard())))
                .toList())
        .dbSecurityGroupMemberships(List.of())
        .vpcSecurityGroupMemberships(List.of())
        .build();
  }

  private static Map<String, String> values(Option current) {
    var values = new LinkedHashMap<String, String>();
    if (current != null) {
      current.optionSettings().forEach(each -> values.put(each.name(), each.value()));
    }
    return values;
  }

  private static void set(Map<String, String> values, OfferedOption offered, OptionSetting wanted) {
    var setting =
        offered.setting(Rules.required("OptionSettings.OptionSetting.Name", wanted.name()));
    setting.require(wanted.value());
    values.put(setting.name(), wanted.value());
  }

  /// Those are for options that answer at a port, or that there are several versions of.
  private static void refuse(String parameter, Object value, OfferedOption option) {
    var said = value instanceof List<?> list ? !list.isEmpty() : value != null;
    if (said) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "%s cannot be given for the option %s.", parameter, option.name());
    }
  }
}
