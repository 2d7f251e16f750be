package dev.dbartifact.localengine.rds.reset;

import java.util.Objects;
import java.util.Optional;

/// What became of a reset.
///
/// @param problem why the clone is not what it should be, if it is not
/// @param warning what is not as it was, though the clone is reset
record ResetOutcome(Optional<String> problem, Optional<String> warning) {

  ResetOutcome {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(warning, "warning");
  }

  static ResetOutcome done(Optional<String> warning) {
    return new ResetOutcome(Optional.empty(), warning);
  }

  static ResetOutcome failed(String problem) {
    return new ResetOutcome(Optional.of(problem), Optional.empty());
  }

  boolean isFailed() {
    return problem.isPresent();
  }

  /// The same, or what went wrong after it.
  ResetOutcome or(Optional<String> later) {
    return new ResetOutcome(problem.or(() -> later), warning);
  }
}
