package dev.dbartifact.localengine.server;

/// The database servers that a host can run.
public enum ServerKind {
  POSTGRESQL("PostgreSQL"),
  MARIADB("MariaDB");

  private final String title;

  ServerKind(String title) {
    this.title = title;
  }

  /// For people.
  public String title() {
    return title;
  }
}
