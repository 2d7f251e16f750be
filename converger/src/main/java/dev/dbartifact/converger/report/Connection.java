package dev.dbartifact.converger.report;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.rds.FoundCluster;

/// How to reach a database.
public record Connection(ClusterId cluster, DatabaseEndpoint endpoint) {
  public static Connection to(FoundCluster cluster) {
    return new Connection(cluster.id(), DatabaseEndpoint.of(cluster));
  }

  /// The command line that opens a session; it asks for the password.
  public String client() {
    return switch (endpoint.engine()) {
      case AURORA_POSTGRESQL ->
          "psql -h %s -p %s -U %s -d %s"
              .formatted(endpoint.host(), endpoint.port(), endpoint.user(), endpoint.database());
      case AURORA_MYSQL ->
          "mysql -h %s -P %s -u %s -p %s"
              .formatted(endpoint.host(), endpoint.port(), endpoint.user(), endpoint.database());
    };
  }

  /// The name of that command.
  public String clientName() {
    return client().substring(0, client().indexOf(' '));
  }
}
