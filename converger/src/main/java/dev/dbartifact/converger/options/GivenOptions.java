package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/// The texts that a user gave, on the command line or in the environment. Notes whatever is wrong,
/// and goes on.
final class GivenOptions {
  private final CommandLine line;
  private final Map<String, String> environment;
  private final Problems problems;

  GivenOptions(List<String> arguments, Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
    this.line = parse(arguments.stream().map(GivenOptions::spelledOurWay).toList());
  }

  /// Option names with dashes become those with underscores.
  private static String spelledOurWay(String argument) {
    if (!argument.startsWith("--")) {
      return argument;
    }
    String[] parts = argument.substring(2).split("=", 2);
    String name = parts[0].replace('-', '_');
    if (!OptionNames.isOne(name)) {
      return argument;
    }
    return "--" + name + (parts.length > 1 ? "=" + parts[1] : "");
  }

  /// The parser stops at the first problem; what it stopped at is taken out and it starts again.
  private CommandLine parse(List<String> arguments) {
    var left = new ArrayList<>(arguments);
    while (true) {
      try {
        return DefaultParser.builder()
            .setAllowPartialMatching(false)
            .get()
            .parse(OptionNames.all(), left.toArray(String[]::new));
      } catch (UnrecognizedOptionException unknown) {
        String option = unknown.getOption();
        problems.add(option.split("=", 2)[0], "is not an option; --help lists them");
        left.remove(option);
      } catch (MissingArgumentException bare) {
        String option = "--" + bare.getOption().getLongOpt();
        problems.add(option, "needs a value");
        left.remove(left.lastIndexOf(option));
      } catch (ParseException wrong) {
        problems.add("command line", wrong.getMessage());
        left.clear();
      }
    }
  }

  /// The words that are no options.
  List<String> words() {
    return line.getArgList();
  }

  boolean has(OptionNames name) {
    return line.hasOption(name.longName())
        || fromEnvironment(name).filter(text -> !text.equals("false")).isPresent();
  }

  /// Whether the value stands on the command line, for others to read.
  boolean isOnCommandLine(OptionNames name) {
    return line.hasOption(name.longName());
  }

  Optional<String> text(OptionNames name) {
    return Optional.ofNullable(line.getOptionValue(name.longName()))
        .or(() -> fromEnvironment(name))
        .filter(text -> !text.isEmpty());
  }

  List<String> texts(OptionNames name) {
    String[] given = line.getOptionValues(name.longName());
    return given != null
        ? Arrays.asList(given)
        : fromEnvironment(name).map(text -> List.of(text.split("[, ]+"))).orElse(List.of());
  }

  /// A value of a checked type; what the type refuses is a problem of the option, or of the
  /// variable it came from.
  <T> Optional<T> value(OptionNames name, Function<String, T> type) {
    return text(name).flatMap(text -> problems.parse(where(name), text, type));
  }

  String where(OptionNames name) {
    return line.hasOption(name.longName()) ? name.toString() : name.variable().orElse("" + name);
  }

  private Optional<String> fromEnvironment(OptionNames name) {
    return name.variable().map(environment::get).filter(text -> !text.isEmpty());
  }
}
