package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rds.model.OptionGroupOptionSetting;
import software.amazon.awssdk.services.rds.model.OptionSetting;

/// A setting that an option has. Pure.
///
/// @param values that it can have, as RDS writes them: a range such as `0-100`, words with commas
///   between, or nothing where anything goes
/// @param list whether it takes several of the words, with commas between
/// @param standard null where it has no value unless it is given one
record OfferedSetting(
    String name,
    String description,
    String type,
    String values,
    boolean list,
    String standard,
    boolean modifiable) {

  private static final Pattern RANGE = Pattern.compile("([0-9]+)-([0-9]+)");

  static OfferedSetting number(String name, String description, String range, String standard) {
    return new OfferedSetting(name, description, "INTEGER", range, false, standard, true);
  }

  static OfferedSetting words(String name, String description, String values, String standard) {
    return new OfferedSetting(name, description, "STRING", values, true, standard, true);
  }

  static OfferedSetting fixed(String name, String description, String value) {
    return new OfferedSetting(name, description, "STRING", value, false, value, false);
  }

  /// Refuses what the setting cannot be.
  void require(String value) {
    if (!takes(value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value '%s' for option setting %s. Allowed values are: %s",
          value, name, values.isEmpty() ? "any text" : values);
    }
  }

  private boolean takes(String value) {
    if (value == null) {
      return false;
    }
    var range = RANGE.matcher(values);
    if (range.matches()) {
      return value.matches("[0-9]{1,18}")
          && Long.parseLong(value) >= Long.parseLong(range.group(1))
          && Long.parseLong(value) <= Long.parseLong(range.group(2));
    }
    if (values.isEmpty()) {
      return true;
    }
    return list
        ? Set.of(values.split(",")).containsAll(Arrays.asList(value.split(",")))
        : values.equals(value);
  }

  /// As an option group shows it.
  OptionSetting in(String value) {
    return OptionSetting.builder()
        .name(name)
        .value(value)
        .defaultValue(standard)
        .description(description)
        .applyType("DYNAMIC")
        .dataType(type)
        .allowedValues(values.isEmpty() ? null : values)
        .isModifiable(modifiable)
        .isCollection(list)
        .build();
  }

  /// As it is offered.
  OptionGroupOptionSetting offered() {
    return OptionGroupOptionSetting.builder()
        .settingName(name)
        .settingDescription(description)
        .defaultValue(standard)
        .applyType("DYNAMIC")
        .allowedValues(values.isEmpty() ? null : values)
        .isModifiable(modifiable)
        .isRequired(false)
        .minimumEngineVersionPerAllowedValue(java.util.List.of())
        .build();
  }
}
