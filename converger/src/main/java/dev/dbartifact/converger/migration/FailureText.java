package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Secret;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns foreign exceptions into text for people: the cause rather than its wrappings, short, and
/// without the password. It becomes part of a sentence, so it does not end in a full stop.
final class FailureText {
  private static final int LONGEST_STATEMENT = 400;

  /// MariaDB's driver puts the number of its session before what the server says.
  private static final String SESSION = "^\\(conn=\\d+\\) ";

  /// Liquibase's form of a statement that the database refused.
  private static final Pattern FAILED_SQL =
      Pattern.compile("\\[Failed SQL: (?:\\(-?\\d+\\) )?(.*)]\\s*$", Pattern.DOTALL);

  private FailureText() {}

  static String of(Throwable failure, Secret password) {
    return masked(of(failure), password);
  }

  static String of(Throwable failure) {
    Throwable innermost = innermost(failure);
    String message = innermost.getMessage();
    String said =
        message == null || message.isBlank() ? innermost.getClass().getSimpleName() : message;
    return said.strip()
        .replaceFirst(SESSION, "")
        .replaceAll("\\s*\n\\s*", "; ")
        .replaceFirst("\\.$", "");
  }

  /// The statement that failed, shortened to one line, or nothing where the failure was not one of
  /// a statement.
  static String statement(Throwable failure, Secret password) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Matcher found = FAILED_SQL.matcher(String.valueOf(each.getMessage()));
      if (found.find()) {
        return masked(shortened(found.group(1)), password);
      }
    }
    return "";
  }

  static <T extends Throwable> T find(Class<T> type, Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  private static Throwable innermost(Throwable failure) {
    Throwable each = failure;
    while (each.getCause() != null && !(each instanceof java.sql.SQLException)) {
      each = each.getCause();
    }
    return each;
  }

  private static String shortened(String sql) {
    String oneLine = sql.strip().replaceAll("\\s+", " ");
    return oneLine.length() <= LONGEST_STATEMENT
        ? oneLine
        : oneLine.substring(0, LONGEST_STATEMENT) + " …";
  }

  private static String masked(String text, Secret password) {
    return text.replace(password.reveal(), password.toString());
  }
}
