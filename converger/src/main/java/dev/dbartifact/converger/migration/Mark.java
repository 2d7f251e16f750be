package dev.dbartifact.converger.migration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far a change set has got on a server that keeps DDL at once. It stands in the row of
/// Liquibase's lock, behind the name of the one that holds it, and changes in the same transactions
/// as the rows that the change set writes: so it is never wrong about those, and never behind by
/// more than the one statement it names.
///
/// @param statement the first that is not known to have taken effect, counted from 1
/// @param begun whether that one may have taken effect nevertheless
/// @param name of the change set, for people; may be cut
/// @param changeSet digest of its whole name
/// @param before digest of its name and of all statements before that one
record Mark(int statement, boolean begun, String name, String changeSet, String before) {
  /// `lockedby` holds 255 characters.
  private static final int LONGEST_NAME = 140;

  private static final String BEGINNING = " | ";
  private static final Pattern TEXT =
      Pattern.compile(
          " \\| (in|before) statement (\\d{1,9}) of (.*) \\[([0-9a-f]{16}) ([0-9a-f]{16})]$");

  Mark {
    name = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  /// What a value of `lockedby` ends with.
  static Optional<Mark> in(String lockedBy) {
    Matcher found = TEXT.matcher(lockedBy == null ? "" : lockedBy);
    return found.find()
        ? Optional.of(
            new Mark(
                Integer.parseInt(found.group(2)),
                found.group(1).equals("in"),
                found.group(3),
                found.group(4),
                found.group(5)))
        : Optional.empty();
  }

  /// The same as an expression of SQL over the row, null for none.
  static String ofRow() {
    return "if(lockedby LIKE '"
        + Sessions.APPLICATION
        + "%"
        + BEGINNING
        + "%', substring(lockedby, locate('"
        + BEGINNING
        + "', lockedby)), NULL)";
  }

  /// Whether there is nothing to remember.
  boolean isAtTheStart() {
    return statement == 1 && !begun;
  }

  /// After the server has said of the statement that it did not take effect.
  Mark notBegun() {
    return new Mark(statement, false, name, changeSet, before);
  }

  @Override
  public String toString() {
    return BEGINNING
        + (begun ? "in" : "before")
        + " statement "
        + statement
        + " of "
        + name
        + " ["
        + changeSet
        + " "
        + before
        + "]";
  }
}
