package dev.dbartifact.examples.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// One group of numbers.
enum Section {
  CLONE,
  CONVERGE,
  BUILDER,
  START,
  SOURCE,
  SCALE,
  ENGINE;

  /// As it is written on the command line and in the markers of a page.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Section named(String word) {
    return Arrays.stream(values())
        .filter(section -> section.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' cannot be measured: %s or all"
                    .formatted(
                        word,
                        Arrays.stream(values())
                            .map(Section::word)
                            .collect(Collectors.joining(", ")))));
  }
}
