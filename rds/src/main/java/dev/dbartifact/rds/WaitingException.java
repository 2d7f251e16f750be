package dev.dbartifact.rds;

/// A wait that came to no good end. The message says for what, how it stands and what to do.
public final class WaitingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WaitingException(String message) {
    super(message);
  }
}
