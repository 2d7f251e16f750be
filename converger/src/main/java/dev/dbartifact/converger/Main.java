package dev.dbartifact.converger;

import dev.dbartifact.artifact.ArtifactLayout;
import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.MetadataJson;
import dev.dbartifact.artifact.UnexpectedFailure;
import dev.dbartifact.converger.options.Command;
import dev.dbartifact.converger.options.ConvergeOptions;
import dev.dbartifact.converger.options.Help;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.plan.NoPlanException;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.OutcomeJson;
import dev.dbartifact.converger.report.OutcomeText;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.converger.steps.StepException;
import dev.dbartifact.rds.AwsConnection;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.AwsSettings;
import dev.dbartifact.rds.ErrorMeaning;
import dev.dbartifact.rds.WaitingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The entrypoint of every artifact.
public final class Main {
  /// Where the artifact lies, for tests; [ArtifactLayout] otherwise.
  static final String ROOT_PROPERTY = "db-artifact.root";

  private static final String TRIED = "Could not go on";

  private static final int INTERRUPTED = 130;

  private static final Duration PASSWORD_PATIENCE = Duration.ofMinutes(1);

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final UnaryOperator<Path> located;
  private final Goodbye goodbye;

  /// @param located where a path of the image really is
  public Main(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      UnaryOperator<Path> located) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.located = located;
    this.goodbye = new Goodbye(err, environment);
  }

  public static void main(String[] arguments) {
    String root = System.getProperty(ROOT_PROPERTY, "");
    var main =
        new Main(
            System.in,
            System.out,
            System.err,
            System.getenv(),
            path -> root.isEmpty() ? path : Path.of(root + path));
    main.goodbye.arm();
    int exitCode = main.run(List.of(arguments));
    System.out.flush();
    Runtime.getRuntime().halt(exitCode);
  }

  /// Comes to an end whatever happens: one who left with an error would be told that he was stopped
  /// and that nothing is lost, see [Goodbye].
  ///
  /// @return the exit code
  public int run(List<String> arguments) {
    try {
      return answer(arguments);
    } catch (RuntimeException | Error unexpected) {
      boolean verbose = arguments.contains(UnexpectedFailure.VERBOSE);
      UnexpectedFailure.tell(TRIED, unexpected, verbose, err);
      return Outcome.FAILED;
    }
  }

  private int answer(List<String> arguments) {
    ConvergeOptions options;
    try {
      options = OptionsReader.read(arguments, environment, standardInput(err::println));
    } catch (InterruptedException stopped) {
      return report(
          OptionsReader.asksForJson(arguments, environment),
          new Outcome.Ended(INTERRUPTED, Goodbye.TEXT));
    } catch (InvalidInputException invalid) {
      return report(
          OptionsReader.asksForJson(arguments, environment),
          new Outcome.Ended(Outcome.USAGE, invalid.getMessage()));
    }
    return switch (options.command()) {
      case HELP -> tell(Help.text());
      case VERSION -> tell("db-artifact-converger " + Version.text() + "\n");
      case CONVERGE, PLAN, STATUS, DESCRIBE -> report(options.json(), outcome(options));
    };
  }

  private StandardInput standardInput(Consumer<String> notices) {
    return new StandardInput(in, PASSWORD_PATIENCE, notices);
  }

  private int tell(String text) {
    out.print(text);
    out.flush();
    return Outcome.DONE;
  }

  private int report(boolean json, Outcome outcome) {
    if (json) {
      out.print(OutcomeJson.of(outcome));
    } else if (outcome instanceof Outcome.Ended) {
      err.print(OutcomeText.of(outcome));
    } else {
      out.print(OutcomeText.of(outcome));
    }
    out.flush();
    return outcome.exitCode();
  }

  private Outcome outcome(ConvergeOptions options) {
    Logging.configure(options.verbose());
    options.warnings().forEach(err::println);
    try {
      ArtifactMetadata metadata = metadata();
      return options.command() == Command.DESCRIBE
          ? new Outcome.Described(metadata)
          : converge(metadata, options);
    } catch (InvalidInputException | IOException invalid) {
      return ended(Outcome.USAGE, invalid, options);
    } catch (NoPlanException none) {
      boolean refused = none.reason() == NoPlanException.Reason.REFUSED;
      return ended(refused ? Outcome.REFUSED : Outcome.FAILED, none, options);
    } catch (AwsException failed) {
      return ended(exitCode(failed), failed, options);
    } catch (StepException failed) {
      return ended(failed.isRefusal() ? Outcome.REFUSED : Outcome.FAILED, failed, options);
    } catch (WaitingException failed) {
      return ended(Outcome.FAILED, failed, options);
    } catch (InterruptedException stopped) {
      return new Outcome.Ended(INTERRUPTED, Goodbye.TEXT);
    } catch (RuntimeException | Error unexpected) {
      return ended(
          Outcome.FAILED, unexpected, UnexpectedFailure.sentence(TRIED, unexpected), options);
    }
  }

  private ArtifactMetadata metadata() throws InvalidInputException, IOException {
    Path file = located.apply(Path.of(ArtifactLayout.METADATA));
    if (!Files.isReadable(file)) {
      throw new IOException(
          "There is no artifact in this image: "
              + file
              + " cannot be read. Run an image that db-artifact-builder has made.");
    }
    return MetadataJson.read(Files.readAllBytes(file), file.toString());
  }

  private Outcome converge(ArtifactMetadata metadata, ConvergeOptions options)
      throws InvalidInputException, NoPlanException, StepException, InterruptedException {
    Optional<Path> authorities = Authorities.in(environment);
    try (var connection = AwsConnection.open(aws(metadata, options));
        var progress = new Progress(err, options.terminal(), options.columns())) {
      goodbye.watch(progress);
      var database =
          new JdbcDatabase(
              located.apply(Path.of(ArtifactLayout.CHANGELOG_ROOT)),
              options.changelogCodeAllowed(),
              progress,
              authorities);
      var converger =
          new Converger(
              metadata,
              options,
              new AwsSurroundings(connection, database, standardInput(progress::say)),
              progress);
      return options.command() == Command.STATUS ? converger.status() : converger.converge();
    }
  }

  /// The artifact knows its region, so that nobody else has to.
  private static AwsSettings aws(ArtifactMetadata metadata, ConvergeOptions options) {
    AwsSettings given = options.aws();
    return new AwsSettings(
        given.profile(),
        given.region().or(() -> Optional.of(metadata.source().region())),
        given.endpoint());
  }

  private static int exitCode(AwsException failed) {
    if (failed.meaning().isConfiguration()) {
      return Outcome.USAGE;
    }
    boolean ourRefusal = failed.means(ErrorMeaning.REFUSED) && failed.code().isEmpty();
    return ourRefusal ? Outcome.REFUSED : Outcome.FAILED;
  }

  private Outcome ended(int exitCode, Throwable why, ConvergeOptions options) {
    String message = why.getMessage() == null ? why.toString() : why.getMessage();
    return ended(exitCode, why, message, options);
  }

  private Outcome ended(int exitCode, Throwable why, String message, ConvergeOptions options) {
    if (options.verbose()) {
      why.printStackTrace(err);
    }
    return new Outcome.Ended(exitCode, message);
  }
}
