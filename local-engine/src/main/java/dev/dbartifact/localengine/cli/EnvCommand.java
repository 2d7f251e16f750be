package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.tls.Authority;
import java.io.IOException;
import java.nio.file.Path;

/// `env`: what a shell must evaluate so that AWS tools talk to the engine, and the converger knows
/// its servers. An engine in a container names a file that this shell's machine has not.
final class EnvCommand {

  private EnvCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException {
    var running = RunningEngine.find(arguments.directory());
    if (running.isEmpty()) {
      terminal
          .err()
          .printf(
              "The local engine is not running; start it with: %s%n",
              RunningEngine.howToStart(arguments.directory()));
      return 1;
    }
    var engine = running.get();
    terminal
        .out()
        .printf(
            """
            unset AWS_SESSION_TOKEN AWS_PROFILE AWS_DEFAULT_PROFILE
            export AWS_ENDPOINT_URL='%s'
            export AWS_REGION='%s'
            export AWS_DEFAULT_REGION='%s'
            export AWS_ACCESS_KEY_ID='%s'
            export AWS_SECRET_ACCESS_KEY='%s'
            if [ -r '%6$s' ]; then export DB_ARTIFACT_DB_CA_BUNDLE='%6$s'; fi
            %7$s
            """,
            engine.endpoint(),
            engine.region(),
            engine.region(),
            engine.key().id(),
            engine.key().secret(),
            quoted(Authority.bundle(arguments.directory().root())),
            names(engine, arguments.directory()));
    return 0;
  }

  /// A shell may know the names of an earlier engine.
  private static String names(RunningEngine engine, EngineDirectory directory) {
    if (engine.report().settings().hostsFile() == null) {
      return "unset DB_ARTIFACT_HOSTS_FILE";
    }
    return """
    export DB_ARTIFACT_HOSTS_FILE='%s'
    [ -r "$DB_ARTIFACT_HOSTS_FILE" ] || unset DB_ARTIFACT_HOSTS_FILE\
    """
        .formatted(quoted(directory.ownHosts()));
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "'\\''");
  }
}
