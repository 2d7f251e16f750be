package dev.dbartifact.localengine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// By what a fault's message is known to tell of a member of the request.
final class FaultWords {

  private FaultWords() {}

  /// @param words what refusals of AWS call members that they do not name
  /// @param values that the member has in the request
  static Pattern of(String member, Map<String, String> words, Collection<String> values) {
    return Stream.concat(Stream.of(member, words.getOrDefault(member, member)), values.stream())
        .map(Pattern::quote)
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining("|", "(?is).*(", ").*"), Pattern::compile));
  }

  /// @param value as JSON; of a list, the one item
  static Pattern of(String member, Map<String, String> words, String value) {
    return of(member, words, List.of(value.replaceAll("[\\[\\]\"]", "")));
  }
}
