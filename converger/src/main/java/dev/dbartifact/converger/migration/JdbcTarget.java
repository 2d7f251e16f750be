package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;

/// One database, and what to log in to it with.
///
/// @param password of the endpoint's user; not part of the URL
public record JdbcTarget(DatabaseEndpoint endpoint, Secret password) {
  MasterUsername user() {
    return endpoint.user();
  }

  DatabaseName database() {
    return endpoint.database();
  }

  /// The endpoint, as people name it in a sentence.
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
