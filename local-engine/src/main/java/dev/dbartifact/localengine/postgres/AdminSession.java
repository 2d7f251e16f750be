package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/// The engine's own session with a server, as superuser, through the private socket.
public final class AdminSession implements AutoCloseable {
  private final Connection connection;

  private AdminSession(Connection connection) {
    this.connection = connection;
  }

  static AdminSession open(Path socketFile) throws IOException {
    var properties = new Properties();
    properties.setProperty("user", ServerSettings.SUPERUSER);
    properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", socketFile.toString());
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("ApplicationName", "local engine");
    try {
      return new AdminSession(
          new Driver().connect("jdbc:postgresql://socket/postgres", properties));
    } catch (SQLException e) {
      throw new IOException("Could not log in to the database server: " + e.getMessage(), e);
    }
  }

  /// Writes what is in memory to the files, at full speed, so that a clone made right now has
  /// little to recover.
  public void checkpoint() throws IOException {
    execute("CHECKPOINT");
  }

  /// Makes the roles that every database on RDS has (Amazon RDS User Guide, "Understanding the
  /// rds_superuser role").
  void createServiceRoles(int major) throws IOException {
    execute("CREATE ROLE rds_superuser NOLOGIN");
    execute("CREATE ROLE rds_replication NOLOGIN");
    execute("CREATE ROLE rds_password NOLOGIN");
    execute("CREATE ROLE rds_iam NOLOGIN");
    execute(
        "GRANT pg_monitor, pg_signal_backend, rds_replication, rds_password TO rds_superuser WITH ADMIN OPTION");
    if (major >= 14) {
      execute("GRANT pg_read_all_data, pg_write_all_data TO rds_superuser WITH ADMIN OPTION");
    }
    if (major >= 15) {
      execute("GRANT pg_checkpoint TO rds_superuser WITH ADMIN OPTION");
    }
    if (major >= 16) {
      execute(
          "GRANT pg_use_reserved_connections, pg_create_subscription TO rds_superuser WITH ADMIN OPTION");
    }
  }

  /// Makes the user who may do everything that RDS lets its customers do: not a superuser.
  ///
  /// @param verifier what the server keeps in place of the password
  public void createMasterUser(String user, String verifier) throws IOException {
    withoutTrace(
        "CREATE ROLE %s LOGIN CREATEDB CREATEROLE VALID UNTIL 'infinity' PASSWORD %s"
            .formatted(identifier(user), literal(verifier)));
    execute("GRANT rds_superuser TO %s WITH ADMIN OPTION".formatted(identifier(user)));
    execute("ALTER DATABASE postgres OWNER TO %s".formatted(identifier(user)));
  }

  /// Makes a database that this user owns; `postgres` is always there.
  public void createDatabase(String database, String owner) throws IOException {
    if (!database.equals("postgres")) {
      execute("CREATE DATABASE %s OWNER %s".formatted(identifier(database), identifier(owner)));
    }
  }

  /// Sets a password by what the server keeps in its place.
  public void changePassword(String user, String verifier) throws IOException {
    withoutTrace("ALTER ROLE %s PASSWORD %s".formatted(identifier(user), literal(verifier)));
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

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("Could not log out of the database server: " + e.getMessage(), e);
    }
  }

  /// A statement that fails is logged by the server; a verifier has no business there.
  private void withoutTrace(String sql) throws IOException {
    execute("SET log_min_error_statement = panic");
    execute(sql);
    execute("RESET log_min_error_statement");
  }

  private void execute(String sql) throws IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
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

  private String identifier(String name) throws IOException {
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
