package dev.dbartifact.localengine.rdsdata;

/// What in a statement is no place for a parameter.
///
/// See "Lexical Structure" in the PostgreSQL documentation, and "Language Structure" in that of
/// MySQL.
enum Lexis {
  /// Comments nest, `$$` quotes, `E'…'` knows backslashes, `::` casts, `?` is an operator of JSON.
  POSTGRESQL,
  /// `#` begins a comment, `--` only before a space, backticks quote names, strings know
  /// backslashes.
  MYSQL;

  boolean beginsLineComment(String text, int at) {
    return switch (this) {
      case POSTGRESQL -> text.startsWith("--", at);
      case MYSQL ->
          text.charAt(at) == '#'
              || (text.startsWith("--", at)
                  && (at + 2 == text.length() || text.charAt(at + 2) <= ' '));
    };
  }

  boolean nestsComments() {
    return this == POSTGRESQL;
  }

  boolean isQuote(char c) {
    return c == '\'' || c == '"' || (c == '`' && this == MYSQL);
  }

  /// Whether a backslash takes the next character along.
  boolean knowsBackslashes(String text, int quote) {
    return switch (this) {
      case POSTGRESQL -> text.charAt(quote) == '\'' && isEscapeString(text, quote);
      case MYSQL -> text.charAt(quote) != '`';
    };
  }

  private static boolean isEscapeString(String text, int quote) {
    return quote > 0
        && "eE".indexOf(text.charAt(quote - 1)) >= 0
        && (quote == 1 || !Character.isLetterOrDigit(text.charAt(quote - 2)));
  }

  boolean quotesWithDollars() {
    return this == POSTGRESQL;
  }

  boolean castsWithColons() {
    return this == POSTGRESQL;
  }

  /// What stands for a question mark of the statement's own.
  String questionMark() {
    return this == POSTGRESQL ? "??" : "?";
  }
}
