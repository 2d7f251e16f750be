package dev.dbartifact.localengine.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/// The options of a command, checked.
///
/// @param region null where none is given
/// @param json whether the output is a document for machines
record Arguments(
    EngineDirectory directory,
    int port,
    String region,
    boolean detach,
    boolean json,
    boolean yes,
    boolean all) {

  static final int DEFAULT_PORT = 9432;

  private static final Option DATA_DIR =
      option("data-dir", "DIR", "where everything is kept (default: %s)");
  private static final Option PORT =
      option("port", "N", "the port to answer on, 0 for any free one (default: 9432)");
  private static final Option REGION =
      option("region", "NAME", "the Region to pretend to be in (default: us-west-2)");
  private static final Option DETACH = flag("detach", "stay in the background");
  private static final Option OUTPUT = option("output", "text|json", "for people or machines");
  private static final Option YES = flag("yes", "do not ask");
  private static final Option ALL = flag("all", "also the actions that are not offered");

  private static final Map<String, List<Option>> OPTIONS =
      Map.of(
          "start", List.of(DATA_DIR, PORT, REGION, DETACH),
          "stop", List.of(DATA_DIR),
          "status", List.of(DATA_DIR, OUTPUT),
          "env", List.of(DATA_DIR),
          "reset", List.of(DATA_DIR, YES),
          "actions", List.of(ALL));

  private static Option option(String name, String value, String text) {
    return Option.builder().longOpt(name).hasArg().argName(value).desc(text).get();
  }

  private static Option flag(String name, String text) {
    return Option.builder().longOpt(name).desc(text).get();
  }

  static boolean isCommand(String name) {
    return OPTIONS.containsKey(name);
  }

  static List<Option> optionsOf(String command) {
    return OPTIONS.get(command);
  }

  static Arguments parse(String command, List<String> words, Map<String, String> environment)
      throws UsageException {
    var options = new Options();
    OPTIONS.get(command).forEach(options::addOption);
    try {
      var line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .get()
              .parse(options, words.toArray(String[]::new));
      if (!line.getArgList().isEmpty()) {
        throw new UsageException("Unexpected argument: " + line.getArgList().getFirst());
      }
      return new Arguments(
          directory(line, environment),
          port(line),
          region(line),
          line.hasOption(DETACH),
          json(line),
          line.hasOption(YES),
          line.hasOption(ALL));
    } catch (ParseException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static EngineDirectory directory(CommandLine line, Map<String, String> environment)
      throws UsageException {
    var given = line.getOptionValue(DATA_DIR);
    try {
      return given == null
          ? EngineDirectory.standard(environment)
          : new EngineDirectory(Path.of(given));
    } catch (InvalidPathException e) {
      throw new UsageException("--data-dir '" + given + "' is not a path");
    }
  }

  private static int port(CommandLine line) throws UsageException {
    var text = line.getOptionValue(PORT, String.valueOf(DEFAULT_PORT));
    if (text != null && !text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new UsageException("--port '" + text + "' is not a port, 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  private static String region(CommandLine line) throws UsageException {
    var text = line.getOptionValue(REGION);
    if (text != null && !text.matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
      throw new UsageException("--region '" + text + "' is not a Region such as us-west-2");
    }
    return text;
  }

  private static boolean json(CommandLine line) throws UsageException {
    return switch (line.getOptionValue(OUTPUT, "text")) {
      case "text" -> false;
      case "json" -> true;
      default -> throw new UsageException("--output is text or json");
    };
  }
}
