package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.mariadb.jdbc.Driver;

/// The engine's own session with a server, with all privileges, through the private socket.
public final class MariaDbSession implements AutoCloseable {
  /// Users choose what sessions begin with; none of that may stop the engine, keep rows from it, or
  /// write a verifier into a log. One statement, for a session or a script. With `sql_safe_updates`
  /// the server refuses a DELETE by anything but a key, with a small `max_join_size` much else;
  /// `PAD_CHAR_TO_FULL_LENGTH` adds spaces to what columns hold. With the least values of
  /// `max_session_mem_used`, `tmp_disk_table_size` and `sort_buffer_size` it cannot tell its
  /// variables; of all others, none has to be among these (tried one by one on MariaDB 10.11). See
  /// "Server System Variables" in MariaDB's documentation.
  static final String UNDISTURBED =
      "SET SESSION "
          + String.join(
              ", ",
              "max_statement_time = 0",
              "lock_wait_timeout = 60",
              "sql_log_off = 1",
              "slow_query_log = 0",
              "tx_read_only = 0",
              "sql_mode = ''",
              "sql_safe_updates = 0",
              "sql_big_selects = 1",
              "group_concat_max_len = 1048576",
              "max_session_mem_used = 9223372036854775807",
              "tmp_disk_table_size = 18446744073709551615",
              "sort_buffer_size = 2097152");

  /// A server greets at once, unless it stands still: for a copy, or because it was stopped.
  private static final Duration LONGEST_LOGIN = Duration.ofSeconds(15);

  /// Above `lock_wait_timeout` in [#UNDISTURBED]: a server that waits says so itself first.
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(150);

  /// What a server answers who has another account than the engine's: no right to a database, to
  /// enter, or to what the engine begins with; too many logins or statements, or too long ones; a
  /// password that has expired; a lock. See [Error
  /// codes](https://mariadb.com/kb/en/mariadb-error-code-reference/).
  private static final Set<Integer> OF_ACCOUNTS =
      Set.of(1044, 1045, 1203, 1226, 1227, 1698, 1820, 1862, 1969, 4151);

  /// The server does not say there which character sets and collations it has.
  private static final String VARIABLES =
      """
      SELECT VARIABLE_NAME, GLOBAL_VALUE, DEFAULT_VALUE, VARIABLE_SCOPE, VARIABLE_TYPE,
        VARIABLE_COMMENT, NUMERIC_MIN_VALUE, NUMERIC_MAX_VALUE, READ_ONLY, COMMAND_LINE_ARGUMENT,
        CASE
          WHEN VARIABLE_NAME LIKE 'CHARACTER\\_SET\\_%'
            THEN CONCAT('utf8,', (SELECT GROUP_CONCAT(CHARACTER_SET_NAME ORDER BY 1)
              FROM information_schema.CHARACTER_SETS))
          WHEN VARIABLE_NAME LIKE 'COLLATION\\_%'
            THEN (SELECT GROUP_CONCAT(COLLATION_NAME ORDER BY 1) FROM information_schema.COLLATIONS)
          ELSE ENUM_VALUE_LIST
        END AS ENUM_VALUE_LIST
      FROM information_schema.SYSTEM_VARIABLES ORDER BY VARIABLE_NAME
      """;

  private final Connection connection;

  private MariaDbSession(Connection connection) {
    this.connection = connection;
  }

  static MariaDbSession open(Path socket, String user) throws IOException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
    properties.setProperty(UnixSocketFactory.OPTION, socket.toString());
    properties.setProperty("sslMode", "disable");
    properties.setProperty("connectTimeout", Long.toString(LONGEST_LOGIN.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(LONGEST_STATEMENT.toMillis()));
    // No server is to be given files of the machine, whatever it asks for.
    properties.setProperty("allowLocalInfile", "false");
    try {
      var session =
          new MariaDbSession(new Driver().connect("jdbc:mariadb://socket/mysql", properties));
      session.begin();
      return session;
    } catch (SQLException e) {
      throw failed("Could not log in to the database server: ", e);
    }
  }

  private void begin() throws IOException {
    try {
      execute(UNDISTURBED);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// Sets the password of the master user, and restores its rights; see [MasterUser#restore].
  ///
  /// @param verifier see [PasswordHash]
  public void restoreMasterUser(String user, String verifier) throws IOException {
    MasterUser.restore(this, user, verifier);
  }

  /// What the server keeps in place of this user's password, see [PasswordHash].
  ///
  /// @throws IOException also where the user logs in by something else
  public Optional<String> verifier(String user) throws IOException {
    var found =
        rows(
            "SELECT JSON_VALUE(Priv, '$.plugin') AS plugin, JSON_VALUE(Priv, '$.authentication_string')"
                + " AS verifier FROM mysql.global_priv WHERE Host = '%' AND User = "
                + Quoted.text(user));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var plugin = found.getFirst().get("plugin");
    if (!PasswordHash.PLUGIN.equals(plugin)) {
      throw new IOException(
          "User '%s' logs in by %s, not %s".formatted(user, plugin, PasswordHash.PLUGIN));
    }
    return Optional.ofNullable(found.getFirst().get("verifier")).filter(text -> !text.isEmpty());
  }

  /// Lets the server read its certificate again; sessions go on with the former one.
  void reloadCertificate() throws IOException {
    execute("FLUSH SSL");
  }

  void executeAll(List<String> statements) throws IOException {
    for (var sql : statements) {
      execute(sql);
    }
  }

  /// The server's variables, by column.
  public List<Map<String, String>> variables() throws IOException {
    return rows(VARIABLES);
  }

  /// What a query answers, by column.
  List<Map<String, String>> rows(String query) throws IOException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var all = new ArrayList<Map<String, String>>();
      while (rows.next()) {
        all.add(row(rows));
      }
      return all;
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /// The one value that a query answers.
  String value(String query) throws IOException {
    return rows(query).getFirst().values().iterator().next();
  }

  private static Map<String, String> row(ResultSet rows) throws SQLException {
    var row = new HashMap<String, String>();
    var columns = rows.getMetaData();
    for (var column = 1; column <= columns.getColumnCount(); column++) {
      row.put(columns.getColumnLabel(column), rows.getString(column));
    }
    return row;
  }

  /// Sets variables of the running server, as far as they can change while it runs.
  ///
  /// @param values null for the server's own default
  /// @return those that it refuses, and what it says of them
  Map<String, String> set(Map<String, String> values) throws IOException {
    var refused = new HashMap<String, String>();
    var types =
        variables().stream()
            .filter(row -> "NO".equals(row.get("READ_ONLY")))
            .filter(row -> !"SESSION ONLY".equals(row.get("VARIABLE_SCOPE")))
            .collect(
                Collectors.toMap(
                    row -> row.get("VARIABLE_NAME").toLowerCase(Locale.ROOT),
                    row -> row.get("VARIABLE_TYPE")));
    for (var setting : values.entrySet()) {
      var type = types.get(setting.getKey());
      if (type != null) {
        refusal(
                "SET GLOBAL %s = %s"
                    .formatted(Quoted.name(setting.getKey()), literal(type, setting.getValue())))
            .ifPresent(words -> refused.put(setting.getKey(), words));
      }
    }
    return refused;
  }

  /// Why the server does not take a value. Whoever lost the session, or has not the rights, cannot
  /// tell.
  private Optional<String> refusal(String sql) throws IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
      return Optional.empty();
    } catch (SQLException e) {
      if (OF_ACCOUNTS.contains(e.getErrorCode()) || isLost(e)) {
        throw refused(e);
      }
      return Optional.of(e.getMessage());
    }
  }

  /// See "SQLSTATE": class 08 is about connections.
  private static boolean isLost(SQLException e) {
    return e.getSQLState() == null || e.getSQLState().startsWith("08");
  }

  /// A number is no text to the server, and the other way round.
  private static String literal(String type, String value) {
    if (value == null) {
      return "DEFAULT";
    }
    var number = !type.equals("VARCHAR") && value.matches("-?[0-9]+(\\.[0-9]+)?");
    return number ? value : Quoted.text(value);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("Could not log out of the database server: " + e.getMessage(), e);
    }
  }

  void execute(String sql) throws IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private static IOException refused(SQLException e) {
    return failed("The database server refused: ", e);
  }

  private static IOException failed(String what, SQLException e) {
    return OF_ACCOUNTS.contains(e.getErrorCode())
        ? new LockedOutException(e.getMessage(), e)
        : new IOException(what + e.getMessage(), e);
  }
}
