package dev.dbartifact.localengine.ec2;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What a list is narrowed by: all filters must match, each by one of its values, with `*` and `?`.
final class Ec2Filters {

  private Ec2Filters() {}

  /// @param known the text of an item that each filter looks at
  /// @param tags of an item, for `tag:KEY` and `tag-key`
  static <T> List<T> apply(
      Map<String, List<String>> filters,
      Map<String, Function<T, String>> known,
      Function<T, Map<String, String>> tags,
      List<T> all) {
    for (var name : filters.keySet()) {
      if (!known.containsKey(name) && !name.startsWith("tag:") && !name.equals("tag-key")) {
        throw Ec2Fault.of("InvalidParameterValue", "The filter '%s' is invalid", name);
      }
    }
    return all.stream()
        .filter(item ->
            filters.entrySet().stream()
                .allMatch(filter ->
                    texts(filter.getKey(), item, known, tags).stream()
                        .anyMatch(text -> matches(filter.getValue(), text))))
        .toList();
  }

  private static <T> List<String> texts(
      String name,
      T item,
      Map<String, Function<T, String>> known,
      Function<T, Map<String, String>> tags) {
    if (name.equals("tag-key")) {
      return List.copyOf(tags.apply(item).keySet());
    }
    var text =
        name.startsWith("tag:")
            ? tags.apply(item).get(name.substring(4))
            : known.get(name).apply(item);
    return text == null ? List.of() : List.of(text);
  }

  private static boolean matches(List<String> values, String text) {
    return values.stream()
        .map(value -> "\\Q" + value.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E")
        .anyMatch(pattern -> Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches());
  }
}
