package dev.dbartifact.converger.steps;

/// A step that could not be done, for a reason outside RDS. The message says it all.
public final class StepException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean refusal;

  public StepException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private StepException(String message, Throwable cause, boolean refusal) {
    super(message, cause);
    this.refusal = refusal;
  }

  /// For what could be done and was not allowed.
  public static StepException refusing(String message, Throwable cause) {
    return new StepException(message, cause, true);
  }

  public boolean isRefusal() {
    return refusal;
  }
}
