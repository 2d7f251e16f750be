package dev.dbartifact.converger.options;

import java.util.regex.Pattern;

/// What Liquibase takes for a filter of contexts or labels: names, and between them commas, `and`,
/// `or`, `!` or `not`, and parentheses. Liquibase itself finds fault with one no earlier than at
/// the first change set that has a context or a label.
final class FilterExpression {
  private static final Pattern NESTED = Pattern.compile("\\(([^()]+)\\)");
  private static final Pattern BETWEEN = Pattern.compile("(?i)\\s*,\\s*|\\s+(?:and|or)\\s+");
  private static final Pattern OPERAND = Pattern.compile("(?i)@?(?:!\\s*|not\\s+)?@?[^()!@'\";]+");
  private static final Pattern OPERATOR_AT_AN_END =
      Pattern.compile("(?i)(?:.*\\s)?(?:and|or|not)|(?:and|or)\\s.*");

  private FilterExpression() {}

  /// @return the same text
  /// @throws IllegalArgumentException if it is no such expression
  static String checked(String text) {
    String left = text;
    for (var inner = NESTED.matcher(left); inner.find(); inner = NESTED.matcher(left)) {
      requireOperands(inner.group(1), text);
      left = inner.replaceFirst("nested");
    }
    requireOperands(left, text);
    return text;
  }

  private static void requireOperands(String flat, String whole) {
    for (String operand : BETWEEN.split(flat.strip(), -1)) {
      if (!OPERAND.matcher(operand).matches() || OPERATOR_AT_AN_END.matcher(operand).matches()) {
        throw new IllegalArgumentException(
            "'"
                + whole
                + "' is not a filter of change sets: names, and between them commas, and, or, ! and"
                + " parentheses, such as 'test and !slow'");
      }
    }
  }
}
