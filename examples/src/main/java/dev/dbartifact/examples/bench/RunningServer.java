package dev.dbartifact.examples.bench;

import dev.dbartifact.localengine.postgres.UnixSocketFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// A database server at work, as its `postmaster.pid` tells (PostgreSQL,
/// `src/include/utils/pidfile.h`).
///
/// @param data its data directory
/// @param socketDirectory where the engine's private socket is
/// @param program the `postgres` that runs
record RunningServer(long pid, Path data, int port, Path socketDirectory, Path program) {
  static final String PID_FILE = "postmaster.pid";

  /// The engine's own user.
  static final String SUPERUSER = "rdsadmin";

  /// The server in one of these volumes that listens there.
  static RunningServer find(Path volumes, Database database) throws IOException {
    try (var each = Files.newDirectoryStream(volumes)) {
      for (var volume : each) {
        var data = volume.resolve("pgdata");
        if (Files.exists(data.resolve(PID_FILE))) {
          var lines = Files.readAllLines(data.resolve(PID_FILE));
          if (lines.size() > 5 && lines.get(5).strip().equals(database.host())) {
            return parse(data, lines.get(0), lines.get(3), lines.get(4));
          }
        }
      }
    }
    throw new IOException("No server below %s listens on %s".formatted(volumes, database.host()));
  }

  private static RunningServer parse(Path data, String pid, String port, String socketDirectory)
      throws IOException {
    return new RunningServer(
        Long.parseLong(pid.strip()),
        data,
        Integer.parseInt(port.strip()),
        Path.of(socketDirectory.strip()),
        Files.readSymbolicLink(Path.of("/proc", pid.strip(), "exe")));
  }

  /// Settings and access rules.
  Path settings() {
    return socketDirectory.getParent();
  }

  Path volume() {
    return data.getParent();
  }

  /// The operating system's user that it runs as.
  String account() throws IOException {
    return Files.getOwner(data).getName();
  }

  /// A session as superuser, through the private socket, in the database `postgres`.
  Connection superuser() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
    properties.setProperty(
        "socketFactoryArg", socketDirectory.resolve(".s.PGSQL." + port).toString());
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    return DriverManager.getConnection("jdbc:postgresql://socket/postgres", properties);
  }

  /// One statement as superuser, in a session of its own.
  void execute(String sql) throws SQLException {
    try (var session = superuser();
        var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}
