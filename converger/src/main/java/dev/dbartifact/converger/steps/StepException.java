package dev.dbartifact.converger.steps;

/// A step that could not be done, for a reason outside RDS. The message says it all.
public final class StepException extends Exception {
  private static final long serialVersionUID = 1;

  public StepException(String message, Throwable cause) {
    super(message, cause);
  }
}
