package dev.dbartifact.examples;

import dev.dbartifact.artifact.Secret;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/// What a program of the examples is given.
final class Arguments {
  private final CommandLine line;

  private Arguments(CommandLine line) {
    this.line = line;
  }

  /// @param names of the options, all of which have values
  /// @throws IllegalArgumentException with a sentence for the user, when there is anything else
  static Arguments parse(List<String> arguments, String... names) {
    var options = new Options();
    for (String name : names) {
      options.addOption(Option.builder().longOpt(name).hasArg().get());
    }
    CommandLine line = parse(arguments, options);
    if (!line.getArgList().isEmpty()) {
      throw new IllegalArgumentException(
          "'" + line.getArgList().getFirst() + "' is no option; known are --" + known(names));
    }
    return new Arguments(line);
  }

  private static CommandLine parse(List<String> arguments, Options options) {
    try {
      return new DefaultParser(false).parse(options, arguments.toArray(String[]::new));
    } catch (ParseException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  private static String known(String... names) {
    return String.join(", --", names);
  }

  String value(String option, String otherwise) {
    return line.getOptionValue(option, otherwise);
  }

  int number(String option, int otherwise) {
    String text = value(option, Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(
          "--" + option + " needs a whole number, found '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  static Secret password(String variable) {
    String text = System.getenv(variable);
    if (text == null) {
      throw new IllegalArgumentException("the variable " + variable + " is not set");
    }
    return Secret.masterPassword(text);
  }
}
