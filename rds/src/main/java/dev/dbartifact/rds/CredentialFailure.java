package dev.dbartifact.rds;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds out why the SDK has no credentials. Its default chain asks one provider after the other,
/// and lists in its message what each of them said; most say only that they are not set up.
final class CredentialFailure {
  private static final String LIST = "]) : [";
  private static final String REASON = "): ";
  private static final Pattern NEXT = Pattern.compile(", (?=[A-Z]\\w*CredentialsProvider\\()");
  private static final List<String> NOT_SET_UP =
      List.of(
          "Unable to load credentials from system settings",
          "Either the environment variable AWS_WEB_IDENTITY_TOKEN_FILE",
          "Profile file contained no credentials",
          "Cannot fetch credentials from container - neither",
          "IMDS credentials have been disabled",
          "Failed to load credentials from IMDS");

  private CredentialFailure() {}

  /// What the first provider said that is set up, if `message` is that of the chain and one is.
  static Optional<String> told(String message) {
    int list = message.indexOf(LIST);
    if (!message.startsWith("Unable to load credentials") || list < 0) {
      return Optional.empty();
    }
    return NEXT.splitAsStream(message.substring(list + LIST.length()).replaceFirst("]$", ""))
        .map(said -> said.substring(said.indexOf(REASON) + REASON.length()))
        .filter(reason -> NOT_SET_UP.stream().noneMatch(reason::startsWith))
        .findFirst();
  }

  /// Whether the failure is that of a `credential_process`, for which the SDK has no exception of
  /// its own.
  static boolean isOfProcess(RuntimeException failure) {
    return failure instanceof IllegalStateException
        && String.valueOf(failure.getMessage()).contains("process-based credentials");
  }
}
