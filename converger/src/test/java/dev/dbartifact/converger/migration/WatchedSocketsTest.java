package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Properties;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/// A server that is lost is found out about, even in the middle of a long statement.
class WatchedSocketsTest {
  @Test
  void anOtherEndThatIsGoneIsFoundOutWithinMinutes() throws Exception {
    try (Socket socket = new WatchedSockets().createSocket()) {
      assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(60);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(15);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(4);
    }
  }

  @Test
  void everySessionHasOne() {
    assertThat(PostgresSessions.wishes(target(Engine.AURORA_POSTGRESQL)))
        .containsEntry("tcpKeepAlive", "true")
        .extractingByKey("socketFactory")
        .isEqualTo(WatchedSockets.class.getName());
    Properties mysql = MySqlSessions.wishes(target(Engine.AURORA_MYSQL));
    assertThat(mysql)
        .containsEntry("tcpKeepAlive", "true")
        .extractingByKey("socketFactory")
        .isEqualTo(WatchedSockets.class.getName());
  }

  private static JdbcTarget target(Engine engine) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            engine,
            "127.0.0.1",
            new Port(5432),
            new DatabaseName("shop"),
            new MasterUsername("master")),
        Secret.masterPassword("never-Shown-1"));
  }
}
