package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/// The engine's own session with a server, as superuser, through the private socket.
public final class AdminSession implements AutoCloseable {
  /// It has replayed nearly everything at any time.
  private static final int PROMOTION_SECONDS = 60;

  /// One that stands still never answers, and all work on its volume would wait for that, its end
  /// among it.
  private static final int LOGIN_SECONDS = 30;

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
    properties.setProperty("loginTimeout", Integer.toString(LOGIN_SECONDS));
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

  boolean waitsForTheDisk() throws IOException {
    return query("SHOW fsync").filter("on"::equals).isPresent();
  }

  /// The rows of `pg_settings`, by column; `choices` joins those of an enumeration by commas.
  public List<SequencedMap<String, String>> settings() throws IOException {
    return rows(
        "SELECT name, setting, unit, category, short_desc, context, vartype, source,"
            + " min_val, max_val, array_to_string(enumvals, ',') AS choices"
            + " FROM pg_settings ORDER BY name COLLATE \"C\"");
  }

  /// When the settings that this session began with were read, in seconds.
  String timeOfSettings() throws IOException {
    return query("SELECT extract(epoch FROM pg_conf_load_time())")
        .orElseThrow(() -> new IOException("The server does not say when it read its settings"));
  }

  /// The settings in the files whose values the server refused when it read them last, in lower
  /// case, and what it says of them. Not those that wait for its next start; nor what only a
  /// session can refuse, as it looks into its database, and the server itself took: then it has the
  /// value.
  Map<String, String> refusedSettings() throws IOException {
    return rows(
            "SELECT lower(file.name) AS name, file.error FROM pg_file_settings AS file"
                + " JOIN pg_settings AS now ON lower(now.name) = lower(file.name)"
                + " WHERE file.error IS NOT NULL AND now.context NOT IN ('internal', 'postmaster')"
                + " AND now.reset_val IS DISTINCT FROM file.setting")
        .stream()
        .collect(Collectors.toMap(row -> row.get("name"), row -> row.get("error"), (_, b) -> b));
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

  /// Ends that a standby follows its source: it writes from now on.
  public void promote() throws IOException {
    if (query("SELECT pg_promote(true, %d)".formatted(PROMOTION_SECONDS))
        .filter("t"::equals)
        .isEmpty()) {
      throw new IOException("It was not promoted within %d seconds".formatted(PROMOTION_SECONDS));
    }
  }

  /// A user of the server, whether it is there or not.
  public MasterUser masterUser(String name) {
    return new MasterUser(this, name);
  }

  /// A replication slot of the server, whether it is there or not.
  public ReplicationSlot slot(String name) {
    return new ReplicationSlot(this, name);
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
    return rows(sql).stream().map(row -> row.firstEntry().getValue()).toList();
  }

  /// The first value of the first row; empty where there is none, or it is null.
  Optional<String> query(String sql) throws IOException {
    var rows = rows(sql);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(rows.getFirst().firstEntry().getValue());
  }

  /// By column, in their order.
  private List<SequencedMap<String, String>> rows(String sql) throws IOException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<SequencedMap<String, String>>();
      while (rows.next()) {
        all.add(row(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new IOException("The database server refused: " + e.getMessage(), e);
    }
  }

  private static SequencedMap<String, String> row(ResultSet rows) throws SQLException {
    var row = new LinkedHashMap<String, String>();
    var columns = rows.getMetaData();
    for (var column = 1; column <= columns.getColumnCount(); column++) {
      row.put(columns.getColumnLabel(column), rows.getString(column));
    }
    return row;
  }

  String identifier(String name) throws IOException {
    try (Statement statement = connection.createStatement()) {
      return statement.enquoteIdentifier(name, true);
    } catch (SQLException e) {
      throw new IOException("Not a name for a database or user: '%s'".formatted(name), e);
    }
  }

  String literal(String value) throws IOException {
    try (Statement statement = connection.createStatement()) {
      return statement.enquoteLiteral(value);
    } catch (SQLException e) {
      throw new IOException("Not a text for the database", e);
    }
  }
}
