package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Who else has a transaction open in this database, the oldest first: the ones that a DDL
/// statement may have waited for in vain.
final class PostgresTransactions {
  private static final String OPEN =
      """
      SELECT coalesce(string_agg(who, ', '), 'none any more')
      FROM (SELECT format('pid %s (%s, %s, for %s s)', pid,
                          coalesce(nullif(application_name, ''), 'an unnamed program'), state,
                          round(extract(epoch FROM now() - xact_start))) AS who
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND xact_start IS NOT NULL AND backend_type = 'client backend'
            ORDER BY xact_start LIMIT 3) oldest
      """;

  private PostgresTransactions() {}

  static String open(Connection asking) throws SQLException {
    try (Statement query = asking.createStatement();
        ResultSet row = query.executeQuery(OPEN)) {
      row.next();
      return row.getString(1);
    }
  }
}
