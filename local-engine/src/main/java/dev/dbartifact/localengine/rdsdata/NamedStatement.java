package dev.dbartifact.localengine.rdsdata;

import java.util.ArrayList;
import java.util.List;

/// A statement whose named parameters, `:name`, became the driver's `?`. What stands in quotes,
/// comments and casts is left alone, see [Lexis].
///
/// @param parameters the names in the order of the question marks
record NamedStatement(String sql, List<String> parameters) {

  NamedStatement {
    parameters = List.copyOf(parameters);
  }

  /// @throws RuntimeException the fault when there is more than one statement
  static NamedStatement parse(String text, Lexis lexis) {
    return new Reader(text, lexis).read();
  }

  private static final class Reader {
    private final String text;
    private final Lexis lexis;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;
    private boolean ended;

    Reader(String text, Lexis lexis) {
      this.text = text;
      this.lexis = lexis;
    }

    NamedStatement read() {
      while (at < text.length()) {
        step(text.charAt(at));
      }
      return new NamedStatement(sql.toString(), names);
    }

    private void step(char c) {
      if (lexis.beginsLineComment(text, at)) {
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
      if (lexis.isQuote(c)) {
        copyTo(endOfQuoted(c, lexis.knowsBackslashes(text, at)));
      } else if (c == '$' && lexis.quotesWithDollars()) {
        copyTo(endOfDollarQuoted());
      } else if (c == ':') {
        colon();
      } else if (c == '?') {
        sql.append(lexis.questionMark());
        at++;
      } else {
        copyTo(Character.isJavaIdentifierStart(c) ? endOfWord(at) : at + 1);
      }
    }

    private void colon() {
      if (lexis.castsWithColons() && text.startsWith("::", at)) {
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

    /// A name can begin with a digit, as Drizzle and Kysely have it. So a slice of an array,
    /// `a[1:2]`, has a parameter on AWS, too, and `a[1 : 2]` has none.
    private static boolean isNameStart(char c) {
      return Character.isLetterOrDigit(c) || c == '_';
    }

    private int endOfWord(int from) {
      var end = from;
      while (end < text.length()
          && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
        end++;
      }
      return Math.max(end, from + 1);
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
          depth = lexis.nestsComments() ? depth + 1 : 1;
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
