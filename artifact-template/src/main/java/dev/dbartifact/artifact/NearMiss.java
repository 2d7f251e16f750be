package dev.dbartifact.artifact;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant to write.
public final class NearMiss {
  private NearMiss() {}

  /// The accepted word that is nearest to `found`, if at most a third of it is different.
  public static Optional<String> of(String found, Collection<String> accepted) {
    var lower = found.toLowerCase(Locale.ROOT);
    return accepted.stream()
        .min(
            Comparator.comparingInt((String word) -> distance(lower, word))
                .thenComparing(word -> word))
        .filter(word -> distance(lower, word) <= Math.max(1, word.length() / 3));
  }

  /// How many letters to insert, remove or replace (Levenshtein).
  private static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
