package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/// The engine's own session with a server, as superuser, through the private socket.
public final class AdminSession implements AutoCloseable {
  /// It has replayed nearly everything at any time.
  private static final int PROMOTION_SECONDS = 60;

  private final Connection connection;

  private AdminSession(Connection connection) {
    this.connection = connection;
  }

  /// @param major of the server's version
  static AdminSession open(Path socketFile, String database, int major) throws IOException {
    var properties = new Properties();
    properties.setProperty("user", ServerSettings.SUPERUSER);
    properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", socketFile.toString());
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("ApplicationName", "local engine");
    properties.setProperty("options", SessionOptions.ofSuperuser(major));
    try {
      return new AdminSession(
          new Driver().connect("jdbc:postgresql://socket/" + database, properties));
    } catch (SQLException e) {
      throw new IOException("Could not log in to the database server: " + e.getMessage(), e);
    }
  }

  /// Writes what is in memory to the files, at full speed, so that a clone made right now has
  /// little to recover.
  public void checkpoint() throws IOException {
    execute("CHECKPOINT");
  }

  /// Makes the user who may do everything that RDS lets its customers do: not a superuser.
  ///
  /// @param verifier what the server keeps in place of the password
  public void createMasterUser(String user, String verifier) throws IOException {
    withoutTrace(
        "CREATE ROLE %s LOGIN CREATEDB CREATEROLE VALID UNTIL 'infinity' PASSWORD %s"
            .formatted(identifier(user), literal(verifier)));
    execute("GRANT rds_superuser TO %s WITH ADMIN OPTION".formatted(identifier(user)));
    execute(Foundation.REPLICATION);
    execute("ALTER DATABASE postgres OWNER TO %s".formatted(identifier(user)));
  }

  /// Makes a database that this user owns; `postgres` is always there.
  public void createDatabase(String database, String owner) throws IOException {
    if (!database.equals("postgres")) {
      execute("CREATE DATABASE %s OWNER %s".formatted(identifier(database), identifier(owner)));
    }
  }

  /// All that can be entered, or could be if it were allowed to; not what a DROP DATABASE has left
  /// half done.
  List<String> databases() throws IOException {
    return list("SELECT datname FROM pg_database WHERE datconnlimit <> -2 ORDER BY oid");
  }

  /// Whether nobody can enter this database, as far as it has a say in that.
  boolean isClosed(String database) throws IOException {
    return query(
            "SELECT 1 FROM pg_database WHERE NOT datallowconn AND datname = " + literal(database))
        .isPresent();
  }

  void allowConnections(String database, boolean allowed) throws IOException {
    execute("ALTER DATABASE %s ALLOW_CONNECTIONS %s".formatted(identifier(database), allowed));
  }

  /// How many sessions a database may have at once, or -1.
  String connectionLimit(String database) throws IOException {
    return query("SELECT datconnlimit FROM pg_database WHERE datname = " + literal(database))
        .orElseThrow(() -> new IOException("There is no database '%s'".formatted(database)));
  }

  void setConnectionLimit(String database, String limit) throws IOException {
    execute("ALTER DATABASE %s CONNECTION LIMIT %s".formatted(identifier(database), limit));
  }

  /// Makes a database of the superuser's, if it is not there.
  void makeDatabase(String database) throws IOException {
    if (query("SELECT 1 FROM pg_database WHERE datname = " + literal(database)).isEmpty()) {
      execute("CREATE DATABASE %s TEMPLATE template0".formatted(identifier(database)));
    }
  }

  /// Sets a password by what the server keeps in its place.
  public void changePassword(String user, String verifier) throws IOException {
    withoutTrace("ALTER ROLE %s PASSWORD %s".formatted(identifier(user), literal(verifier)));
  }

  /// What the server keeps in place of this user's password.
  public Optional<String> verifier(String user) throws IOException {
    return query("SELECT rolpassword FROM pg_authid WHERE rolname = " + literal(user));
  }

  /// Lets the server read its configuration again.
  void reload() throws IOException {
    execute("SELECT pg_reload_conf()");
  }

  boolean waitsForTheDisk() throws IOException {
    return query("SHOW fsync").filter("on"::equals).isPresent();
  }

  /// The rows of `pg_settings`, by column; `choices` joins those of an enumeration by commas.
  public List<Map<String, String>> settings() throws IOException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT name, setting, unit, category, short_desc, context, vartype, source,"
                    + " min_val, max_val, array_to_string(enumvals, ',') AS choices"
                    + " FROM pg_settings ORDER BY name COLLATE \"C\"")) {
      var all = new ArrayList<Map<String, String>>();
      while (rows.next()) {
        all.add(row(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new IOException("The database server refused: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> row(ResultSet rows) throws SQLException {
    var row = new HashMap<String, String>();
    var columns = rows.getMetaData();
    for (var column = 1; column <= columns.getColumnCount(); column++) {
      row.put(columns.getColumnLabel(column), rows.getString(column));
    }
    return row;
  }

  /// Begins a backup: files copied from now on, together with the label that ends it, make a
  /// database.
  public void startBackup(int major) throws IOException {
    // The slot keeps the WAL that the clone will need; it goes with this session.
    execute("SELECT pg_create_physical_replication_slot('clone_' || pg_backend_pid(), true, true)");
    execute(
        major >= 15
            ? "SELECT pg_backup_start('clone', true)"
            : "SELECT pg_start_backup('clone', true, false)");
  }

  /// Ends the backup and answers its label, which belongs into the copy as `backup_label`.
  public String stopBackup(int major) throws IOException {
    return query(
            major >= 15
                ? "SELECT labelfile FROM pg_backup_stop(false)"
                : "SELECT labelfile FROM pg_stop_backup(false, false)")
        .orElseThrow(() -> new IOException("The server ended the backup without a label"));
  }

  /// Makes the user that standbys log in as, through the private socket only.
  public void makeReplicationRole() throws IOException {
    execute(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
            CREATE ROLE %1$s;
          END IF;
          ALTER ROLE %1$s LOGIN REPLICATION PASSWORD NULL;
        END $$\
        """
            .formatted(Standby.USER));
  }

  /// Keeps, from now on, the WAL that a standby has not received yet.
  public void makeSlot(String name) throws IOException {
    execute("SELECT pg_create_physical_replication_slot('%s', true)".formatted(name));
  }

  /// Ends that a standby follows its source: it writes from now on.
  public void promote() throws IOException {
    if (query("SELECT pg_promote(true, %d)".formatted(PROMOTION_SECONDS))
        .filter("t"::equals)
        .isEmpty()) {
      throw new IOException("It was not promoted within %d seconds".formatted(PROMOTION_SECONDS));
    }
  }

  /// Nothing happens where there is none.
  public void dropSlot(String name) throws IOException {
    execute(
        """
        DO $$ BEGIN
          PERFORM pg_terminate_backend(active_pid) FROM pg_replication_slots
            WHERE slot_name = '%1$s' AND active;
          FOR attempt IN 1..200 LOOP
            EXIT WHEN NOT EXISTS (
              SELECT FROM pg_replication_slots WHERE slot_name = '%1$s' AND active);
            PERFORM pg_sleep(0.01);
          END LOOP;
          PERFORM pg_drop_replication_slot(slot_name) FROM pg_replication_slots
            WHERE slot_name = '%1$s';
        END $$\
        """
            .formatted(name));
  }

  /// Whether a standby receives through this slot what is written.
  public boolean isFollowedThrough(String slot) throws IOException {
    return query(
            "SELECT active AND restart_lsn IS NOT NULL FROM pg_replication_slots"
                + " WHERE slot_name = '%s'".formatted(slot))
        .filter("t"::equals)
        .isPresent();
  }

  /// Whether the server still keeps, for this slot, what was not taken through it yet.
  public boolean keepsFor(String slot) throws IOException {
    return query(
            "SELECT restart_lsn IS NOT NULL FROM pg_replication_slots WHERE slot_name = '%s'"
                .formatted(slot))
        .filter("t"::equals)
        .isPresent();
  }

  /// Lets go of the WAL before that segment, as far as this slot is concerned.
  public void keepFrom(WalSegment segment, String slot) throws IOException {
    query(
        "SELECT pg_replication_slot_advance(slot_name, '%1$s'::pg_lsn) FROM pg_replication_slots WHERE slot_name = '%2$s' AND restart_lsn < '%1$s'::pg_lsn"
            .formatted(segment.start(), slot));
  }

  /// The segment that is written now; at the border of two, the one that is full.
  public WalSegment segment() throws IOException {
    return new WalSegment(
        query("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
            .orElseThrow(() -> new IOException("The server does not say where its log ends")));
  }

  /// How much was written since the last checkpoint began.
  public long bytesOfLog() throws IOException {
    return query("SELECT pg_current_wal_insert_lsn() - redo_lsn FROM pg_control_checkpoint()")
        .map(Long::parseLong)
        .orElse(0L);
  }

  /// Commits something that changes nothing, so that the log has a time later than all before; it
  /// is in the files then, with all that was committed before.
  public void commitMark() throws IOException {
    execute("SET synchronous_commit = local");
    query("SELECT pg_logical_emit_message(true, 'local engine', '')");
  }

  /// The values that these settings have, in the server's units.
  public Map<String, String> values(List<String> names) throws IOException {
    var values = new HashMap<String, String>();
    for (var setting : settings()) {
      if (names.contains(setting.get("name"))) {
        values.put(setting.get("name"), setting.get("setting"));
      }
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("Could not log out of the database server: " + e.getMessage(), e);
    }
  }

  /// A statement that fails is logged by the server; a verifier has no business there.
  void withoutTrace(String sql) throws IOException {
    execute("SET log_min_error_statement = panic");
    execute(sql);
    execute("RESET log_min_error_statement");
  }

  void executeAll(List<String> statements) throws IOException {
    for (var sql : statements) {
      execute(sql);
    }
  }

  void execute(String sql) throws IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IOException("The database server refused: " + e.getMessage(), e);
    }
  }

  /// The first column of what a query answers.
  List<String> list(String sql) throws IOException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IOException("The database server refused: " + e.getMessage(), e);
    }
  }

  private Optional<String> query(String sql) throws IOException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      throw new IOException("The database server refused: " + e.getMessage(), e);
    }
  }

  String identifier(String name) throws IOException {
    try (Statement statement = connection.createStatement()) {
      return statement.enquoteIdentifier(name, true);
    } catch (SQLException e) {
      throw new IOException("Not a name for a database or user: '%s'".formatted(name), e);
    }
  }

  private String literal(String value) throws IOException {
    try (Statement statement = connection.createStatement()) {
      return statement.enquoteLiteral(value);
    } catch (SQLException e) {
      throw new IOException("Not a text for the database", e);
    }
  }
}
