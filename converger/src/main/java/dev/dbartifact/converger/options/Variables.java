package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.NearMiss;
import dev.dbartifact.artifact.Problems;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The environment variables whose names are ours. One that is misspelt would be as if it were not
/// there, and a copy of production be made where an empty cluster was meant.
final class Variables {
  static final String PREFIX = "DB_ARTIFACT_";

  /// What the wrapper tells the image, and files that no option names.
  private static final Set<String> OF_NO_OPTION =
      Set.of("WRAPPED", "TERMINAL", "COLUMNS", "PASSWORD_FROM", "DB_CA_BUNDLE", "HOSTS_FILE");

  /// Options that are set in a variable of another name: one that the AWS SDK has for them, or that
  /// of the option of which they are another spelling.
  private static final Map<OptionNames, String> OF_ANOTHER_NAME =
      Map.of(
          OptionNames.AWS_PROFILE,
          "AWS_PROFILE",
          OptionNames.AWS_REGION,
          "DB_ARTIFACT_REGION",
          OptionNames.ENDPOINT_URL,
          "AWS_ENDPOINT_URL");

  private Variables() {}

  /// Notes each variable with our prefix that nothing reads. Its text is not told: it may be a
  /// secret.
  static void refuseUnknown(Map<String, String> environment, Problems problems) {
    Map<String, String> known = ofOptions();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(PREFIX)
          && !known.containsValue(name)
          && !OF_NO_OPTION.contains(name.substring(PREFIX.length()))) {
        problems.add(name, "is not a variable of any option; " + suggestion(name, known));
      }
    }
  }

  /// Names of options, and what each can be set in.
  private static Map<String, String> ofOptions() {
    var variables = new TreeMap<String, String>();
    for (OptionNames option : OptionNames.values()) {
      Optional.ofNullable(OF_ANOTHER_NAME.get(option))
          .or(option::variable)
          .ifPresent(variable -> variables.put(option.longName(), variable));
    }
    return variables;
  }

  private static String suggestion(String name, Map<String, String> known) {
    return NearMiss.of(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), known.keySet())
        .map(option -> "did you mean " + known.get(option) + "? ")
        .orElse("")
        .concat("--help lists the options");
  }
}
