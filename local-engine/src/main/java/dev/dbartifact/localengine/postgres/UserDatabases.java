package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.util.List;

/// The databases that hold what users have, the template of those to come among them.
final class UserDatabases {

  private UserDatabases() {}

  static List<String> of(AdminSession session) throws IOException {
    return session.list(
        "SELECT datname FROM pg_database WHERE datallowconn AND datname NOT IN ('%s', '%s') ORDER BY oid"
            .formatted(ClosedDatabases.ALWAYS_CLOSED, Foundation.DATABASE));
  }
}
