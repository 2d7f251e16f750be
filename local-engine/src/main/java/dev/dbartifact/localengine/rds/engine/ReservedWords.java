package dev.dbartifact.localengine.rds.engine;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names that neither a master user nor a first database can have, since the engine has them or
/// reads them as something else.
///
/// See Appendix C, "SQL Key Words", in the PostgreSQL documentation, and for the rest the names
/// that RDS and MySQL keep for themselves.
final class ReservedWords {

  private static final Set<String> POSTGRES_USERS =
      Set.of(
          "admin",
          "all",
          "analyse",
          "analyze",
          "and",
          "any",
          "array",
          "as",
          "asc",
          "authorization",
          "both",
          "case",
          "cast",
          "check",
          "column",
          "constraint",
          "create",
          "current_user",
          "default",
          "desc",
          "distinct",
          "do",
          "else",
          "end",
          "except",
          "false",
          "for",
          "foreign",
          "from",
          "grant",
          "group",
          "having",
          "in",
          "into",
          "leading",
          "limit",
          "new",
          "none",
          "not",
          "null",
          "off",
          "old",
          "on",
          "only",
          "or",
          "order",
          "primary",
          "public",
          "rdsadmin",
          "rdsrepladmin",
          "rdstopmgr",
          "references",
          "select",
          "session_user",
          "some",
          "table",
          "then",
          "to",
          "trailing",
          "true",
          "union",
          "unique",
          "user",
          "using",
          "when",
          "where",
          "with");

  /// Beside the reserved words of SQL. RDS refuses some that PostgreSQL itself would take.
  private static final Set<String> POSTGRES_DATABASES =
      Set.of(
          "catalog",
          "control",
          "database",
          "dispatch",
          "flag",
          "rdsadmin",
          "template0",
          "template1");

  /// Refused as users only.
  private static final Set<String> NO_WORDS_OF_SQL = Set.of("admin", "public");

  private static final Pattern MYSQL_USERS =
      Pattern.compile(
          "(?i)all|analyze|and|as|by|create|delete|drop|from|grant|group|insert|mariadb|mysql|null|or"
              + "|rds.*|select|table|update|user|where");

  private static final Set<String> MYSQL_DATABASES =
      Set.of(
          "information_schema", "innodb", "mysql", "performance_schema", "rdsadmin", "sys", "tmp");

  private ReservedWords() {}

  static boolean isUserOfPostgres(String name) {
    var lower = lower(name);
    return POSTGRES_USERS.contains(lower) || lower.startsWith("pg_") || lower.startsWith("rds");
  }

  static boolean isUserOfMySql(String name) {
    return MYSQL_USERS.matcher(name).matches();
  }

  static boolean isDatabaseOfPostgres(String name) {
    var lower = lower(name);
    return POSTGRES_DATABASES.contains(lower)
        || POSTGRES_USERS.contains(lower) && !NO_WORDS_OF_SQL.contains(lower);
  }

  static boolean isDatabaseOfMySql(String name) {
    return MYSQL_DATABASES.contains(lower(name));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
