package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// One database, and what to log in to it with.
///
/// @param password of the endpoint's user; not part of the URL
/// @param authorities a file of certificate authorities, one of which must vouch for the server
public record JdbcTarget(DatabaseEndpoint endpoint, Secret password, Optional<Path> authorities) {
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|::1");

  public JdbcTarget(DatabaseEndpoint endpoint, Secret password) {
    this(endpoint, password, Optional.empty());
  }

  Dialect dialect() {
    return Dialect.of(endpoint.engine());
  }

  MasterUsername user() {
    return endpoint.user();
  }

  DatabaseName database() {
    return endpoint.database();
  }

  /// Whether the server is on this very machine, told by the form of the host alone.
  boolean isOnThisMachine() {
    String host = endpoint.host();
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || LOOPBACK.matcher(host).matches();
  }

  /// The endpoint, as people name it in a sentence.
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
