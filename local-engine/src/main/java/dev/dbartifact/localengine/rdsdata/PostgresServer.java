package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.rdsdata.Databases.Database;
import dev.dbartifact.localengine.rdsdata.Logins.Login;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.PGConnection;
import software.amazon.awssdk.services.rdsdata.model.Field;

record PostgresServer() implements Server {
  private static final int CONNECT_SECONDS = 10;

  @Override
  public Connection connect(Database database, Login login, String name) throws SQLException {
    var settings = new Properties();
    settings.setProperty("user", login.user());
    settings.setProperty("password", login.password().reveal());
    settings.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    settings.setProperty("ApplicationName", "rds-data");
    settings.setProperty("tcpKeepAlive", "true");
    // Values come as the server prints them, also from a statement that a transaction repeats.
    settings.setProperty("prepareThreshold", "0");
    // A parameter may demand TLS. Whose server it is is known: it is the engine's.
    settings.setProperty("sslmode", "require");
    // The driver holds a result as a whole; a huge one must not take the engine's memory.
    settings.setProperty("maxResultBuffer", String.valueOf(8 * Rows.MOST_RESULT_BYTES));
    var url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                database.host(), database.port(), URLEncoder.encode(name, StandardCharsets.UTF_8));
    var connection = DriverManager.getConnection(url, settings);
    try (var statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
    }
    return connection;
  }

  @Override
  public Lexis lexis() {
    return Lexis.POSTGRESQL;
  }

  @Override
  public PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /// PostgreSQL tells them by RETURNING.
  @Override
  public List<Field> generated(PreparedStatement executed) {
    return List.of();
  }

  @Override
  public List<Field> add(PreparedStatement batch) throws SQLException {
    batch.addBatch();
    return List.of();
  }

  /// What the server said stands behind what the driver says.
  @Override
  public void finish(PreparedStatement batch) throws SQLException {
    try {
      batch.executeBatch();
    } catch (BatchUpdateException e) {
      throw e.getNextException() == null ? e : e.getNextException();
    }
  }

  @Override
  public Optional<String> refused(int jdbcType, String type) {
    return PostgresTypes.refused(jdbcType, type);
  }

  @Override
  public String time(String printed) {
    return PostgresTime.text(printed);
  }

  @Override
  public void setJson(PreparedStatement statement, int index, String text) throws SQLException {
    statement.setObject(index, text, Types.OTHER);
  }

  @Override
  public void setUuid(PreparedStatement statement, int index, UUID uuid) throws SQLException {
    statement.setObject(index, uuid);
  }

  @Override
  public long id(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  /// The driver has it as a whole already.
  @Override
  public void abandon(Connection connection) {}

  @Override
  public void cancel(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }
}
