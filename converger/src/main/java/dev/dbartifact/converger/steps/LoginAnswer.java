package dev.dbartifact.converger.steps;

/// What one attempt to log in came to.
public sealed interface LoginAnswer {
  /// The server took the password and answers.
  record Answered() implements LoginAnswer {}

  /// The server did not take the password. Right after a change of it this may pass.
  record WrongPassword(String reason) implements LoginAnswer {}

  /// The server, or its machine, says that it does not take logins yet.
  record NotYet(String reason) implements LoginAnswer {}

  /// Nothing comes back at all.
  record Silent(String reason) implements LoginAnswer {}

  /// No waiting and no password helps.
  ///
  /// @param advice what to do
  record Impossible(String reason, String advice) implements LoginAnswer {}
}
