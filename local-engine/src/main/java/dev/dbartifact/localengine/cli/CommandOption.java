package dev.dbartifact.localengine.cli;

import org.apache.commons.cli.Option;

/// Every option of every command.
enum CommandOption {
  ALL("also the actions that are not offered"),
  AS(
      "master|admin",
      "who runs the dump: the cluster's master user, or the engine's superuser (default: master)"),
  CLUSTER_ADDRESSES(
      "CIDR",
      "the addresses that clusters get, which this machine must answer to (default: 127.77.0.0/16)"),
  DATA_DIR("DIR", "where everything is kept (default: %s)"),
  DATABASE("NAME", "the database to fill (default: postgres; with MariaDB, what the dump says)"),
  DETACH("stay in the background"),
  ENDPOINT_NAMES(
      "HOSTS_FILE",
      "give endpoints names like those of AWS, and keep them in this file, such as /etc/hosts"),
  FOLLOW("go on with what is written from now on"),
  LISTEN("ADDRESS", "the address to answer on, for other machines, too (default: 127.0.0.1)"),
  MARKDOWN("as tables that say what is real, for the documentation"),
  MAX_CLUSTERS(
      "N",
      "how many clusters, and how many instances, there may be (default: what the memory is enough for)"),
  MISBEHAVE("FILE", "rules of what goes wrong, see docs/local-engine.md"),
  NO_TRANSACTION("keep what was loaded before an error, and allow what no transaction can do"),
  OUTPUT("text|json", "for people or machines"),
  PACE(
      "instant|quick|aurora[:factor]",
      "how long states last: as the real work does, a second, or as on AWS (aurora:60 is sixty times"
          + " faster)"),
  PORT("N", "the port to answer on, 0 for any free one (default: 9432)"),
  REGION("NAME", "the Region to pretend to be in (default: us-west-2)"),
  UNCLAIMED("only the volumes that no cluster accounts for"),
  YES("do not ask");

  private final String argument;
  private final String text;

  CommandOption(String text) {
    this(null, text);
  }

  CommandOption(String argument, String text) {
    this.argument = argument;
    this.text = text;
  }

  String longName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// Whether the word is this option, with its value or without.
  boolean isNamedIn(String word) {
    return word.equals("--" + longName()) || word.startsWith("--" + longName() + "=");
  }

  Option option() {
    var option = Option.builder(this == FOLLOW ? "f" : null).longOpt(longName()).desc(text);
    return (argument == null ? option : option.hasArg().argName(argument)).get();
  }

  /// A line of help.
  ///
  /// @param directory the standard data directory
  String help(EngineDirectory directory) {
    var shape = longName() + (argument == null ? "" : " " + argument);
    return "  --%-20s %s".formatted(shape, text.formatted(directory));
  }
}
