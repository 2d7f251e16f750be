package dev.dbartifact.localengine.cli;

import static dev.dbartifact.localengine.cli.CommandOption.ALL;
import static dev.dbartifact.localengine.cli.CommandOption.AS;
import static dev.dbartifact.localengine.cli.CommandOption.CLUSTER_ADDRESSES;
import static dev.dbartifact.localengine.cli.CommandOption.DATABASE;
import static dev.dbartifact.localengine.cli.CommandOption.DATA_DIR;
import static dev.dbartifact.localengine.cli.CommandOption.DETACH;
import static dev.dbartifact.localengine.cli.CommandOption.ENDPOINT_NAMES;
import static dev.dbartifact.localengine.cli.CommandOption.FOLLOW;
import static dev.dbartifact.localengine.cli.CommandOption.LISTEN;
import static dev.dbartifact.localengine.cli.CommandOption.MARKDOWN;
import static dev.dbartifact.localengine.cli.CommandOption.MAX_CLUSTERS;
import static dev.dbartifact.localengine.cli.CommandOption.MISBEHAVE;
import static dev.dbartifact.localengine.cli.CommandOption.NO_TRANSACTION;
import static dev.dbartifact.localengine.cli.CommandOption.OUTPUT;
import static dev.dbartifact.localengine.cli.CommandOption.PACE;
import static dev.dbartifact.localengine.cli.CommandOption.PORT;
import static dev.dbartifact.localengine.cli.CommandOption.REGION;
import static dev.dbartifact.localengine.cli.CommandOption.UNCLAIMED;
import static dev.dbartifact.localengine.cli.CommandOption.YES;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the engine's command line can be asked to do.
enum Command {
  START(
      "",
      "run the engine",
      DATA_DIR,
      PORT,
      REGION,
      PACE,
      MISBEHAVE,
      MAX_CLUSTERS,
      LISTEN,
      CLUSTER_ADDRESSES,
      ENDPOINT_NAMES,
      DETACH),
  STOP("", "end the engine and its database servers; the data stay", DATA_DIR),
  STATUS("", "say whether it runs, and what it holds, as a tree of clones", DATA_DIR, OUTPUT),
  LOGS("CLUSTER", "show the log of a cluster's server", DATA_DIR, FOLLOW),
  PSQL(
      "CLUSTER [--] [ARGUMENTS OF THE CLIENT]",
      "open psql, or mariadb where it is one of MySQL's kind, on a cluster, as its master user",
      DATA_DIR),
  LOAD(
      "CLUSTER FILE",
      "load a dump of pg_dump, plain or custom, or of mariadb-dump into a cluster",
      DATA_DIR,
      DATABASE,
      AS,
      NO_TRANSACTION),
  ENV("", "print what a shell must evaluate: eval \"$(db-artifact-local env)\"", DATA_DIR),
  RESET(
      "[CLUSTER ...]",
      "bring clones back to their sources; without one, remove everything, clusters and all",
      DATA_DIR,
      UNCLAIMED,
      YES),
  ACTIONS("", "list the actions that it answers", ALL, MARKDOWN);

  private final String words;
  private final String text;
  private final List<CommandOption> options;

  Command(String words, String text, CommandOption... options) {
    this.words = words;
    this.text = text;
    this.options = List.of(options);
  }

  static Optional<Command> named(String name) {
    return Arrays.stream(values()).filter(each -> each.word().equals(name)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<CommandOption> options() {
    return options;
  }

  /// Whether what follows the first word, and is no option of this command, is another program's.
  boolean passesOn() {
    return this == PSQL;
  }

  void requireWords(List<String> given) throws UsageException {
    if (this == RESET) {
      requireNames(given);
      return;
    }
    var wanted = words.isEmpty() ? 0 : words.split(" ").length;
    if (given.size() > wanted && !passesOn()) {
      throw new UsageException("Unexpected argument: " + given.get(wanted));
    }
    if (given.isEmpty() && wanted > 0 || given.size() < wanted && !passesOn()) {
      throw new UsageException("Usage: db-artifact-local %s %s".formatted(word(), words));
    }
  }

  /// An empty one is that of a variable without a value: it must not count as none.
  private void requireNames(List<String> given) throws UsageException {
    if (given.contains("")) {
      throw new UsageException("The name of a cluster is empty");
    }
  }

  static String overview() {
    return Arrays.stream(values())
        .map(each -> "  %-9s %s\n".formatted(each.word(), each.text))
        .collect(Collectors.joining());
  }

  String usage() {
    return "Usage: db-artifact-local %s [OPTIONS] %s".formatted(word(), words).strip();
  }
}
