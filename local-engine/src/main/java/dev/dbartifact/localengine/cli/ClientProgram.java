package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.server.AdminLogin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A program of PostgreSQL's for clients, which the system must have.
final class ClientProgram {

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

  private ClientProgram() {}

  static Path find(String name) throws IOException {
    return Program.find(name)
        .orElseThrow(() ->
            new IOException(
                "This needs the program '%s', which is not on this machine. Install PostgreSQL's client programs (Debian, Ubuntu: apt-get install postgresql-client; Fedora: dnf install postgresql; macOS: brew install libpq)."
                    .formatted(name)));
  }

  /// Where to log in; the engine keeps no passwords, so that the program asks, or takes PGPASSWORD
  /// or ~/.pgpass.
  static Map<String, String> asMaster(ClusterReport cluster) {
    return Map.of(
        "PGHOST", cluster.endpoint(),
        // The machine need not know the name.
        "PGHOSTADDR", cluster.address(),
        "PGPORT", String.valueOf(cluster.port()),
        "PGUSER", cluster.masterUsername(),
        "PGDATABASE", "postgres",
        "PGGSSENCMODE", "disable");
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
        "PGDATABASE",
        "postgres",
        "PGGSSENCMODE",
        "disable");
  }

  /// Makes an environment lead to the server of these variables, whatever it has led to before.
  static void lead(Map<String, String> environment, Map<String, String> variables) {
    environment.keySet().removeAll(OTHER_SERVERS);
    environment.putAll(variables);
  }

  /// Runs it on the user's own terminal, and answers its exit code. Ctrl-C is the program's: should
  /// the JVM end by it, it waits for the program first.
  static int run(List<String> line, Map<String, String> variables)
      throws IOException, InterruptedException {
    return run(line, variables, null);
  }

  /// The same with a standard input of its own.
  ///
  /// @param input null for the terminal
  static int run(List<String> line, Map<String, String> variables, InputStream input)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(line).inheritIO();
    if (input != null) {
      builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    }
    lead(builder.environment(), variables);
    var process = builder.start();
    var waiting = waiting(process);
    Runtime.getRuntime().addShutdownHook(waiting);
    try {
      if (input != null) {
        ProgramInput.feed(process, input);
      }
      return process.waitFor();
    } finally {
      remove(waiting);
    }
  }

  private static Thread waiting(Process process) {
    return new Thread(
        () -> {
          try {
            Runtime.getRuntime().halt(process.waitFor());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "wait-for-program");
  }

  private static void remove(Thread waiting) {
    try {
      Runtime.getRuntime().removeShutdownHook(waiting);
    } catch (IllegalStateException e) {
      // Already ending, by Ctrl-C; the hook says how.
      return;
    }
  }
}
