package dev.dbartifact.examples;

import dev.dbartifact.artifact.Secret;
import java.util.List;

/// Reads what the programs of the examples are given.
final class Arguments {
  private Arguments() {}

  static String value(List<String> arguments, String option, String otherwise) {
    int at = arguments.indexOf(option);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == arguments.size()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return arguments.get(at + 1);
  }

  static int number(List<String> arguments, String option, int otherwise) {
    String text = value(arguments, option, Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(option + " needs a whole number, found '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  static Secret password(String variable) {
    String text = System.getenv(variable);
    if (text == null) {
      throw new IllegalArgumentException("the variable " + variable + " is not set");
    }
    return Secret.masterPassword(text);
  }
}
