package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.state.StateException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// `db-artifact-local`: the command line of the engine.
public final class Main {

  private static final String USAGE =
      """
      Usage: db-artifact-local COMMAND [OPTIONS]

      Runs the RDS API over real PostgreSQL on this machine, with copy-on-write clones.

        start     run the engine
        stop      end the engine and its database servers; the data stay
        status    say whether it runs, and what it holds
        env       print what a shell must evaluate: eval "$(db-artifact-local env)"
        reset     remove everything, clusters and all
        actions   list the actions that it answers
      """;

  private final Terminal terminal;

  Main(Terminal terminal) {
    this.terminal = terminal;
  }

  public static void main(String[] words) {
    // One line for each event, for the log of a detached engine.
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
    var terminal = new Terminal(System.in, System.out, System.err, System.getenv());
    System.exit(new Main(terminal).run(words));
  }

  /// 0 done, 1 failed, 2 not understood.
  int run(String... words) {
    if (words.length == 0 || List.of("--help", "-h", "help").contains(words[0])) {
      return help(words.length == 0 ? 2 : 0);
    }
    var rest = Arrays.asList(words).subList(1, words.length);
    if (!Arguments.isCommand(words[0])) {
      return refuse("Unknown command '" + words[0] + "'");
    }
    if (rest.contains("--help") || rest.contains("-h")) {
      return help(words[0]);
    }
    try {
      return run(words[0], Arguments.parse(words[0], rest, terminal.environment()));
    } catch (UsageException e) {
      return refuse(e.getMessage());
    } catch (IOException | HostException | StateException e) {
      terminal.err().println(e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int run(String command, Arguments arguments)
      throws IOException, HostException, InterruptedException {
    return switch (command) {
      case "start" ->
          arguments.detach()
              ? DetachedStart.run(arguments, terminal)
              : StartCommand.run(arguments, terminal);
      case "stop" -> StopCommand.run(arguments, terminal);
      case "status" -> StatusCommand.run(arguments, terminal);
      case "env" -> EnvCommand.run(arguments, terminal);
      case "reset" -> ResetCommand.run(arguments, terminal);
      case "actions" -> ActionsCommand.run(arguments, terminal);
      default -> throw new IllegalArgumentException(command);
    };
  }

  private int help(int code) {
    var to = code == 0 ? terminal.out() : terminal.err();
    to.print(USAGE);
    to.println();
    to.println("'db-artifact-local COMMAND --help' lists the options of a command.");
    return code;
  }

  private int help(String command) {
    terminal.out().println("Usage: db-artifact-local " + command + " [OPTIONS]");
    terminal.out().println();
    for (var option : Arguments.optionsOf(command)) {
      var value = option.hasArg() ? " " + option.getArgName() : "";
      var text =
          option.getDescription().formatted(EngineDirectory.standard(terminal.environment()));
      terminal.out().printf("  --%-20s %s%n", option.getLongOpt() + value, text);
    }
    return 0;
  }

  private int refuse(String message) {
    terminal.err().println(message);
    terminal.err().println("'db-artifact-local --help' says what is understood.");
    return 2;
  }
}
