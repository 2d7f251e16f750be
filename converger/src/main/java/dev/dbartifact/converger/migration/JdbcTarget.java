package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;

/// One database, and who logs in to it.
///
/// @param engine decides the sub-protocol of the URL
/// @param host a name or an address; an IPv6 address without brackets
/// @param port of the cluster's endpoint
/// @param database the database in the cluster
/// @param user who logs in
/// @param password of that user; not part of the URL
public record JdbcTarget(
    Engine engine,
    String host,
    Port port,
    DatabaseName database,
    MasterUsername user,
    Secret password) {
  public JdbcTarget {
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException("a database needs a host, found '" + host + "'");
    }
  }

  /// The JDBC URL, without user and password.
  public String url() {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return "jdbc:" + engine.jdbcScheme() + "://" + bracketed + ":" + port + "/" + database;
  }

  /// As people name it in a sentence.
  @Override
  public String toString() {
    return "database '" + database + "' at " + host + ":" + port;
  }
}
