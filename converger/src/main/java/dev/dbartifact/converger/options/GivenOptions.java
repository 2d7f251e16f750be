package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.NearMiss;
import dev.dbartifact.artifact.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/// The texts that a user gave, on the command line or in the environment. Notes whatever is wrong,
/// and goes on.
final class GivenOptions {
  private static final Pattern ONE_DASH = Pattern.compile("-([A-Za-z][^=]+)(=.*)?", Pattern.DOTALL);

  private final CommandLine line;
  private final Map<String, String> environment;
  private final Problems problems;

  GivenOptions(List<String> arguments, Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
    var refused = withoutOneDash(arguments);
    this.line = parse(refused.stream().map(GivenOptions::spelledOurWay).toList());
    refuseEmpty();
  }

  /// An empty value is a variable that was not set in the user's script: nobody means what would be
  /// done without the option, which may be a copy of production.
  private void refuseEmpty() {
    for (OptionNames name : OptionNames.values()) {
      if (name.takesValue() && typed(name).anyMatch(String::isEmpty)) {
        problems.add(name.toString(), "is empty");
      }
    }
  }

  private Stream<String> typed(OptionNames name) {
    return Stream.ofNullable(line.getOptionValues(name.longName())).flatMap(Arrays::stream);
  }

  /// The parser would take `-name` for `--name`, and whoever stands between us and the user would
  /// not: a secret could slip through. Such a name is a problem, and what follows it is not told.
  private List<String> withoutOneDash(List<String> arguments) {
    var left = new ArrayList<String>();
    for (int i = 0; i < arguments.size(); i++) {
      var form = ONE_DASH.matcher(arguments.get(i));
      if (!form.matches() || !OptionNames.isOne(form.group(1).replace('-', '_'))) {
        left.add(arguments.get(i));
        continue;
      }
      problems.add("-" + form.group(1), "has one dash; write --" + form.group(1));
      if (form.group(2) == null && isValue(arguments, i + 1)) {
        i++;
      }
    }
    return left;
  }

  private static boolean isValue(List<String> arguments, int index) {
    return index < arguments.size() && !arguments.get(index).startsWith("-");
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
        String name = option.split("=", 2)[0];
        problems.add(name, "is not an option; " + suggestion(name));
        removeWithValue(left, option);
      } catch (MissingArgumentException bare) {
        String option = "--" + bare.getOption().getLongOpt();
        problems.add(option, "needs a value");
        removeWithValue(left, option);
      } catch (ParseException wrong) {
        problems.add("command line", wrong.getMessage());
        left.clear();
      }
    }
  }

  private static String suggestion(String name) {
    String bare = name.replaceFirst("^-+", "").replace('-', '_');
    return NearMiss.of(bare, OptionNames.longNames())
        .map(word -> "did you mean --" + word + "? ")
        .orElse("")
        .concat("--help lists them");
  }

  /// The word behind an unknown option may be its value, even a secret: it is no command.
  private static void removeWithValue(List<String> arguments, String option) {
    int at = arguments.lastIndexOf(option);
    if (at < 0) {
      arguments.clear();
      return;
    }
    arguments.remove(at);
    if (!option.contains("=") && isValue(arguments, at)) {
      arguments.remove(at);
    }
  }

  /// The words that are no options.
  List<String> words() {
    return line.getArgList();
  }

  boolean has(OptionNames name) {
    return line.hasOption(name.longName())
        || fromEnvironment(name)
            .flatMap(text -> problems.parse(where(name), text, GivenOptions::isOn))
            .orElse(false);
  }

  private static boolean isOn(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "1", "yes", "true", "on" -> true;
      case "0", "no", "false", "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is neither 1, yes, true, on nor 0, no, false, off");
    };
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

  /// Several values, from an option that is repeated, or with commas or spaces between them.
  List<String> texts(OptionNames name) {
    Stream<String> texts = isOnCommandLine(name) ? typed(name) : fromEnvironment(name).stream();
    return texts
        .filter(text -> !text.isEmpty())
        .flatMap(text -> Arrays.stream(text.split("[, ]+")))
        .toList();
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
