package dev.dbartifact.localengine.secrets;

import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/// What Secrets Manager accepts.
///
/// See the API reference of Secrets Manager, version 2017-10-17.
final class SecretRules {

  private static final int LONGEST_VALUE = 65536;
  private static final int MOST_TAGS = 50;

  private SecretRules() {}

  static String required(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value %s at '%s' failed to satisfy constraint: Member must"
              + " %s",
          value == null ? "null" : "''",
          name,
          value == null ? "not be null" : "have length greater than or equal to 1");
    }
    return value;
  }

  /// Of a list, which may be empty.
  ///
  /// @param given whether the request has it
  static void requireGiven(String name, boolean given) {
    if (!given) {
      required(name, null);
    }
  }

  static String newName(String name) {
    required("name", name);
    if (name.length() > 512) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value '%s' at 'name' failed to satisfy constraint: Member"
              + " must have length less than or equal to 512",
          name);
    }
    if (!name.matches("[A-Za-z0-9/_+=.@!-]+")) {
      throw SecretsFault.VALIDATION.with(
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    return name;
  }

  /// It becomes the id of a version.
  static String token(String token) {
    if (token == null || token.isEmpty()) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "You must provide a ClientRequestToken value. We recommend a UUID-type value.");
    }
    if (token.length() < 32 || token.length() > 64) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "ClientRequestToken must be 32-64 characters long.");
    }
    return token;
  }

  /// @param needed whether there must be one
  static void value(String text, SdkBytes binary, boolean needed) {
    if (text != null && binary != null) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    if (needed && text == null && binary == null) {
      throw SecretsFault.INVALID_REQUEST.with(
          "You must provide either SecretString or SecretBinary.");
    }
    var size =
        text != null
            ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
            : binary != null ? binary.asByteArrayUnsafe().length : 1;
    if (size > LONGEST_VALUE || size == 0) {
      // The value is not repeated: it is a secret.
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must have"
              + " length between 1 and %d",
          text != null ? "secretString" : "secretBinary", LONGEST_VALUE);
    }
  }

  static void tags(List<Tag> tags) {
    for (var tag : tags) {
      tagKey(tag.key());
      if (tag.value() != null && tag.value().length() > 256) {
        throw SecretsFault.INVALID_PARAMETER.with(
            "The value of the tag '%s' is longer than 256 characters.", tag.key());
      }
    }
    if (tags.stream().map(Tag::key).distinct().count() != tags.size()) {
      throw SecretsFault.INVALID_PARAMETER.with("A tag key is given more than once.");
    }
    mostTags(tags.size());
  }

  static void tagKey(String key) {
    if (key == null || key.isEmpty() || key.length() > 128) {
      throw SecretsFault.INVALID_PARAMETER.with("A tag key has 1 to 128 characters.");
    }
    if (key.startsWith("aws:")) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "Tag keys that begin with aws: are reserved for AWS: %s", key);
    }
  }

  static void mostTags(int count) {
    if (count > MOST_TAGS) {
      throw SecretsFault.LIMIT_EXCEEDED.with("A secret has at most %d tags.", MOST_TAGS);
    }
  }

  /// @return days
  static long recoveryWindow(Long days, Boolean force) {
    if (Boolean.TRUE.equals(force) && days != null) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days != null && (days < 7 || days > 30)) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    return days == null ? 30 : days;
  }
}
