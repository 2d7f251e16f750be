package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.rds.AwsSettings;
import dev.dbartifact.rds.OwnTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads [ConvergeOptions] from the command line and the environment.
public final class OptionsReader {
  private static final Duration TIMEOUT = Duration.ofMinutes(60);
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|min|h)?");
  private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{1,3}");
  private static final int USUAL_COLUMNS = 80;
  private static final String NO_MATTER = "dontcare";

  private final Problems problems = new Problems();
  private final List<String> warnings = new ArrayList<>();
  private final GivenOptions given;
  private final Map<String, String> environment;
  private final PasswordReader passwords;

  private OptionsReader(
      List<String> arguments, Map<String, String> environment, StandardInput standardInput) {
    this.given = new GivenOptions(arguments, environment, problems);
    this.environment = environment;
    this.passwords =
        new PasswordReader(
            given,
            problems,
            warnings,
            standardInput,
            Optional.ofNullable(environment.get("DB_ARTIFACT_PASSWORD_FROM")));
  }

  /// @param standardInput where a password file named `-` is read from
  /// @throws InvalidInputException with everything that is wrong
  public static ConvergeOptions read(
      List<String> arguments, Map<String, String> environment, StandardInput standardInput)
      throws InvalidInputException, InterruptedException {
    var reader = new OptionsReader(arguments, environment, standardInput);
    ConvergeOptions options = reader.read();
    reader.problems.throwIfAny("Could not understand the command line and its environment");
    return options;
  }

  /// Whether the answer is to be JSON, as far as that can be told of options that may be wrong.
  public static boolean asksForJson(List<String> arguments, Map<String, String> environment) {
    return new GivenOptions(arguments, environment, new Problems())
        .text(OptionNames.OUTPUT)
        .filter("json"::equals)
        .isPresent();
  }

  private ConvergeOptions read() throws InterruptedException {
    Command command = command();
    boolean asksOnly = command == Command.HELP || command == Command.VERSION;
    if (!asksOnly) {
      Variables.refuseUnknown(environment, problems);
    }
    Optional<Secret> password = asksOnly ? Optional.empty() : passwords.read();
    return new ConvergeOptions(
        command,
        mode(),
        password,
        username(),
        given.value(OptionNames.CLUSTER_ID, ClusterId::new),
        given.value(OptionNames.OWNER, OptionsReader::owner),
        aws(),
        given.value(OptionNames.OUTPUT, OptionsReader::isJson).orElse(false),
        given.has(OptionNames.DRY_RUN),
        given.has(OptionNames.DETAILED_EXITCODE),
        given.value(OptionNames.TIMEOUT, OptionsReader::duration).orElse(TIMEOUT),
        given.has(OptionNames.RESET_PASSWORD),
        allowed(),
        given.value(OptionNames.CONTEXTS, FilterExpression::checked).orElse(""),
        given.value(OptionNames.LABELS, FilterExpression::checked).orElse(""),
        given.has(OptionNames.ALLOW_CHANGELOG_CODE),
        given.has(OptionNames.VERBOSE),
        "1".equals(environment.get("DB_ARTIFACT_TERMINAL")),
        columns(),
        List.copyOf(warnings));
  }

  private Command command() {
    if (given.has(OptionNames.HELP)) {
      return Command.HELP;
    }
    if (given.has(OptionNames.VERSION)) {
      return Command.VERSION;
    }
    List<String> words = given.words();
    if (words.size() > 1) {
      problems.add("command line", "one command is enough, found " + String.join(", ", words));
    }
    return words.stream()
        .findFirst()
        .flatMap(word -> problems.parse("command line", word, Command::named))
        .orElse(Command.CONVERGE);
  }

  private Mode mode() {
    return either(OptionNames.MODE, OptionNames.CREATE_MODE, Mode::named).orElse(Mode.CLONE);
  }

  /// What two names of one option say. The command line wins over the environment, whichever name
  /// it uses.
  private <T> Optional<T> either(OptionNames one, OptionNames other, Function<String, T> type) {
    Optional<T> first = given.value(one, type);
    Optional<T> second = given.value(other, type);
    boolean typed = given.isOnCommandLine(one);
    boolean otherTyped = given.isOnCommandLine(other);
    if (typed != otherTyped) {
      return typed ? first.or(() -> second) : second.or(() -> first);
    }
    if (first.isPresent() && second.isPresent() && !first.equals(second)) {
      problems.add(given.where(one), "says something else than " + given.where(other));
    }
    return first.or(() -> second);
  }

  private Optional<MasterUsername> username() {
    return given.text(OptionNames.DB_USERNAME).filter(NO_MATTER::equals).isPresent()
        ? Optional.empty()
        : given.value(OptionNames.DB_USERNAME, MasterUsername::new);
  }

  private AwsSettings aws() {
    return new AwsSettings(
        given.text(OptionNames.AWS_PROFILE),
        either(OptionNames.REGION, OptionNames.AWS_REGION, AwsSettings::region),
        given.value(OptionNames.ENDPOINT_URL, AwsSettings::endpoint));
  }

  private Set<Hazard> allowed() {
    var allowed = EnumSet.noneOf(Hazard.class);
    for (String text : given.texts(OptionNames.ALLOW)) {
      problems.parse(given.where(OptionNames.ALLOW), text, Hazard::named).ifPresent(allowed::add);
    }
    return allowed;
  }

  /// An owner is remembered in a tag, so it must be one.
  private static String owner(String text) {
    Tags.of(Map.of(OwnTags.OWNER, text));
    return text;
  }

  /// What the terminal says of itself; where it says nothing sensible, that of old.
  private int columns() {
    return Stream.of("DB_ARTIFACT_COLUMNS", "COLUMNS")
        .map(environment::get)
        .filter(text -> text != null && COLUMNS.matcher(text).matches())
        .map(Integer::parseInt)
        .findFirst()
        .orElse(USUAL_COLUMNS);
  }

  private static boolean isJson(String text) {
    return switch (text) {
      case "json" -> true;
      case "text" -> false;
      default ->
          throw new IllegalArgumentException("'" + text + "' is not an output: text or json");
    };
  }

  private static Duration duration(String text) {
    Matcher form = DURATION.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time: minutes, or such as 90s, 30m or 2h");
    }
    long amount = Long.parseLong(form.group(1));
    return switch (String.valueOf(form.group(2))) {
      case "s" -> Duration.ofSeconds(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
