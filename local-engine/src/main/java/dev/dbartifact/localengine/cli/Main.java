package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.state.StateException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `db-artifact-local`: the command line of the engine.
public final class Main {

  private static final String USAGE =
      """
      Usage: db-artifact-local COMMAND [OPTIONS]

      Runs the RDS API over real PostgreSQL on this machine, with copy-on-write clones.

      """;

  private final Terminal terminal;

  Main(Terminal terminal) {
    this.terminal = terminal;
  }

  public static void main(String[] words) {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    // One line for each event, for the log of a detached engine.
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
    var terminal = new Terminal(System.in, System.out, System.err, System.getenv());
    System.exit(new Main(terminal).run(words));
  }

  /// 0 done, 1 failed, 2 not understood; `psql` and `load` end as the program that they run.
  int run(String... words) {
    if (words.length == 0 || List.of("--help", "-h", "help").contains(words[0])) {
      return help(words.length == 0 ? 2 : 0);
    }
    if (words[0].equals("--version")) {
      terminal.out().println("db-artifact-local " + version());
      return 0;
    }
    var command = Command.named(words[0]);
    if (command.isEmpty()) {
      return refuse("Unknown command '" + words[0] + "'");
    }
    var rest = Arrays.asList(words).subList(1, words.length);
    var own = command.get().passesOn() ? rest.subList(0, Math.min(1, rest.size())) : rest;
    if (own.contains("--help") || own.contains("-h")) {
      return help(command.get());
    }
    return run(command.get(), rest);
  }

  private int run(Command command, List<String> rest) {
    try {
      var arguments = Arguments.parse(command, rest, terminal.environment());
      if (command != Command.ACTIONS) {
        arguments.directory().requireOwn(System.getProperty("user.name"));
      }
      return run(command, arguments);
    } catch (UsageException e) {
      return refuse(e.getMessage());
    } catch (IOException e) {
      return failed(Reason.of(e));
    } catch (HostException | StateException e) {
      return failed(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int run(Command command, Arguments arguments)
      throws IOException, HostException, InterruptedException {
    return switch (command) {
      case START -> {
        arguments.exposure().requireAddresses();
        arguments.exposure().warn(terminal);
        yield arguments.has(CommandOption.DETACH)
            ? DetachedStart.run(arguments, terminal)
            : StartCommand.run(arguments, terminal);
      }
      case STOP -> StopCommand.run(arguments, terminal);
      case STATUS -> StatusCommand.run(arguments, terminal);
      case LOGS -> LogsCommand.run(arguments, terminal);
      case PSQL -> PsqlCommand.run(arguments, terminal);
      case LOAD -> LoadCommand.run(arguments, terminal);
      case ENV -> EnvCommand.run(arguments, terminal);
      case RESET -> ResetCommand.run(arguments, terminal);
      case ACTIONS -> ActionsCommand.run(arguments, terminal);
    };
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private int help(int code) {
    var to = code == 0 ? terminal.out() : terminal.err();
    to.print(USAGE + Command.overview());
    to.println();
    to.println("'db-artifact-local COMMAND --help' lists the options of a command.");
    return code;
  }

  private int help(Command command) {
    terminal.out().println(command.usage());
    terminal.out().println();
    var standard = EngineDirectory.standard(terminal.environment());
    command.options().forEach(option -> terminal.out().println(option.help(standard)));
    return 0;
  }

  private int failed(String message) {
    terminal.err().println(message);
    return 1;
  }

  private int refuse(String message) {
    terminal.err().println(message);
    terminal.err().println("'db-artifact-local --help' says what is understood.");
    return 2;
  }
}
