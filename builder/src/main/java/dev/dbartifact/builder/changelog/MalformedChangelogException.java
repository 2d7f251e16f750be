package dev.dbartifact.builder.changelog;

/// A file is not what its name says.
final class MalformedChangelogException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  /// @param line where the parser stopped, counted from 1
  MalformedChangelogException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
