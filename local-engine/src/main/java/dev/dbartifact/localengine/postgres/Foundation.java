package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the engine lays into every server before a user enters: a database of its own, as on RDS,
/// the roles of RDS, and the fence around what PostgreSQL would let a master user reach. A file
/// beside the data directory says what was laid, and travels with every copy, so that it costs
/// nothing where it is there, and databases that an older engine made get it at their next start.
///
/// Everything here can be done again, and whatever users did to these roles meanwhile.
record Foundation(int major) {
  /// The engine's own database; users may do to every other one what they like.
  static final String DATABASE = "rdsadmin";

  /// Is always there, belongs to the superuser, and takes logins.
  private static final String BEFORE = "template1";

  /// That it is there.
  static final LaidMark MARK = new LaidMark("foundation", "1");

  /// Whoever has one of these is the server's account at the operating system: the last one lets
  /// servers of earlier minor versions load any library.
  static final String SYSTEM_ROLES =
      "('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files', '%s')"
          .formatted(Standby.USER);

  /// "Understanding the rds_superuser role" in the Amazon RDS User Guide.
  static final List<String> ROLES =
      List.of("rds_superuser", "rds_replication", "rds_password", "rds_iam");

  /// Lets master users have replication slots. A server that does not say which libraries may read
  /// from them would load any for them; and before 16 they could not change their own password.
  static final String REPLICATION =
      """
      DO $$ DECLARE master name; BEGIN
        IF current_setting('server_version_num')::int < 160000
            OR current_setting('output_plugin_libraries', true) IS NULL THEN
          RETURN;
        END IF;
        FOR master IN
          SELECT rolname FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member
          WHERE roleid = 'rds_superuser'::regrole AND admin_option
            AND rolcreaterole AND rolcanlogin AND NOT rolreplication
        LOOP
          EXECUTE format('ALTER ROLE %I REPLICATION', master);
        END LOOP;
      END $$\
      """;

  /// What the server of this session needs.
  static Foundation of(AdminSession session) throws IOException {
    var number = session.query("SHOW server_version_num").map(Integer::parseInt).orElseThrow();
    return new Foundation(number / 10_000);
  }

  /// @param process of a server that runs
  void lay(ServerProcess process) throws IOException {
    try (var session = process.session(BEFORE)) {
      session.executeAll(roles());
      session.makeReplicationRole();
      session.executeAll(fence());
      session.makeDatabase(DATABASE);
      session.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(DATABASE));
    }
    try (var session = process.session(DATABASE)) {
      session.execute(hold());
    }
    MARK.put(process.files());
  }

  /// The roles of RDS with their rights, one statement each.
  List<String> roles() {
    var statements = new ArrayList<String>();
    for (var role : ROLES) {
      statements.add(
          """
          DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
              CREATE ROLE %1$s NOLOGIN;
            END IF;
          END $$\
          """
              .formatted(role));
    }
    statements.add(granted("pg_monitor, pg_signal_backend, rds_replication, rds_password"));
    if (major >= 14) {
      statements.add(granted("pg_read_all_data, pg_write_all_data"));
    }
    if (major >= 15) {
      statements.add(granted("pg_checkpoint"));
      statements.add("GRANT SET ON PARAMETER session_replication_role TO rds_superuser");
    }
    if (major >= 16) {
      statements.add(granted("pg_use_reserved_connections, pg_create_subscription"));
      // To be granted, not to be had: on RDS its members cannot log in with a password.
      statements.add("GRANT rds_iam TO rds_superuser WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
    }
    statements.add(REPLICATION);
    return statements;
  }

  private static String granted(String roles) {
    return "GRANT %s TO rds_superuser WITH ADMIN OPTION".formatted(roles);
  }

  /// Before PostgreSQL 16, CREATEROLE lets its owner grant every role but superusers. Nobody is a
  /// member of these, so that nobody gains by their being some.
  private List<String> fence() {
    return major >= 16
        ? List.of()
        : List.of(
            """
            DO $$ BEGIN
              DELETE FROM pg_auth_members
                WHERE roleid IN (SELECT oid FROM pg_roles WHERE rolname IN %1$s);
              UPDATE pg_authid SET rolsuper = true WHERE rolname IN %1$s AND NOT rolsuper;
            END $$\
            """
                .formatted(SYSTEM_ROLES));
  }

  /// A role that is used in a database where its members cannot take it back cannot be dropped.
  private static String hold() {
    return "GRANT USAGE ON SCHEMA public TO " + String.join(", ", ROLES);
  }
}
