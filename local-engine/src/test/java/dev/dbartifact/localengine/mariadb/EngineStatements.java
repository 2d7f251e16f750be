package dev.dbartifact.localengine.mariadb;

import java.io.IOException;

/// What only the engine may do at a server.
public final class EngineStatements {
  private EngineStatements() {}

  public static void run(MariaDbProcess server, String... statements) throws IOException {
    try (var session = server.session(System.getProperty("user.name"))) {
      for (var statement : statements) {
        session.execute(statement);
      }
    }
  }

  /// The one value that a query answers.
  public static String value(MariaDbProcess server, String query) throws IOException {
    try (var session = server.session(System.getProperty("user.name"))) {
      return session.value(query);
    }
  }

  /// How far a replica has received what its source logs.
  public static String received(MariaDbProcess replica) throws IOException {
    try (var session = replica.session(System.getProperty("user.name"))) {
      return session.rows("SHOW SLAVE STATUS").getFirst().get("Gtid_IO_Pos");
    }
  }
}
