package dev.dbartifact.builder;

import dev.dbartifact.artifact.ArtifactLayout;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.rds.AwsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/// What a user says on the command line. Long options may be spelled with `_` or `-`.
///
/// @param verbose whether a failure shows where in the builder it came from
record BuilderOptions(Path iniFile, ImageTarget target, AwsSettings aws, boolean verbose) {
  static final String HELP =
      """
      Usage: db-artifact-builder artifact-config.ini [options]

      Builds a database artifact: an image that makes a copy of a database cluster exist.

      Options:
        --tag REF            name and tag of the image (default: %s)
        --to docker|tar      into the container engine (the default), or into a file
        --output FILE        the file to write; --to is then tar by itself
        --region REGION      AWS region of the source
        --profile PROFILE    profile of the AWS configuration and credentials files
        --endpoint-url URL   where the AWS API is, if it is not Amazon's own
        --verbose            show where a failure came from
        --help, --version

      Whatever is not given is found the standard way, for example in AWS_PROFILE, AWS_REGION
      and AWS_ENDPOINT_URL.

      Exit codes: 0 built, 1 failed, 2 wrong usage or configuration.
      """
          .formatted(ArtifactLayout.DEFAULT_IMAGE);

  private static final Options OPTIONS = options();

  /// @throws UsageException if the arguments make no sense
  static BuilderOptions parse(List<String> arguments) throws UsageException {
    try {
      var line = new DefaultParser(false).parse(OPTIONS, hyphenated(arguments));
      return of(line);
    } catch (ParseException | IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage());
    }
  }

  static boolean asksFor(String option, List<String> arguments) {
    return arguments.contains("--" + option) || (option.equals("help") && arguments.contains("-h"));
  }

  private static BuilderOptions of(CommandLine line) throws UsageException {
    var files = line.getArgList();
    if (files.size() != 1) {
      throw new UsageException(
          files.isEmpty() ? "Which INI file?" : "One INI file is built at a time: " + files);
    }
    return new BuilderOptions(
        Path.of(files.getFirst()), target(line), aws(line), line.hasOption("verbose"));
  }

  private static ImageTarget target(CommandLine line) throws UsageException {
    var reference = line.getOptionValue("tag", ArtifactLayout.DEFAULT_IMAGE);
    var output = Optional.ofNullable(line.getOptionValue("output"));
    var kind = line.getOptionValue("to", output.isPresent() ? "tar" : "docker");
    return switch (kind) {
      case "docker" -> {
        if (output.isPresent()) {
          throw new UsageException("--output belongs to --to tar");
        }
        yield new ImageTarget.Engine(reference);
      }
      case "tar" ->
          new ImageTarget.TarFile(
              reference,
              Path.of(
                  output.orElseThrow(() -> new UsageException("--to tar needs --output FILE"))));
      default -> throw new UsageException("--to " + kind + ": accepted are docker and tar");
    };
  }

  private static AwsSettings aws(CommandLine line) {
    return new AwsSettings(
        Optional.ofNullable(line.getOptionValue("profile")),
        Optional.ofNullable(line.getOptionValue("region")).map(AwsSettings::region),
        Optional.ofNullable(line.getOptionValue("endpoint-url")).map(AwsSettings::endpoint));
  }

  private static String[] hyphenated(List<String> arguments) {
    return arguments.stream().flatMap(BuilderOptions::hyphenated).toArray(String[]::new);
  }

  private static Stream<String> hyphenated(String argument) {
    if (!argument.startsWith("--")) {
      return Stream.of(argument);
    }
    int end = argument.indexOf('=');
    var name = end < 0 ? argument : argument.substring(0, end);
    return Stream.of(name.replace('_', '-') + (end < 0 ? "" : argument.substring(end)));
  }

  private static Options options() {
    var options = new Options();
    for (var name : List.of("tag", "to", "output", "region", "profile", "endpoint-url")) {
      options.addOption(Option.builder().longOpt(name).hasArg().get());
    }
    options.addOption(Option.builder().longOpt("verbose").get());
    return options;
  }
}
