package dev.dbartifact.converger.training;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/// Logs in to a server that goes through the whole of a login and refuses in the end: the classes
/// for that take longer to load than a login takes.
final class LoginRehearsal {
  private LoginRehearsal() {}

  static Login run(Engine engine, RehearsalTls tls) throws IOException {
    try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> serve(door, tls, server(engine)));
      var endpoint =
          new DatabaseEndpoint(
              engine,
              "127.0.0.1",
              new Port(door.getLocalPort()),
              new DatabaseName("training"),
              new MasterUsername("training"));
      var target = new JdbcTarget(endpoint, Secret.masterPassword("training-Passw0rd"));
      return Login.attempt(target, Duration.ofSeconds(10));
    }
  }

  private static Server server(Engine engine) {
    return switch (engine) {
      case AURORA_POSTGRESQL -> PostgresRehearsal::refuse;
      case AURORA_MYSQL -> MySqlRehearsal::refuse;
    };
  }

  private static void serve(ServerSocket door, RehearsalTls tls, Server server) {
    while (!door.isClosed()) {
      try (Socket client = door.accept()) {
        server.refuse(client, tls);
      } catch (IOException ended) {
        // The client notices, and so does whoever asks for its answer.
      }
    }
  }

  /// One session, from its beginning to its end.
  private interface Server {
    void refuse(Socket client, RehearsalTls tls) throws IOException;
  }
}
