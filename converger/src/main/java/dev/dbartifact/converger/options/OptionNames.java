package dev.dbartifact.converger.options;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The options of the command line, in the order of the help. Each is also read from an environment
/// variable, see [#variable()].
enum OptionNames {
  MODE(
      "mode",
      "clone|create",
      "clone the source, or create an empty cluster and migrate it [clone]"),
  CREATE_MODE("create_mode", "clone|create", "another spelling of --mode"),
  DB_PASSWORD(
      "db_password", "TEXT", "master password; other users can read it in the list of processes"),
  DB_PASSWORD_FILE(
      "db_password_file", "FILE", "read the master password from a file, - for standard input"),
  DB_USERNAME("db_username", "NAME", "master user of a created cluster [as in the artifact]"),
  CLUSTER_ID(
      "cluster_id", "ID", "identifier of the cluster [as in the artifact, or SOURCE-MODE-OWNER]"),
  OWNER("owner", "NAME", "whose cluster it is [the caller's name in AWS]"),
  AWS_PROFILE("aws_profile", "NAME", "profile of the shared AWS files"),
  REGION("region", "NAME", "AWS region [that of the source]"),
  AWS_REGION("aws_region", "NAME", "another spelling of --region"),
  ENDPOINT_URL("endpoint_url", "URL", "endpoint in place of Amazon's own"),
  CONTEXTS("contexts", "LIST", "Liquibase contexts [all]"),
  LABELS("labels", "FILTER", "Liquibase label filter [all]"),
  ALLOW_CHANGELOG_CODE("allow_changelog_code", "", "let the changelog run programs and classes"),
  RESET_PASSWORD(
      "reset_password", "", "set the master password of a cluster that has converged before"),
  ALLOW(
      "allow",
      "HAZARD",
      "let a step be hazardous; several with commas, or repeated: " + Hazard.accepted()),
  TIMEOUT("timeout", "MINUTES", "give up after so long, also as 90s or 2h [60]"),
  DRY_RUN("dry_run", "", "stop after the plan"),
  DETAILED_EXITCODE("detailed_exitcode", "", "plan: exit with 3 when there is something to do"),
  OUTPUT(
      "output",
      "text|json",
      "one JSON document on standard output, the rest on standard error [text]"),
  VERBOSE("verbose", "", "show what goes on inside, and stack traces"),
  HELP("help", "", "show this"),
  VERSION("version", "", "show the version");

  private static final Map<OptionNames, String> ANCESTOR_VARIABLES =
      Map.of(DB_PASSWORD, "DB_PASSWORD", DB_USERNAME, "DB_USERNAME", CREATE_MODE, "CREATE_MODE");

  private final String longName;
  private final String argument;
  private final String meaning;

  OptionNames(String longName, String argument, String meaning) {
    this.longName = longName;
    this.argument = argument;
    this.meaning = meaning;
  }

  static Options all() {
    var options = new Options();
    for (OptionNames each : values()) {
      options.addOption(each.option());
    }
    return options;
  }

  private Option option() {
    return Option.builder(this == HELP ? "h" : null).longOpt(longName).hasArg(takesValue()).get();
  }

  boolean takesValue() {
    return !argument.isEmpty();
  }

  static boolean isOne(String name) {
    return Arrays.stream(values()).anyMatch(each -> each.longName.equals(name));
  }

  static List<String> longNames() {
    return Arrays.stream(values()).map(OptionNames::longName).toList();
  }

  /// The variable that stands for this option when it is not given: `DB_ARTIFACT_` and its name in
  /// capitals, or the name that the ancestor's images used. Those that the SDK reads by itself have
  /// none, nor has another spelling of the region.
  Optional<String> variable() {
    return switch (this) {
      case HELP, VERSION, AWS_PROFILE, AWS_REGION, ENDPOINT_URL -> Optional.empty();
      default -> Optional.of(ANCESTOR_VARIABLES.getOrDefault(this, Variables.PREFIX + name()));
    };
  }

  String longName() {
    return longName;
  }

  String helpLine() {
    return String.format("  %-28s %s", this + (takesValue() ? " " + argument : ""), meaning);
  }

  @Override
  public String toString() {
    return "--" + longName;
  }
}
