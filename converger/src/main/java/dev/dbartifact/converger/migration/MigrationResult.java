package dev.dbartifact.converger.migration;

import java.time.Duration;
import java.util.List;

/// What a migration did.
///
/// @param applied in the order of their application; empty: nothing had to be done
/// @param alreadyApplied how many change sets of this changelog were there before
/// @param elapsed the whole of it, connecting included
public record MigrationResult(List<ChangeSetRef> applied, int alreadyApplied, Duration elapsed) {
  public MigrationResult {
    applied = List.copyOf(applied);
  }
}
