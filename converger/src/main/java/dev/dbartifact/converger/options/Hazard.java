package dev.dbartifact.converger.options;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What a step may do that its user has to allow first, with `--allow`.
public enum Hazard {
  /// Connections to a cluster in use are lost for some seconds or minutes.
  RESTARTS("restarts"),
  /// An instance of a cluster in use is deleted; the data stay.
  DELETES_INSTANCES("deletes-instances");

  private final String word;

  Hazard(String word) {
    this.word = word;
  }

  /// @throws IllegalArgumentException for any other word
  public static Hazard named(String text) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(text.strip().replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + text + "' is not a hazard: " + accepted()));
  }

  static String accepted() {
    return Arrays.stream(values()).map(Hazard::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return word;
  }
}
