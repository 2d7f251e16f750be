package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// One database, and who logs in to it.
///
/// @param engine decides the sub-protocol of the URL
/// @param host a name or an address; an IPv6 address without brackets
/// @param port of the cluster's endpoint
/// @param database the database in the cluster
/// @param user who logs in
/// @param password of that user; not part of the URL
/// @param authorities a file of certificate authorities, one of which must vouch for the server
public record JdbcTarget(
    Engine engine,
    String host,
    Port port,
    DatabaseName database,
    MasterUsername user,
    Secret password,
    Optional<Path> authorities) {
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|::1");

  public JdbcTarget(
      Engine engine,
      String host,
      Port port,
      DatabaseName database,
      MasterUsername user,
      Secret password) {
    this(engine, host, port, database, user, password, Optional.empty());
  }

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

  /// This target, whose server must show a certificate of one of these authorities.
  public JdbcTarget trusting(Optional<Path> file) {
    return new JdbcTarget(engine, host, port, database, user, password, file);
  }

  /// Whether the server is on this very machine, told by the form of the host alone.
  boolean isOnThisMachine() {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || LOOPBACK.matcher(host).matches();
  }

  /// As people name it in a sentence.
  @Override
  public String toString() {
    return "database '" + database + "' at " + host + ":" + port;
  }
}
