package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.rdsdata.Databases.Database;
import dev.dbartifact.localengine.rdsdata.Logins.Login;
import dev.dbartifact.localengine.server.ServerKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rdsdata.model.Field;

/// What differs between the kinds of servers that statements are sent to.
public sealed interface Server permits PostgresServer, MariaDbServer {
  static Server of(ServerKind kind) {
    return switch (kind) {
      case POSTGRESQL -> new PostgresServer();
      case MARIADB -> new MariaDbServer();
    };
  }

  /// A session in UTC: the driver would use the time zone of this machine.
  ///
  /// @param name of the database; empty for none
  Connection connect(Database database, Login login, String name) throws SQLException;

  /// How its SQL is read.
  Lexis lexis();

  PreparedStatement prepare(Connection connection, String sql) throws SQLException;

  /// What the server has made up for the rows of a statement, as far as it tells.
  List<Field> generated(PreparedStatement executed) throws SQLException;

  /// Adds one set of values to a batch.
  ///
  /// @return what the server has made up for them
  List<Field> add(PreparedStatement batch) throws SQLException;

  /// Sees to it that all that was added is done.
  void finish(PreparedStatement batch) throws SQLException;

  /// How RDS Data names a type that it cannot say; empty for one that it can.
  ///
  /// @param jdbcType one of [java.sql.Types], by which the driver shows the type
  /// @param type as the driver names it
  Optional<String> refused(int jdbcType, String type);

  /// A time or timestamp as RDS Data prints it.
  ///
  /// @param printed by the driver
  String time(String printed);

  /// A text that is an object of this type to the server.
  void setJson(PreparedStatement statement, int index, String text) throws SQLException;

  void setUuid(PreparedStatement statement, int index, java.util.UUID uuid) throws SQLException;

  /// The number of a session.
  long id(Connection connection) throws SQLException;

  /// Leaves the rest of a result where it is.
  void abandon(Connection connection) throws SQLException;

  /// Ends the statement that runs in a session.
  void cancel(Connection connection) throws SQLException;
}
