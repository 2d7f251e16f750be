package dev.dbartifact.localengine.rdsdata;

import java.sql.SQLException;

/// What the server said, in the form of RDS Data.
final class SqlFaults {

  private SqlFaults() {}

  static RuntimeException of(SQLException e) {
    if (e.getMessage() != null && e.getMessage().contains("maxResultBuffer")) {
      return Rows.tooLarge();
    }
    var state = e.getSQLState() == null ? "" : e.getSQLState();
    if (isOfConnection(state)) {
      return DataFault.DATABASE_UNAVAILABLE.with(
          "The database did not answer: %s", oneLine(e.getMessage()));
    }
    if (e instanceof org.postgresql.util.PSQLException) {
      return DataFault.DATABASE_ERROR.with("%s; SQLState: %s", oneLine(e.getMessage()), state);
    }
    return DataFault.DATABASE_ERROR.with(
        "%s; Error code: %d; SQLState: %s", oneLine(e.getMessage()), e.getErrorCode(), state);
  }

  /// Class 08 is Connection Exception, but for 08P01, by which the server refuses what it was sent;
  /// 57P01 to 57P03: the server stops or starts.
  private static boolean isOfConnection(String state) {
    return (state.startsWith("08") && !state.equals("08P01")) || state.startsWith("57P0");
  }

  /// MariaDB's driver puts the number of its session before what the server says; PostgreSQL's puts
  /// position, detail and hint on lines of their own.
  private static String oneLine(String message) {
    return message == null
        ? ""
        : message.strip().replaceFirst("^\\(conn=\\d+\\) ", "").replaceAll("\\s*\\n\\s*", "; ");
  }
}
