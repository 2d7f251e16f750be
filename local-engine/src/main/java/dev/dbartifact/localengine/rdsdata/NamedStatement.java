package dev.dbartifact.localengine.rdsdata;

import java.util.ArrayList;
import java.util.List;

/// A statement whose named parameters, `:name`, became the driver's `?`. What stands in quotes,
/// comments and casts is left alone.
///
/// See "Lexical Structure" in the PostgreSQL documentation.
///
/// @param parameters the names in the order of the question marks
record NamedStatement(String sql, List<String> parameters) {

  NamedStatement {
    parameters = List.copyOf(parameters);
  }

  /// @throws RuntimeException the fault when there is more than one statement
  static NamedStatement parse(String text) {
    return new Reader(text).read();
  }

  private static final class Reader {
    private final String text;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;
    private boolean ended;

    Reader(String text) {
      this.text = text;
    }

    NamedStatement read() {
      while (at < text.length()) {
        step(text.charAt(at));
      }
      return new NamedStatement(sql.toString(), names);
    }

    private void step(char c) {
      if (text.startsWith("--", at)) {
        copyTo(orEnd(text.indexOf('\n', at)));
      } else if (text.startsWith("/*", at)) {
        copyTo(endOfComment());
      } else if (Character.isWhitespace(c)) {
        copyTo(at + 1);
      } else if (c == ';') {
        ended = true;
        at++;
      } else {
        requireOne();
        token(c);
      }
    }

    private void requireOne() {
      if (ended) {
        throw DataFault.VALIDATION.with("Multistatements aren't supported.");
      }
    }

    private void token(char c) {
      switch (c) {
        case '\'' -> copyTo(endOfQuoted('\'', isEscapeString()));
        case '"' -> copyTo(endOfQuoted('"', false));
        case '$' -> copyTo(endOfDollarQuoted());
        case ':' -> colon();
        case '?' -> {
          // An operator of JSON; the driver would take it for a parameter.
          sql.append("??");
          at++;
        }
        default -> copyTo(Character.isJavaIdentifierStart(c) ? endOfWord(at) : at + 1);
      }
    }

    private void colon() {
      if (text.startsWith("::", at)) {
        copyTo(at + 2);
      } else if (at + 1 < text.length() && isNameStart(text.charAt(at + 1))) {
        var end = endOfWord(at + 1);
        names.add(text.substring(at + 1, end));
        sql.append('?');
        at = end;
      } else {
        copyTo(at + 1);
      }
    }

    private static boolean isNameStart(char c) {
      return Character.isLetter(c) || c == '_';
    }

    private int endOfWord(int from) {
      var end = from;
      while (end < text.length()
          && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
        end++;
      }
      return Math.max(end, from + 1);
    }

    /// `E'…'` knows backslashes.
    private boolean isEscapeString() {
      return at > 0
          && "eE".indexOf(text.charAt(at - 1)) >= 0
          && (at == 1 || !Character.isLetterOrDigit(text.charAt(at - 2)));
    }

    private int endOfQuoted(char quote, boolean backslashes) {
      var end = at + 1;
      while (end < text.length()) {
        if (backslashes && text.charAt(end) == '\\') {
          end += 2;
        } else if (text.charAt(end) != quote) {
          end++;
        } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
          end += 2;
        } else {
          return end + 1;
        }
      }
      return text.length();
    }

    private int endOfDollarQuoted() {
      var tagEnd = text.indexOf('$', at + 1);
      if (tagEnd < 0 || !text.substring(at + 1, tagEnd).matches("([A-Za-z_][A-Za-z_0-9]*)?")) {
        return at + 1;
      }
      var tag = text.substring(at, tagEnd + 1);
      var end = text.indexOf(tag, tagEnd + 1);
      return end < 0 ? text.length() : end + tag.length();
    }

    private int endOfComment() {
      var depth = 0;
      for (var end = at; end < text.length(); end++) {
        if (text.startsWith("/*", end)) {
          depth++;
          end++;
        } else if (text.startsWith("*/", end)) {
          depth--;
          end++;
          if (depth == 0) {
            return end + 1;
          }
        }
      }
      return text.length();
    }

    private int orEnd(int index) {
      return index < 0 ? text.length() : index;
    }

    private void copyTo(int end) {
      var bounded = Math.min(end, text.length());
      sql.append(text, at, bounded);
      at = bounded;
    }
  }
}
