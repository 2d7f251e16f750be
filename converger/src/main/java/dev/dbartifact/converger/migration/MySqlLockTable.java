package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;

/// MySQL tells neither when a session began nor which program it is of. So each one in this
/// database counts unless it is one of ours; none does where the server itself began after the row
/// was set, as that of a clone has.
record MySqlLockTable() implements LockTable {
  /// Liquibase's spelling, which counts where files do.
  static final String NAME = "DATABASECHANGELOGLOCK";

  /// The zone furthest west is 12 hours behind UTC; five minutes for clocks that are wrong.
  private static final Duration SLACK = Duration.ofHours(12).plusMinutes(5);

  private static final String SESSIONS =
      """
      SELECT group_concat(concat('id ', id, ' (user ', user, ' from ', host, ')') ORDER BY id SEPARATOR ', ')
      FROM information_schema.PROCESSLIST
      WHERE db = database() AND id <> connection_id()
        AND user NOT IN ('rdsadmin', 'system user', 'event_scheduler')
        AND is_used_lock(%s) IS NULL
      """
          .formatted(MySqlSessions.OURS.formatted("id"));

  @Override
  public String name() {
    return NAME;
  }

  /// A server may keep the names of tables in lower case.
  @Override
  public boolean exists(Connection connection) throws SQLException {
    String tables =
        "SELECT 1 FROM information_schema.TABLES WHERE table_schema = database() AND"
            + " upper(table_name) = '"
            + NAME
            + "'";
    try (Statement query = connection.createStatement();
        ResultSet table = query.executeQuery(tables)) {
      return table.next();
    }
  }

  @Override
  public String same(String column) {
    return column + " <=> ?";
  }

  /// The end of a mark stays in the row, whoever takes it, until its change set is recorded.
  @Override
  public String taken() {
    return "concat(?, coalesce(" + Mark.ofRow() + ", ''))";
  }

  @Override
  public String givenBack() {
    return "if(" + Mark.ofRow() + " IS NULL, NULL, lockedby)";
  }

  @Override
  public Optional<String> sessions(Connection asking, Timestamp granted) throws SQLException {
    if (granted != null && began(asking).isAfter(granted.toLocalDateTime().plus(SLACK))) {
      return Optional.empty();
    }
    try (Statement query = asking.createStatement();
        ResultSet row = query.executeQuery(SESSIONS)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  /// When the server did, in UTC.
  private static LocalDateTime began(Connection asking) throws SQLException {
    try (Statement query = asking.createStatement();
        ResultSet uptime = query.executeQuery("SHOW GLOBAL STATUS LIKE 'Uptime'")) {
      uptime.next();
      return LocalDateTime.now(java.time.ZoneOffset.UTC).minusSeconds(uptime.getLong(2));
    }
  }
}
