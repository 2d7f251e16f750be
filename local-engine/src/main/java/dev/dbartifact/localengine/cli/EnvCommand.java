package dev.dbartifact.localengine.cli;

import java.io.IOException;

/// `env`: what a shell must evaluate so that AWS tools talk to the engine.
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
            """,
            engine.endpoint(),
            engine.region(),
            engine.region(),
            engine.key().id(),
            engine.key().secret());
    return 0;
  }
}
