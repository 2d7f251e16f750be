package dev.dbartifact.examples.bench;

import java.time.Duration;

/// A way to get a second database with the source's data.
interface CopyMethod {
  /// What its row is called.
  String title();

  /// Whether the source must not be used meanwhile.
  default boolean pausesLoad() {
    return false;
  }

  /// Makes a copy, asks it until the first query is answered, and removes it again.
  ///
  /// @return the time to the first answer
  Duration copy(Source source) throws Exception;
}
