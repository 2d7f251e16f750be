package dev.dbartifact.artifact;

import java.util.Objects;
import java.util.regex.Pattern;

/// A text that must not be shown: a master password on its way from the user to RDS. Prints as
/// dots, so that no log, plan, exception or JSON document can carry it by accident.
public final class Secret {
  private static final Pattern MASTER_PASSWORD = Pattern.compile("[!-~&&[^/\"@]]{8,41}");

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /// A master password: 8 to 41 printable ASCII characters other than `/`, `"`, `@` and space
  /// (CreateDBCluster, MasterUserPassword, in the range that every engine accepts).
  ///
  /// @throws IllegalArgumentException telling the rule, never the text
  public static Secret masterPassword(String text) {
    if (!MASTER_PASSWORD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a master password has 8 to 41 printable ASCII characters, none of them / \" @ or a space; the one given has "
              + text.length()
              + (text.length() < 8 || text.length() > 41
                  ? ""
                  : " and a character that is not accepted"));
    }
    return new Secret(text);
  }

  /// The text itself, for the one place that sends it.
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "••••••";
  }
}
