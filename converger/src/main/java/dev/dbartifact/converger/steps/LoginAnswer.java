package dev.dbartifact.converger.steps;

/// What one attempt to log in came to.
public sealed interface LoginAnswer {
  /// The server took the password and answers.
  record Answered() implements LoginAnswer {}

  /// The server said no. Right after a change of the password this may pass.
  record Refused(String reason) implements LoginAnswer {}

  /// Nobody answers yet.
  record NotYet(String reason) implements LoginAnswer {}
}
