package dev.dbartifact.converger.options;

import java.util.Locale;

/// What is to be done.
public enum Command {
  /// Make the database as the artifact says.
  CONVERGE,
  /// Say what a converge would do, and change nothing.
  PLAN,
  /// Say how the database is.
  STATUS,
  /// Say what is in the artifact.
  DESCRIBE,
  HELP,
  VERSION;

  /// @throws IllegalArgumentException for any other word
  static Command named(String text) {
    return switch (text) {
      case "converge" -> CONVERGE;
      case "plan" -> PLAN;
      case "status" -> STATUS;
      case "describe" -> DESCRIBE;
      case "help" -> HELP;
      case "version" -> VERSION;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not a command: converge, plan, status or describe");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
