package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// The roles that users have made on a server, as statements that make them on one of a later major
/// version, which has those of PostgreSQL and of the [Foundation] already. `pg_dumpall` knows
/// nothing of these, and names grantors, which since PostgreSQL 16 must have more rights than
/// earlier ones gave them.
///
/// Names are always quoted: the new version may have more reserved words.
///
/// @param source a session with the old server
/// @param major of the old server
record UserRoles(AdminSession source, int major) {

  private static final String OF_THE_ENGINE =
      "('%s', '%s', '%s')"
          .formatted(ServerSettings.SUPERUSER, Standby.USER, String.join("', '", Foundation.ROLES));

  private static final String OF_USERS =
      "%1$s.rolname !~ '^pg_' AND %1$s.rolname NOT IN " + OF_THE_ENGINE;

  private static final String OF_NOBODY =
      "(rolname IN %s OR rolname = '%s')"
          .formatted(Foundation.SYSTEM_ROLES, ServerSettings.SUPERUSER);

  private static String name(String expression) {
    return "'\"' || replace(%s, '\"', '\"\"') || '\"'".formatted(expression);
  }

  private static String flag(String column, String word) {
    return "CASE WHEN %s THEN ' ' ELSE ' NO' END || '%s'".formatted(column, word);
  }

  /// Makes them, with their attributes and passwords.
  List<String> definitions() throws IOException {
    return source.list(
        "SELECT 'CREATE ROLE ' || "
            + String.join(
                " || ",
                name("rolname"),
                flag("rolcanlogin", "LOGIN"),
                flag("rolinherit", "INHERIT"),
                flag("rolcreatedb", "CREATEDB"),
                flag("rolcreaterole", "CREATEROLE"),
                flag("rolreplication", "REPLICATION"),
                flag("rolbypassrls", "BYPASSRLS"),
                "' CONNECTION LIMIT ' || rolconnlimit",
                "coalesce(' PASSWORD ' || quote_literal(rolpassword), '')",
                "coalesce(' VALID UNTIL ' || quote_literal(rolvaliduntil), '')")
            + " FROM pg_authid a WHERE "
            + OF_USERS.formatted("a")
            + " ORDER BY oid");
  }

  /// Lets them have what is known besides: members, settings, comments.
  List<String> properties() throws IOException {
    var settings =
        """
        SELECT format('INSERT INTO pg_db_role_setting SELECT 0, oid, %%L FROM pg_authid WHERE rolname = %%L',
            setconfig, rolname)
        FROM pg_db_role_setting JOIN pg_authid a ON a.oid = setrole
        WHERE setdatabase = 0 AND %s ORDER BY a.oid\
        """
            .formatted(OF_USERS.formatted("a"));
    var comments =
        """
        SELECT 'COMMENT ON ROLE ' || %s || ' IS ' || quote_literal(shobj_description(oid, 'pg_authid'))
        FROM pg_authid a
        WHERE shobj_description(oid, 'pg_authid') IS NOT NULL AND %s ORDER BY oid\
        """
            .formatted(name("rolname"), OF_USERS.formatted("a"));
    return Stream.of(memberships(), source.list(settings), source.list(comments))
        .flatMap(List::stream)
        .toList();
  }

  /// The rights to hand a role on first come from the superuser, so that no order matters.
  private List<String> memberships() throws IOException {
    var options =
        major >= 16
            ? "' WITH ADMIN ' || bool_or(admin_option) || ', INHERIT ' || bool_or(inherit_option)"
                + " || ', SET ' || bool_or(set_option)"
            : "CASE WHEN bool_or(admin_option) THEN ' WITH ADMIN OPTION' ELSE '' END";
    return source.list(
        """
        SELECT 'GRANT ' || %s || ' TO ' || %s || %s
        FROM pg_auth_members JOIN pg_authid r ON r.oid = roleid JOIN pg_authid m ON m.oid = member
        WHERE (%s OR %s)
          AND NOT EXISTS (SELECT FROM pg_authid WHERE oid IN (roleid, member) AND %s)
        GROUP BY r.oid, r.rolname, m.oid, m.rolname ORDER BY r.oid, m.oid\
        """
            .formatted(
                name("r.rolname"),
                name("m.rolname"),
                options,
                OF_USERS.formatted("r"),
                OF_USERS.formatted("m"),
                OF_NOBODY));
  }
}
