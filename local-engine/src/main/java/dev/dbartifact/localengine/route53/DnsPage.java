package dev.dbartifact.localengine.route53;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A part of a longer list.
///
/// @param next what the next page begins with
/// @param maxItems as it is answered
record DnsPage<T>(List<T> items, Optional<T> next, String maxItems) {

  /// @param reached whether an item of the sorted list is at the start or behind it
  /// @param most what is shown at most, whatever is asked
  static <T> DnsPage<T> of(List<T> sorted, Predicate<T> reached, String maxItems, int most) {
    var size = maxItems == null ? most : size(maxItems, most);
    var rest = sorted.stream().filter(reached).toList();
    return new DnsPage<>(
        rest.subList(0, Math.min(size, rest.size())),
        rest.stream().skip(size).findFirst(),
        String.valueOf(size));
  }

  private static int size(String text, int most) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw DnsFault.INVALID_INPUT.with("MaxItems must be a positive number, not '%s'", text);
    }
    return Math.min(most, Integer.parseInt(text));
  }
}
