package dev.dbartifact.localengine.rds.request;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rds.model.Tag;

/// What RDS demands of names, passwords, windows and tags, in its words. What differs between
/// engines is in `EngineRules`.
///
/// See CreateDBCluster and CreateDBInstance in the Amazon RDS API Reference.
public final class Rules {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z](-?[a-zA-Z0-9])*");
  private static final Pattern TIME_WINDOW =
      Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final Pattern WEEK_WINDOW =
      Pattern.compile(
          "(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]"
              + "-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final int MOST_OF_IDENTIFIER = 63;
  private static final int MOST_OF_INSTANCE_SNAPSHOT = 255;
  private static final int MOST_OF_GROUP = 255;
  private static final int MOST_TAGS = 50;

  private Rules() {}

  public static String required(String parameter, String value) {
    if (value == null) {
      throw RdsFault.MISSING_PARAMETER.with(
          "The request must contain the parameter %s.", parameter);
    }
    return notBlank(parameter, value);
  }

  /// The API model does not demand the parameter, but the action does.
  public static String notBlank(String parameter, String value) {
    if (value == null || value.isBlank()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The parameter %s must be provided and must not be blank.", parameter);
    }
    return value;
  }

  public static <T> List<T> requiredList(String parameter, List<T> values) {
    if (values.isEmpty()) {
      throw RdsFault.MISSING_PARAMETER.with(
          "The request must contain the parameter %s.", parameter);
    }
    return values;
  }

  /// A new name of a cluster or instance, in lower case as RDS keeps it.
  public static String identifier(String parameter, String value) {
    return identifier(parameter, value, MOST_OF_IDENTIFIER);
  }

  private static String identifier(String parameter, String value, int most) {
    required(parameter, value);
    if (value.length() > most) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The parameter %s is not a valid identifier because it is longer than %d characters.",
          parameter, most);
    }
    if (!IDENTIFIER.matcher(value).matches()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The parameter %s is not a valid identifier. Identifiers must begin with a letter; must"
              + " contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or"
              + " contain two consecutive hyphens.",
          parameter);
    }
    return value.toLowerCase(Locale.ROOT);
  }

  /// A new name of a snapshot of an instance, which may be longer than that of one of a cluster.
  /// RDS has words of its own for one that does not begin with a letter. See CreateDBSnapshot in
  /// the Amazon RDS API Reference.
  public static String snapshotIdentifier(String parameter, String value) {
    if (!required(parameter, value).matches("[a-zA-Z].*")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid snapshot identifier:  %s", value);
    }
    return identifier(parameter, value, MOST_OF_INSTANCE_SNAPSHOT);
  }

  /// A new name of a parameter or an option group, in lower case as RDS keeps it.
  public static String groupIdentifier(String parameter, String value) {
    return notDefault(parameter, identifier(parameter, value, MOST_OF_GROUP));
  }

  /// A new name of a group of another form, in lower case as RDS keeps it.
  public static String groupName(String parameter, String value, String form) {
    required(parameter, value);
    if (value.length() > MOST_OF_GROUP || !value.matches(form)) {
      throw noIdentifier(parameter, value);
    }
    return notDefault(parameter, value.toLowerCase(Locale.ROOT));
  }

  private static String notDefault(String parameter, String name) {
    if (name.equals("default")) {
      throw noIdentifier(parameter, name);
    }
    return name;
  }

  private static RuntimeException noIdentifier(String parameter, String value) {
    return RdsFault.INVALID_PARAMETER_VALUE.with(
        "The parameter %s is not a valid identifier: '%s'.", parameter, value);
  }

  /// What all engines have in common; how long it may be is the engine's.
  public static String password(String value) {
    notBlank("MasterUserPassword", value);
    if (!value.chars().allMatch(c -> c > ' ' && c < 127 && "/\"@".indexOf(c) < 0)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters"
              + " besides '/', '@', '\"', ' ' may be used.");
    }
    if (value.length() < 8) {
      throw badPassword("shorter than 8");
    }
    return value;
  }

  /// @param most how many characters it may have
  public static void passwordLength(String value, int most) {
    if (value.length() > most) {
      throw badPassword("longer than " + most);
    }
  }

  private static RuntimeException badPassword(String how) {
    return RdsFault.INVALID_PARAMETER_VALUE.with(
        "The parameter MasterUserPassword is not a valid password because it is %s characters.",
        how);
  }

  public static void port(Integer value) {
    if (value != null && (value < 1150 || value > 65535)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid database port: %d. Valid range is 1150-65535.", value);
    }
  }

  public static void retention(Integer days) {
    retention(days, 1);
  }

  /// @param least 0 where there may be no automated backups
  public static void retention(Integer days, int least) {
    if (days != null && (days < least || days > 35)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid backup retention period: %d. Retention period must be between %d and 35.",
          days, least);
    }
  }

  public static void backupWindow(String window) {
    if (window != null && !TIME_WINDOW.matcher(window).matches()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid backup window format: %s. Should be specified as a range hh24:mi-hh24:mi (24H"
              + " Clock UTC). Example: 05:00-06:00",
          window);
    }
  }

  public static void maintenanceWindow(String window) {
    if (window != null && !WEEK_WINDOW.matcher(window.toLowerCase(Locale.ROOT)).matches()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid maintenance window format: %s. Should be specified as a range"
              + " ddd:hh24:mi-ddd:hh24:mi (24H Clock UTC). Example: Sun:23:45-Mon:00:15",
          window);
    }
  }

  public static void securityGroups(List<String> ids) {
    for (var id : ids) {
      if (!id.matches("sg-[0-9a-f]{8}([0-9a-f]{9})?")) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid security group , groupId= %s", id);
      }
    }
  }

  public static void oneOf(String parameter, String value, String... allowed) {
    if (value != null && !List.of(allowed).contains(value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value '%s' for %s. Must be one of %s.",
          value, parameter, String.join(", ", allowed));
    }
  }

  public static void tags(List<Tag> tags) {
    if (tags.size() > MOST_TAGS) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "A resource can have at most %d tags.", MOST_TAGS);
    }
    var keys = new HashSet<String>();
    for (var tag : tags) {
      var key = required("Key", tag.key());
      if (!keys.add(key)) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with(
            "The tag key '%s' is there more than once: the keys of a resource's tags are unique.",
            key);
      }
      var value = tag.value() == null ? "" : tag.value();
      if (key.length() > 128 || value.length() > 256) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with(
            "The tag '%s' is too long: at most 128 characters for a key, 256 for a value.", key);
      }
      var lower = key.toLowerCase(Locale.ROOT);
      if (lower.startsWith("aws:") || lower.startsWith("rds:")) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with(
            "The tag key '%s' is reserved: keys must not begin with aws: or rds:.", key);
      }
      if (!TAG_TEXT.matcher(key).matches() || !TAG_TEXT.matcher(value).matches()) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with(
            "The tag '%s' holds a character that is not a letter, digit, space or one of"
                + " _ . : / = + - @",
            key);
      }
    }
  }
}
