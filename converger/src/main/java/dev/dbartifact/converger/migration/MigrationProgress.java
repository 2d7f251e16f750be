package dev.dbartifact.converger.migration;

import java.time.Duration;

/// Is told what a migration is doing, on the thread that does it.
public interface MigrationProgress {
  /// Tells nobody.
  MigrationProgress NONE = new MigrationProgress() {};

  /// @param position counted from 1
  default void applying(ChangeSetRef changeSet, int position, int pending) {}

  /// Between a change set and its row in the table of those that were applied.
  default void applied(ChangeSetRef changeSet, Duration elapsed) {}

  /// Something that is not a failure but that a person should hear of: a wait for another
  /// migration, a stale lock that was released. One sentence.
  default void notice(String sentence) {}
}
