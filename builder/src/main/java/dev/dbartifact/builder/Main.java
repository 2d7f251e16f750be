package dev.dbartifact.builder;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.UnexpectedFailure;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.CacheFolder;
import dev.dbartifact.builder.image.ImageException;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.builder.image.ImageWriter;
import dev.dbartifact.rds.AwsException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command `db-artifact-builder`.
public final class Main {
  static final int BUILT = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /// Set by the launcher, which knows whether it runs from a checkout or from a release.
  static final String BASE_PROPERTY = "dbartifact.base";

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  public static void main(String[] args) {
    System.exit(new Main(System.out, System.err, System.getenv()).run(List.of(args)));
  }

  /// @return the exit code
  int run(List<String> arguments) {
    if (BuilderOptions.asksFor("help", arguments)) {
      out.print(BuilderOptions.HELP);
      return BUILT;
    }
    if (BuilderOptions.asksFor("version", arguments)) {
      out.println("db-artifact-builder " + version());
      return BUILT;
    }
    try {
      return build(BuilderOptions.parse(arguments));
    } catch (UsageException wrong) {
      err.println(wrong.getMessage());
      err.println("db-artifact-builder --help shows what there is.");
      return WRONG_USAGE;
    }
  }

  private int build(BuilderOptions options) {
    try {
      var begun = Instant.now();
      var built = builder(options).build(options.iniFile(), options.target());
      tell(built, Duration.between(begun, Instant.now()), summary(options.target()));
      return BUILT;
    } catch (InvalidInputException invalid) {
      return failed(invalid, options, WRONG_USAGE);
    } catch (AwsException refused) {
      return failed(refused, options, refused.meaning().isConfiguration() ? WRONG_USAGE : FAILED);
    } catch (ImageException | IOException failure) {
      return failed(failure, options, FAILED);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      err.println("Stopped before the image was written.");
      return FAILED;
    } catch (RuntimeException | Error unexpected) {
      return surprised(unexpected, options);
    }
  }

  private ArtifactBuilder builder(BuilderOptions options) throws IOException {
    return new ArtifactBuilder(
        new AwsSource(options.aws()),
        new ImageWriter(CacheFolder.of(environment), environment, this::progress),
        new BaseImage.Archive(Path.of(System.getProperty(BASE_PROPERTY, "db-artifact-base.tar"))),
        version(),
        this::progress);
  }

  /// A device or a pipe may be what standard output leads to: not a word gets between an image and
  /// its reader.
  private PrintStream summary(ImageTarget target) {
    return target instanceof ImageTarget.TarFile tar && !tar.isReplaced() ? err : out;
  }

  private static void tell(BuiltArtifact built, Duration elapsed, PrintStream to) {
    var source = built.metadata().source();
    tell(to, "image", built.image().reference());
    tell(to, "digest", built.image().digest().value());
    tell(to, "image id", built.image().imageId().value());
    tell(to, "base", built.base().toString());
    tell(to, "source", source.id() + " in " + source.region());
    built
        .metadata()
        .changelog()
        .ifPresent(changelog ->
            tell(
                to,
                "changelog",
                changelog.digest()
                    + " ("
                    + changelog.files()
                    + (changelog.files() == 1 ? " file)" : " files)")));
    tell(to, "elapsed", "%.1f s".formatted(elapsed.toMillis() / 1000.0));
  }

  private static void tell(PrintStream to, String what, String value) {
    to.printf("%-10s %s%n", what, value);
  }

  private void progress(String line) {
    err.println("- " + line);
  }

  private int failed(Exception failure, BuilderOptions options, int exitCode) {
    err.println(failure.getMessage());
    if (options.verbose()) {
      failure.printStackTrace(err);
    }
    return exitCode;
  }

  /// Nothing that a user does should lead here. Errors do as well: a stack trace alone does not say
  /// what was tried.
  private int surprised(Throwable unexpected, BuilderOptions options) {
    var tried = "Could not build an artifact from " + options.iniFile();
    UnexpectedFailure.tell(tried, unexpected, options.verbose(), err);
    return FAILED;
  }

  /// As the builder's jar names it.
  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
