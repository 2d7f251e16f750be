package dev.dbartifact.converger.plan;

import dev.dbartifact.rds.SettingField;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/// A setting that is not as it should be.
///
/// @param current absent when it is not known, as before a clone has been made
record Difference(SettingField field, Optional<Object> current, Object desired) {
  /// `maintenance.backupRetentionDays 1 -> 7`.
  @Override
  public String toString() {
    return field
        + current.map(value -> " " + shown(value) + " ->").orElse("")
        + " "
        + shown(desired);
  }

  private static String shown(Object value) {
    return value instanceof Collection<?> list
        ? list.isEmpty()
            ? "none"
            : list.stream().map(Object::toString).collect(Collectors.joining("+"))
        : value.toString();
  }
}
