package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.LocalEngine;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.pace.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/// The options of a command, checked.
///
/// @param words what follows the options: a cluster, a file
/// @param pace `instant` where none is given
/// @param misbehaviour empty where none is given
/// @param exposure this machine only where nothing is given
/// @param hostsFile where the names of endpoints are kept, if they are to have names
record Arguments(
    EngineDirectory directory,
    CommandLine line,
    List<String> words,
    Pace pace,
    Rules misbehaviour,
    Exposure exposure,
    Optional<Path> hostsFile) {

  static final int DEFAULT_PORT = 9432;

  /// An empty one would be the current folder, as where a script's variable has no value.
  private static final List<CommandOption> PATHS =
      List.of(CommandOption.DATA_DIR, CommandOption.ENDPOINT_NAMES, CommandOption.MISBEHAVE);

  static Arguments parse(Command command, List<String> words, Map<String, String> environment)
      throws UsageException {
    var options = new Options();
    command.options().forEach(option -> options.addOption(option.option()));
    var ordered = ownFirst(command, words);
    refuseSingleDash(command, ordered);
    try {
      var line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .get()
              .parse(options, ordered.toArray(String[]::new));
      command.requireWords(line.getArgList());
      check(line);
      checkReset(command, line);
      return new Arguments(
          directory(line, environment),
          line,
          List.copyOf(line.getArgList()),
          pace(line),
          misbehaviour(line),
          Exposure.of(
              value(line, CommandOption.LISTEN), value(line, CommandOption.CLUSTER_ADDRESSES)),
          hostsFile(line));
    } catch (ParseException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /// Where a program follows, the options of this command are its own up to a `--`, before and
  /// after the cluster; all others are the program's.
  private static List<String> ownFirst(Command command, List<String> words) {
    if (!command.passesOn()) {
      return words;
    }
    var own = new ArrayList<String>();
    var others = new ArrayList<String>();
    var waitsForValue = false;
    for (var at = 0; at < words.size(); at++) {
      var word = words.get(at);
      if (!waitsForValue && word.equals("--")) {
        others.addAll(words.subList(at + 1, words.size()));
        break;
      }
      var isOwn = command.options().stream().anyMatch(option -> option.isNamedIn(word));
      (isOwn || waitsForValue ? own : others).add(word);
      waitsForValue = isOwn && !waitsForValue && !word.contains("=");
    }
    own.add("--");
    own.addAll(others);
    return own;
  }

  /// The parser would take `-detach` and `-port8080` for long options.
  private static void refuseSingleDash(Command command, List<String> words) throws UsageException {
    for (var word : words) {
      if (word.equals("--")) {
        return;
      }
      if (word.length() > 2 && word.startsWith("-") && !word.startsWith("--")) {
        var meant = command.options().stream().anyMatch(option -> option.isNamedIn("-" + word));
        throw new UsageException(
            "Unrecognized option: " + word + (meant ? "; did you mean -" + word + "?" : ""));
      }
    }
  }

  private static void check(CommandLine line) throws UsageException {
    if (number(line, CommandOption.PORT, DEFAULT_PORT) > 65535) {
      throw new UsageException(
          "--port '%s' is not a port, 0 to 65535".formatted(value(line, CommandOption.PORT)));
    }
    if (number(line, CommandOption.MAX_CLUSTERS, 1) < 1) {
      throw new UsageException("--max-clusters is at least 1");
    }
    var region = value(line, CommandOption.REGION);
    if (region != null && !region.matches(RegionFile.FORM)) {
      throw new UsageException("--region '" + region + "' is not a Region such as us-west-2");
    }
    for (var path : PATHS) {
      if ("".equals(value(line, path))) {
        throw new UsageException("--%s is empty".formatted(path.longName()));
      }
    }
    oneOf(line, CommandOption.OUTPUT, "text", "json");
    oneOf(line, CommandOption.AS, "master", "admin");
  }

  private static Optional<Path> hostsFile(CommandLine line) throws UsageException {
    var given = value(line, CommandOption.ENDPOINT_NAMES);
    if (given == null) {
      return Optional.empty();
    }
    try {
      var file = Path.of(given).toAbsolutePath().normalize();
      if (Files.isDirectory(file) || !Files.isDirectory(file.getParent())) {
        throw new UsageException(
            "--endpoint-names '%s' is no file, and none can be made there".formatted(given));
      }
      return Optional.of(file);
    } catch (InvalidPathException e) {
      throw new UsageException("--endpoint-names '" + given + "' is not a path");
    }
  }

  /// So that nobody gets into the habit of `reset --yes "$cluster"`, which removes everything where
  /// the variable has no value.
  private static void checkReset(Command command, CommandLine line) throws UsageException {
    if (command == Command.RESET && !line.getArgList().isEmpty()) {
      for (var option : List.of(CommandOption.YES, CommandOption.UNCLAIMED)) {
        if (line.hasOption(option.longName())) {
          throw new UsageException(
              "--%s is for the removal of everything: a reset of clusters does not ask"
                  .formatted(option.longName()));
        }
      }
    }
  }

  private static int number(CommandLine line, CommandOption option, int standard)
      throws UsageException {
    var text = value(line, option);
    if (text != null && !text.matches("[0-9]{1,5}")) {
      throw new UsageException(
          "--%s '%s' is not %s"
              .formatted(
                  option.longName(),
                  text,
                  option == CommandOption.PORT ? "a port, 0 to 65535" : "a number"));
    }
    return text == null ? standard : Integer.parseInt(text);
  }

  private static void oneOf(CommandLine line, CommandOption option, String first, String second)
      throws UsageException {
    var text = value(line, option);
    if (text != null && !List.of(first, second).contains(text)) {
      throw new UsageException("--%s is %s or %s".formatted(option.longName(), first, second));
    }
  }

  private static Pace pace(CommandLine line) throws UsageException {
    try {
      return Pace.parse(line.getOptionValue(CommandOption.PACE.longName(), "instant"));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--pace " + e.getMessage());
    }
  }

  private static Rules misbehaviour(CommandLine line) throws UsageException {
    var file = value(line, CommandOption.MISBEHAVE);
    try {
      return file == null
          ? Rules.NONE
          : Rules.parse(Files.readString(Path.of(file)), LocalEngine.vocabulary());
    } catch (IOException e) {
      throw new UsageException("--misbehave: could not read '" + file + "': " + Reason.of(e));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--misbehave " + file + ": " + e.getMessage());
    }
  }

  private static EngineDirectory directory(CommandLine line, Map<String, String> environment)
      throws UsageException {
    var given = value(line, CommandOption.DATA_DIR);
    try {
      return given == null
          ? EngineDirectory.standard(environment)
          : new EngineDirectory(Path.of(given));
    } catch (InvalidPathException e) {
      throw new UsageException("--data-dir '" + given + "' is not a path");
    }
  }

  private static String value(CommandLine line, CommandOption option) {
    return line.getOptionValue(option.longName());
  }

  boolean has(CommandOption flag) {
    return line.hasOption(flag.longName());
  }

  /// The value of an option, null where it is not given.
  String value(CommandOption option) {
    return value(line, option);
  }

  int port() {
    return value(CommandOption.PORT) == null
        ? DEFAULT_PORT
        : Integer.parseInt(value(CommandOption.PORT));
  }

  /// Null where none is given.
  String region() {
    return value(CommandOption.REGION);
  }

  OptionalInt maxClusters() {
    var text = value(CommandOption.MAX_CLUSTERS);
    return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  /// Whether the output is a document for machines.
  boolean json() {
    return "json".equals(value(CommandOption.OUTPUT));
  }
}
