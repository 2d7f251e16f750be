package dev.dbartifact.builder;

/// A command line that the builder does not understand. The message says what is wrong with it.
final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
