package dev.dbartifact.converger.plan;

/// There is a cluster that no plan leads on from. The message says what was found and what to do.
public final class NoPlanException extends Exception {
  private static final long serialVersionUID = 1;

  /// Why there is no plan.
  public enum Reason {
    /// It must not be touched.
    REFUSED,
    /// It is in a state that does not pass by itself.
    STUCK
  }

  private final Reason reason;

  NoPlanException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
