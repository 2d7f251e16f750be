package dev.dbartifact.builder.spec;

import java.util.Optional;
import java.util.function.Function;

/// What is wanted of one setting.
public sealed interface Wish<T> {
  /// As the source has it: the word `source`.
  record AsSource<T>() implements Wish<T> {
    @Override
    public String toString() {
      return "source";
    }
  }

  /// Exactly this.
  record Exactly<T>(T value) implements Wish<T> {
    @Override
    public String toString() {
      return value.toString();
    }
  }

  /// Nothing: the word `none`, or `dontcare`.
  record Nothing<T>() implements Wish<T> {
    @Override
    public String toString() {
      return "none";
    }
  }

  static <T> Wish<T> asSource() {
    return new AsSource<>();
  }

  /// Reads `source` or a value of the type.
  static <T> Function<String, Wish<T>> orSource(Function<String, T> type) {
    return text -> text.equals("source") ? new AsSource<>() : new Exactly<>(type.apply(text));
  }

  /// Reads `source`, `none`, or a value of the type.
  static <T> Function<String, Wish<T>> orSourceOrNone(Function<String, T> type) {
    return text -> text.equals("none") ? new Nothing<>() : Wish.<T>orSource(type).apply(text);
  }

  /// What this wish means for a copy of a source.
  default Optional<T> resolve(Optional<T> source) {
    return switch (this) {
      case AsSource<T>() -> source;
      case Exactly<T>(var value) -> Optional.of(value);
      case Nothing<T>() -> Optional.empty();
    };
  }
}
