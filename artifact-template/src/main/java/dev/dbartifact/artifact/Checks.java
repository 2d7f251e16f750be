package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// The wording of refusals, in one place.
final class Checks {
  private Checks() {}

  static String matching(Pattern form, String value, String noun, String accepted) {
    if (value == null || !form.matcher(value).matches()) {
      throw new IllegalArgumentException("'" + value + "' is not " + noun + ": " + accepted);
    }
    return value;
  }

  static int within(int low, int value, int high, String noun) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          noun + " must be between " + low + " and " + high + ", found " + value);
    }
    return value;
  }

  static int wholeNumber(String text, String noun) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException(noun + " must be a whole number, found '" + text + "'");
    }
  }
}
