package dev.dbartifact.localengine.cli;

/// The command line cannot be understood.
final class UsageException extends Exception {
  UsageException(String message) {
    super(message);
  }
}
