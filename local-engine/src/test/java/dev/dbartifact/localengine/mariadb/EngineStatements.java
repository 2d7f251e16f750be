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

  /// How far a replica has received what its source logs.
  public static String received(MariaDbProcess replica) throws IOException {
    try (var session = replica.session(System.getProperty("user.name"))) {
      return session.rows("SHOW SLAVE STATUS").getFirst().get("Gtid_IO_Pos");
    }
  }
}
