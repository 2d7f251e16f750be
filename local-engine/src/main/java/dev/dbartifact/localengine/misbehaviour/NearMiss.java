package dev.dbartifact.localengine.misbehaviour;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Finds what somebody probably meant to write.
final class NearMiss {

  private NearMiss() {}

  /// Words to put behind a refusal: the accepted word that is nearest to `found`.
  static String hint(String found, Collection<String> accepted) {
    return accepted.stream()
        .min(Comparator.comparingInt((String word) -> distance(found, word)).thenComparing(w -> w))
        .map(word -> "; the nearest is " + word)
        .orElse("");
  }

  /// How many letters to insert, remove or replace (Levenshtein), whatever their case.
  private static int distance(String found, String word) {
    var from = found.toLowerCase(Locale.ROOT);
    var to = word.toLowerCase(Locale.ROOT);
    var row = new int[to.length() + 1];
    java.util.Arrays.setAll(row, at -> at);
    for (var i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
