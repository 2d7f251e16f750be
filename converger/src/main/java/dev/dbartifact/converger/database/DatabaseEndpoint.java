package dev.dbartifact.converger.database;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.rds.FoundCluster;

/// Where a database is, and who its master user is.
///
/// @param engine decides the sub-protocol of the URL
/// @param host a name or an address; an IPv6 address without brackets
/// @param port of the cluster's endpoint
/// @param database the database in the cluster
/// @param user who logs in
public record DatabaseEndpoint(
    Engine engine, String host, Port port, DatabaseName database, MasterUsername user) {
  public DatabaseEndpoint {
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException("a database needs a host, found '" + host + "'");
    }
  }

  /// The writer endpoint of a cluster.
  ///
  /// @throws IllegalArgumentException when the cluster does not tell it yet
  public static DatabaseEndpoint of(FoundCluster cluster) {
    var settings = cluster.settings();
    Engine engine = settings.engine();
    return new DatabaseEndpoint(
        engine,
        cluster.endpoint().orElseThrow(() -> untold(cluster, "endpoint")),
        settings.network().port().orElseGet(() -> new Port(engine.defaultPort())),
        settings.databaseName().orElseGet(() -> always(engine)),
        settings.masterUsername().orElseThrow(() -> untold(cluster, "master user")));
  }

  private static IllegalArgumentException untold(FoundCluster cluster, String what) {
    return new IllegalArgumentException("cluster '" + cluster.id() + "' does not tell its " + what);
  }

  /// A database that is there in every cluster.
  private static DatabaseName always(Engine engine) {
    return switch (engine) {
      case AURORA_POSTGRESQL -> new DatabaseName("postgres");
      case AURORA_MYSQL -> new DatabaseName("information_schema");
    };
  }

  /// The same server; its first database may have been dropped or renamed since.
  public DatabaseEndpoint atTheDatabaseThatIsAlwaysThere() {
    return new DatabaseEndpoint(engine, host, port, always(engine), user);
  }

  /// Without user and password.
  public String jdbcUrl() {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return "jdbc:"
        + engine.jdbcScheme()
        + "://"
        + bracketed
        + ":"
        + port
        + "/"
        + database
        + driverOptions();
  }

  /// MariaDB's driver takes a URL of MySQL's only with this word in it, which MySQL's own ignores.
  private String driverOptions() {
    return switch (engine) {
      case AURORA_POSTGRESQL -> "";
      case AURORA_MYSQL -> "?permitMysqlScheme";
    };
  }

  /// As people name it in a sentence.
  @Override
  public String toString() {
    return "database '" + database + "' at " + host + ":" + port;
  }
}
