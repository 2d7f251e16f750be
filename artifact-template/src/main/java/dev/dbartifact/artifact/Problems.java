package dev.dbartifact.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Collects what is wrong with an input, so that a user hears of everything at once.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(String where, String what) {
    found.add(new Problem(where, what));
  }

  /// Turns text into a checked value; text that the type refuses becomes a problem at `where`.
  public <T> Optional<T> parse(String where, String text, Function<String, T> type) {
    try {
      return Optional.of(type.apply(text));
    } catch (IllegalArgumentException refused) {
      add(where, refused.getMessage());
      return Optional.empty();
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Problem> list() {
    return List.copyOf(found);
  }

  /// @throws InvalidInputException with everything that was found, if anything was
  public void throwIfAny(String tried) throws InvalidInputException {
    if (!isEmpty()) {
      throw new InvalidInputException(tried, list());
    }
  }
}
