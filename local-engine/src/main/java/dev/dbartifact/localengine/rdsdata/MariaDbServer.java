package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.mariadb.GreetedSocketFactory;
import dev.dbartifact.localengine.rdsdata.Databases.Database;
import dev.dbartifact.localengine.rdsdata.Logins.Login;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.mariadb.jdbc.Driver;
import software.amazon.awssdk.services.rdsdata.model.Field;

record MariaDbServer() implements Server {
  private static final int CONNECT_MILLIS = 10_000;

  /// Rows come in portions, since a huge result must not take the engine's memory.
  private static final int ROWS_AT_ONCE = 100;

  @Override
  public Connection connect(Database database, Login login, String name) throws SQLException {
    var settings = new Properties();
    settings.setProperty("user", login.user());
    settings.setProperty("password", login.password().reveal());
    settings.setProperty("connectTimeout", String.valueOf(CONNECT_MILLIS));
    // A parameter may demand TLS. Whose server it is is known: it is the engine's.
    settings.setProperty("sslMode", "trust");
    // LOAD DATA LOCAL would read files of the machine with the engine's rights.
    settings.setProperty("allowLocalInfile", "false");
    // A parameter may choose a character set for the server that no session can have.
    settings.setProperty("socketFactory", GreetedSocketFactory.class.getName());
    settings.setProperty("sessionVariables", "time_zone='+00:00'");
    var url =
        "jdbc:mariadb://%s:%d/%s"
            .formatted(
                database.host(), database.port(), URLEncoder.encode(name, StandardCharsets.UTF_8));
    return new Driver().connect(url, settings);
  }

  @Override
  public Lexis lexis() {
    return Lexis.MYSQL;
  }

  @Override
  public PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    var prepared = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
    prepared.setFetchSize(ROWS_AT_ONCE);
    return prepared;
  }

  /// Values of AUTO_INCREMENT columns.
  @Override
  public List<Field> generated(PreparedStatement executed) throws SQLException {
    try (var keys = executed.getGeneratedKeys()) {
      var generated = new ArrayList<Field>();
      while (keys.next()) {
        generated.add(Field.fromLongValue(keys.getLong(1)));
      }
      return generated;
    }
  }

  /// Done at once: the driver does not tell of a batch which values belong to which set.
  @Override
  public List<Field> add(PreparedStatement batch) throws SQLException {
    batch.executeUpdate();
    return generated(batch);
  }

  @Override
  public void finish(PreparedStatement batch) {}

  @Override
  public Optional<String> refused(int jdbcType, String type) {
    return jdbcType == Types.OTHER || jdbcType == Types.STRUCT
        ? Optional.of(type.toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  @Override
  public String time(String printed) {
    return printed;
  }

  @Override
  public void setJson(PreparedStatement statement, int index, String text) throws SQLException {
    statement.setString(index, text);
  }

  @Override
  public void setUuid(PreparedStatement statement, int index, UUID uuid) throws SQLException {
    statement.setString(index, uuid.toString());
  }

  @Override
  public long id(Connection connection) throws SQLException {
    return connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
  }

  /// Otherwise the driver would take in what is still on its way.
  @Override
  public void abandon(Connection connection) throws SQLException {
    cancel(connection);
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    connection.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
  }
}
