package dev.dbartifact.localengine.postgres;

import java.io.IOException;

/// The user that the data of an upgraded server are loaded as. Loading runs what users have
/// defined: checks of tables and domains, functions of indexes and foreign keys. As the superuser
/// they would reach the files and the programs of the machine; this one may do what all users of
/// the server together may, and is there for as long as it takes. It logs in through the private
/// socket alone, as the engine does.
///
/// @param session with the new server, as superuser
record Restorer(AdminSession session) {

  static final String USER = "rdsupgrade";

  /// Lets it own, for everybody else, what all users own.
  void make() throws IOException {
    session.execute("CREATE ROLE %s LOGIN INHERIT".formatted(USER));
    session.execute(
        """
        DO $$ DECLARE each name; BEGIN
          FOR each IN
            SELECT rolname FROM pg_roles
            WHERE rolname IN ('pg_read_all_data', 'pg_write_all_data')
              OR rolname !~ '^pg_' AND NOT rolsuper AND rolname NOT IN ('%s', '%s')
          LOOP
            EXECUTE format('GRANT %%I TO %s', each);
          END LOOP;
        END $$\
        """
            .formatted(USER, Standby.USER, USER));
  }

  /// @throws IOException if anything has come to belong to it, which nobody would expect
  void remove() throws IOException {
    session.execute("DROP ROLE %s".formatted(USER));
  }
}
