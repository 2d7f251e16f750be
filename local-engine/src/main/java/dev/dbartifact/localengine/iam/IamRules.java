package dev.dbartifact.localengine.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.iam.model.Tag;

/// What IAM demands of names, documents and tags, in its words.
///
/// See CreateRole in the IAM API Reference, and "IAM and AWS STS quotas" in the IAM User Guide.
final class IamRules {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NAME = "[\\w+=,.@-]+";
  private static final String PATH = "/|/[!-~]+/";
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_POLICY_NAME = 128;
  private static final int LONGEST_DESCRIPTION = 1000;
  private static final int LONGEST_DOCUMENT = 131_072;
  private static final int HOUR = 3600;

  /// In seconds.
  static final int LONGEST_SESSION = 12 * HOUR;

  private static final int MOST_TAGS = 50;

  private IamRules() {}

  static <T> T required(String parameter, T value) {
    if (value == null) {
      throw invalid("null", parameter, "Member must not be null");
    }
    return value;
  }

  static String roleName(String value) {
    return name("roleName", value, LONGEST_NAME);
  }

  static String policyName(String value) {
    return name("policyName", value, LONGEST_POLICY_NAME);
  }

  private static String name(String parameter, String value, int longest) {
    required(parameter, value);
    if (!value.matches(NAME)) {
      throw IamFault.VALIDATION_ERROR.with(
          "The specified value for %s is invalid. It must contain only alphanumeric characters and/or"
              + " the following: +=,.@_-",
          parameter);
    }
    if (value.length() > longest) {
      throw invalid(
          "'" + value + "'", parameter, "Member must have length less than or equal to " + longest);
    }
    return value;
  }

  static String path(String value) {
    var path = value == null ? "/" : value;
    if (!path.matches(PATH) || path.length() > 512) {
      throw IamFault.VALIDATION_ERROR.with(
          "The specified value for path is invalid. It must begin and end with / and contain only"
              + " alphanumeric characters and/or / characters.");
    }
    return path;
  }

  static String description(String value) {
    if (value != null && value.length() > LONGEST_DESCRIPTION) {
      throw invalid(
          "'" + value + "'",
          "description",
          "Member must have length less than or equal to " + LONGEST_DESCRIPTION);
    }
    return value;
  }

  /// @param seconds null where nothing is said
  static int duration(Integer seconds) {
    if (seconds == null) {
      return HOUR;
    }
    if (seconds < HOUR || seconds > LONGEST_SESSION) {
      throw invalid(
          "'" + seconds + "'",
          "maxSessionDuration",
          seconds < HOUR
              ? "Member must have value greater than or equal to " + HOUR
              : "Member must have value less than or equal to " + LONGEST_SESSION);
    }
    return seconds;
  }

  /// Who may assume a role.
  ///
  /// @param parameter that has the document
  static String trust(String parameter, String document) {
    for (var statement : statements(parameter, document)) {
      if (!statement.has("Principal") && !statement.has("NotPrincipal")) {
        throw IamFault.MALFORMED_POLICY_DOCUMENT.with("Missing required field Principal");
      }
      if (statement.has("Resource")) {
        throw IamFault.MALFORMED_POLICY_DOCUMENT.with("Has prohibited field Resource");
      }
    }
    return document;
  }

  /// What a role may do; nothing is denied to anybody here.
  static String policy(String document) {
    for (var statement : statements("policyDocument", document)) {
      if (statement.has("Principal")) {
        throw IamFault.MALFORMED_POLICY_DOCUMENT.with(
            "Policy document should not specify a principal.");
      }
      if (!statement.has("Resource") && !statement.has("NotResource")) {
        throw IamFault.MALFORMED_POLICY_DOCUMENT.with("Policy statement must contain resources.");
      }
    }
    return document;
  }

  private static List<JsonNode> statements(String parameter, String document) {
    required(parameter, document);
    var tree = parsed(document);
    var statement = tree.path("Statement");
    var statements = new ArrayList<JsonNode>();
    if (statement.isArray()) {
      statement.forEach(statements::add);
    } else if (statement.isObject()) {
      statements.add(statement);
    }
    if (statements.isEmpty()
        || statements.stream().anyMatch(each -> !isComplete(each))
        || document.length() > LONGEST_DOCUMENT) {
      throw IamFault.MALFORMED_POLICY_DOCUMENT.with("Syntax errors in policy.");
    }
    return statements;
  }

  private static JsonNode parsed(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw IamFault.MALFORMED_POLICY_DOCUMENT.with("This policy contains invalid Json");
    }
  }

  private static boolean isComplete(JsonNode statement) {
    return List.of("Allow", "Deny").contains(statement.path("Effect").asText())
        && (statement.has("Action") || statement.has("NotAction"));
  }

  static void tags(List<Tag> tags) {
    if (tags.size() > MOST_TAGS) {
      throw IamFault.LIMIT_EXCEEDED.with("Cannot exceed quota for TagsPerRole: %d", MOST_TAGS);
    }
    for (var tag : tags) {
      var key = required("tags.member.key", tag.key());
      required("tags.member.value", tag.value());
      if (key.isEmpty() || key.length() > 128 || tag.value().length() > 256) {
        throw invalid(
            "'" + key + "'", "tags.member.key", "Member must have length between 1 and 128");
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw IamFault.INVALID_INPUT.with("System tag keys cannot be added, updated, or removed.");
      }
    }
    var keys = tags.stream().map(each -> each.key().toLowerCase(Locale.ROOT)).distinct().count();
    if (keys < tags.size()) {
      throw IamFault.INVALID_INPUT.with(
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
  }

  private static RuntimeException invalid(String value, String parameter, String constraint) {
    return IamFault.VALIDATION_ERROR.with(
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s",
        value, parameter, constraint);
  }
}
