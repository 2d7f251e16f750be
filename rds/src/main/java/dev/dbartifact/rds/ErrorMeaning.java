package dev.dbartifact.rds;

/// What an answer of AWS means for the one who asked. [ErrorTable] says which code means what.
public enum ErrorMeaning {
  /// Asked too often; the same request works later.
  THROTTLED,
  /// The resource is in a state that does not allow it yet; the same request works later.
  NOT_YET,
  ALREADY_THERE,
  NOT_FOUND,
  /// The request can never work as it is.
  REFUSED,
  /// Somebody has to do something first: raise a quota, give a right, choose another class.
  NEEDS_ACTION,
  /// The caller may not do this.
  NO_ACCESS,
  /// The caller is not who it claims to be, or its session has ended.
  WRONG_CREDENTIALS,
  NO_CREDENTIALS,
  NO_REGION,
  /// A region, a profile or an endpoint cannot be one.
  WRONG_SETTINGS,
  UNREACHABLE,
  /// AWS has a fault of its own; the same request may work later.
  FAULTY,
  /// A code that is not in the table.
  UNKNOWN;

  /// Whether it may have nothing to do with the request, so that one such answer says little.
  boolean isDisturbance() {
    return this == UNREACHABLE || this == FAULTY;
  }

  /// Whether the cause lies in how the command was called, so that it is a configuration error.
  public boolean isConfiguration() {
    return this == NO_CREDENTIALS
        || this == WRONG_CREDENTIALS
        || this == NO_REGION
        || this == WRONG_SETTINGS;
  }
}
