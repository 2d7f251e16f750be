package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What keeps the databases of a server, which runs, from another major version, as far as it can
/// be told before. In the words of the example in "How to perform a major version upgrade for RDS
/// for PostgreSQL" in the Amazon RDS User Guide; what the checks are about is there, and in the
/// chapter on `pg_upgrade` of PostgreSQL's documentation.
///
/// @param offered the extensions that the new server has
record UpgradeChecks(ServerProcess source, Set<String> offered) {

  private static final String TRANSACTIONS = "SELECT gid FROM pg_prepared_xacts";

  private static final String SLOTS =
      "SELECT slot_name FROM pg_replication_slots WHERE slot_type = 'logical' AND NOT temporary ORDER BY 1";

  private static final String CLOSED =
      "SELECT datname FROM pg_database WHERE NOT datallowconn AND datname <> '%s' AND datconnlimit <> -2 ORDER BY 1"
          .formatted(ClosedDatabases.ALWAYS_CLOSED);

  private static final String INVALID =
      "SELECT datname FROM pg_database WHERE datconnlimit = -2 ORDER BY 1";

  private static final String RESERVED =
      "SELECT rolname FROM pg_roles WHERE rolname = '%s'".formatted(Restorer.USER);

  /// Columns of types that hold OIDs, which do not stay the same.
  private static final String REFERENCES =
      """
      SELECT DISTINCT pg_catalog.format_type(atttypid, NULL)
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
      WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'm', 'p', 'i')
        AND atttypid IN (SELECT oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace
          AND typname IN ('regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper',
            'regoperator', 'regproc', 'regprocedure'))
        AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
      ORDER BY 1\
      """;

  private static final String EXTENSIONS = "SELECT extname FROM pg_extension ORDER BY 1";

  /// PostgreSQL looks at a value of such a type where a partition or an aggregate is made, and runs
  /// what a domain of the user's checks, as whoever makes it: the superuser.
  private static final String CHECKED_BY_THE_SUPERUSER =
      """
      WITH own AS (
        SELECT t.oid FROM pg_type t
        WHERE t.oid >= 16384 AND t.typtype <> 'e'
          AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass
            AND objid = t.oid AND deptype = 'e')
          AND EXISTS (SELECT FROM pg_type d WHERE d.typtype = 'd' AND d.oid >= 16384))
      SELECT attrelid::regclass::text FROM pg_partitioned_table
        JOIN pg_attribute ON attrelid = partrelid AND attnum = ANY (partattrs)
        WHERE atttypid IN (SELECT oid FROM own)
      UNION SELECT partrelid::regclass::text FROM pg_partitioned_table
        WHERE partexprs IS NOT NULL AND EXISTS (SELECT FROM own)
      UNION SELECT aggfnoid::regprocedure::text FROM pg_aggregate
        WHERE agginitval IS NOT NULL AND aggtranstype IN (SELECT oid FROM own)
      ORDER BY 1\
      """;

  /// One for each problem; empty if none is known.
  List<String> problems() throws IOException {
    var problems = new ArrayList<String>();
    try (var session = source.session()) {
      ofTheServer(session, problems);
      for (var database : UserDatabases.of(session)) {
        var inside = in(database);
        if (!inside.isEmpty()) {
          problems.add(
              "* The following issues in the database '%s' need to be corrected before upgrading:%s"
                  .formatted(database, String.join("", inside)));
        }
      }
    }
    return problems;
  }

  private static void ofTheServer(AdminSession session, List<String> problems) throws IOException {
    if (!session.list(TRANSACTIONS).isEmpty()) {
      problems.add(
          "* There are uncommitted prepared transactions. Please commit or rollback all prepared transactions.");
    }
    add(
        problems,
        session.list(SLOTS),
        "* One or more databases have logical replication slots. Please drop all logical replication slots and try again: %s.");
    add(problems, session.list(CLOSED), "* Databases do not allow connections. Allow them: %s.");
    add(
        problems,
        session.list(INVALID),
        "* The removal of databases was interrupted. Drop them: %s.");
    add(
        problems,
        session.list(RESERVED),
        "* A role has a name that the upgrade needs. Rename it: %s.");
  }

  private static void add(List<String> problems, List<String> found, String words) {
    if (!found.isEmpty()) {
      problems.add(words.formatted(quoted(found)));
    }
  }

  private List<String> in(String database) throws IOException {
    var problems = new ArrayList<String>();
    try (var session = source.session(database)) {
      add(
          problems,
          session.list(REFERENCES),
          "\n** The %s data types are used in user tables. Remove all usage of these data types.");
      var unknown = new TreeSet<>(session.list(EXTENSIONS));
      unknown.removeAll(offered);
      add(
          problems,
          List.copyOf(unknown),
          "\n** The database has extensions installed that are not supported on the target database version. Drop the following extensions from your database: %s.");
      add(
          problems,
          session.list(CHECKED_BY_THE_SUPERUSER),
          "\n** Partitions or aggregates are of types that users have defined, domains perhaps, whose checks the upgrade would run with all rights. Drop them, or change their types: %s.");
    }
    return problems;
  }

  private static String quoted(List<String> names) {
    return "[\"" + String.join("\",\"", names) + "\"]";
  }
}
