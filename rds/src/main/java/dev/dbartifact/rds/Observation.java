package dev.dbartifact.rds;

import java.util.Optional;

/// One look at something that is waited for.
///
/// @param state what to tell people, such as `creating`
/// @param advice what somebody has to do, for [StatusClass#NEEDS_ACTION] and [StatusClass#FAILED]
/// @param value what the wait is for, when ready
public record Observation<T>(
    String state, StatusClass statusClass, String advice, Optional<T> value) {
  public static <T> Observation<T> ready(String state, T value) {
    return new Observation<>(state, StatusClass.READY, "", Optional.of(value));
  }

  public static <T> Observation<T> inProgress(String state) {
    return new Observation<>(state, StatusClass.IN_PROGRESS, "", Optional.empty());
  }

  /// A state that waiting does not mend.
  public static <T> Observation<T> hopeless(StatusClass statusClass, String state, String advice) {
    return new Observation<>(state, statusClass, advice, Optional.empty());
  }
}
