package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.util.Optional;

/// A database that is open for as long as it is filled, whatever users said of it: how many
/// sessions it may have, of which filling takes several, and who may enter it and make something in
/// it. Owners may have kept everybody out, themselves included, and who owns an extension or a
/// publication may have lost the right to make one since.
///
/// @param limit how many sessions it may have, or -1
/// @param privileges in the notation of an `aclitem[]`; none where they are the usual ones
record Opening(String database, String limit, Optional<String> privileges) {

  private static final String NOBODYS = "{}";

  /// As an array, `{}` has no dimension, and PostgreSQL refuses to look at such privileges, also to
  /// grant new ones: see `check_acl` in its `acl.c`. What columns have by default is also nothing,
  /// in one dimension.
  private static final String NOBODYS_EXPRESSION = "acldefault('c', datdba)";

  /// Nobody but the engine is at the server meanwhile.
  static Opening of(String database, AdminSession session) throws IOException {
    var before =
        new Opening(
            database,
            session.connectionLimit(database),
            session.query(
                "SELECT datacl FROM pg_database WHERE datname = " + session.literal(database)));
    session.setConnectionLimit(database, "-1");
    session.execute(
        "GRANT CONNECT, CREATE ON DATABASE %s TO PUBLIC".formatted(session.identifier(database)));
    return before;
  }

  /// Makes it what it was. A REVOKE would take from PUBLIC also what users had granted to it; and
  /// no role depends on a grant to PUBLIC, so that the catalog is whole without it.
  void end(AdminSession session) throws IOException {
    session.setConnectionLimit(database, limit);
    session.execute(
        "UPDATE pg_database SET datacl = %s WHERE datname = %s"
            .formatted(expression(session), session.literal(database)));
  }

  private String expression(AdminSession session) throws IOException {
    if (privileges.isEmpty()) {
      return "NULL";
    }
    return privileges.get().equals(NOBODYS)
        ? NOBODYS_EXPRESSION
        : session.literal(privileges.get()) + "::aclitem[]";
  }
}
