package dev.dbartifact.rds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;

/// One of the standard settings that the SDK could not use. Its own messages often name neither the
/// variable nor the file, so it is looked for which one they speak of.
///
/// @param told what is wrong, and where
/// @param advice what to do
record UnusableSetting(String told, String advice) {
  private static final Pattern SECRET = Pattern.compile(".*(KEY|TOKEN|PASSWORD).*");

  /// What the SDK calls it where it does not tell the value either.
  private static final Map<String, String> NAMES = Map.of("maxAttempts", "AWS_MAX_ATTEMPTS");

  /// @param failure what the SDK threw when something was made of the settings
  static UnusableSetting of(RuntimeException failure, Map<String, String> environment) {
    String said = String.valueOf(failure.getMessage());
    return inFile(said)
        .or(() -> inVariable(said, environment))
        .orElseGet(() ->
            new UnusableSetting(
                said,
                "Correct the region, the profile or the endpoint: on the command line, in the AWS_"
                    + " variables, or in the shared files."));
  }

  private static Optional<UnusableSetting> inFile(String said) {
    return Stream.concat(
            blamed(
                ProfileFileLocation.configurationFilePath(),
                ProfileFile.Type.CONFIGURATION,
                "AWS_CONFIG_FILE",
                said),
            blamed(
                ProfileFileLocation.credentialsFilePath(),
                ProfileFile.Type.CREDENTIALS,
                "AWS_SHARED_CREDENTIALS_FILE",
                said))
        .findFirst();
  }

  private static Stream<UnusableSetting> blamed(
      Path file, ProfileFile.Type type, String variable, String said) {
    if (!Files.isReadable(file) || !said.equals(complaint(file, type))) {
      return Stream.empty();
    }
    return Stream.of(
        new UnusableSetting(
            "the file " + file + " cannot be used: " + said,
            "Correct the file, or name another one in " + variable + "."));
  }

  private static String complaint(Path file, ProfileFile.Type type) {
    try {
      ProfileFile.builder().content(file).type(type).build();
      return "";
    } catch (RuntimeException malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  private static Optional<UnusableSetting> inVariable(
      String said, Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(each -> each.getKey().startsWith("AWS_"))
        .filter(each -> !SECRET.matcher(each.getKey()).matches())
        .filter(each -> speaksOf(said, each.getKey(), each.getValue()))
        .map(each ->
            new UnusableSetting(
                each.getKey() + " is '" + each.getValue() + "', which cannot be used: " + said,
                "Correct " + each.getKey() + ", or unset it."))
        .findFirst();
  }

  /// Whether it names the variable, or ends in its value or in a quotation of it.
  private static boolean speaksOf(String said, String variable, String value) {
    boolean named =
        NAMES.entrySet().stream()
            .anyMatch(name -> name.getValue().equals(variable) && said.contains(name.getKey()));
    boolean quoted =
        !value.isEmpty()
            && (said.endsWith(" " + value)
                || said.contains("'" + value + "'")
                || said.contains("\"" + value + "\"")
                || said.contains("(" + value + ")"));
    return named || quoted || Pattern.compile("\\b" + variable + "\\b").matcher(said).find();
  }
}
