package dev.dbartifact.localengine.server;

import java.util.Objects;
import java.util.Optional;

/// What [DatabaseHost#create] makes.
///
/// @param kind of the server behind it
/// @param version one of [DatabaseHost#installedVersions]
/// @param masterUser the user who may do everything but be a superuser
/// @param aurora whether it has the functions of Aurora
/// @param databaseName a database besides those that are always there, owned by the master user
public record NewDatabase(
    ServerKind kind,
    String version,
    String masterUser,
    Secret password,
    boolean aurora,
    Optional<String> databaseName) {

  public NewDatabase {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(masterUser, "masterUser");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(databaseName, "databaseName");
  }

  /// Of no cluster of Aurora's.
  public NewDatabase(
      ServerKind kind,
      String version,
      String masterUser,
      Secret password,
      Optional<String> databaseName) {
    this(kind, version, masterUser, password, false, databaseName);
  }

  /// On PostgreSQL.
  public NewDatabase(
      String version, String masterUser, Secret password, Optional<String> databaseName) {
    this(ServerKind.POSTGRESQL, version, masterUser, password, databaseName);
  }
}
