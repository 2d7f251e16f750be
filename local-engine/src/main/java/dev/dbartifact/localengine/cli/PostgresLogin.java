package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.server.AdminLogin;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// How programs that use libpq get into the server of a cluster: by variables of the environment.
final class PostgresLogin {

  static final String DATABASE = "PGDATABASE";

  /// The one that is there at first.
  static final String FIRST_DATABASE = "postgres";

  /// What libpq takes from the environment and prefers to PGHOST and PGPORT, or what asks more of a
  /// server than those of the engine offer. A program would go elsewhere with it, or nowhere.
  private static final Set<String> OTHER_SERVERS =
      Set.of(
          "PGHOSTADDR",
          "PGSERVICE",
          "PGSSLMODE",
          "PGSSLNEGOTIATION",
          "PGCHANNELBINDING",
          "PGREQUIREAUTH",
          "PGREQUIREPEER",
          "PGREQUIRESSL",
          "PGTARGETSESSIONATTRS");

  private PostgresLogin() {}

  /// The engine keeps no passwords, so that the program asks, or takes PGPASSWORD or ~/.pgpass.
  static Map<String, String> asMaster(ClusterReport cluster) {
    return Map.of(
        "PGHOST",
        cluster.endpoint(),
        // The machine need not know the name.
        "PGHOSTADDR",
        cluster.address(),
        "PGPORT",
        String.valueOf(cluster.port()),
        "PGUSER",
        cluster.masterUsername(),
        DATABASE,
        FIRST_DATABASE,
        "PGGSSENCMODE",
        "disable");
  }

  /// Where the engine itself logs in: no password, through the server's private socket.
  static Map<String, String> asAdmin(EngineDirectory directory, ClusterReport cluster)
      throws IOException {
    return Map.of(
        "PGHOST",
        AdminLogin.socketDirectory(directory.root(), cluster.volume()).toString(),
        "PGPORT",
        String.valueOf(cluster.port()),
        "PGUSER",
        AdminLogin.USER,
        DATABASE,
        FIRST_DATABASE,
        "PGGSSENCMODE",
        "disable");
  }

  /// Makes an environment lead to the server of these variables, whatever it has led to before.
  static void lead(Map<String, String> environment, Map<String, String> variables) {
    environment.keySet().removeAll(OTHER_SERVERS);
    environment.putAll(variables);
  }
}
