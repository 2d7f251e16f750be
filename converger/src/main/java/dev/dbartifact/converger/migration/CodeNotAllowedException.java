package dev.dbartifact.converger.migration;

/// The changelog wants to run programs or classes outside the database, and that was not allowed.
/// Nothing was changed. Commands answer it as a refused hazard.
public final class CodeNotAllowedException extends MigrationException {
  private static final long serialVersionUID = 1;

  CodeNotAllowedException(String message) {
    super(message, null);
  }
}
