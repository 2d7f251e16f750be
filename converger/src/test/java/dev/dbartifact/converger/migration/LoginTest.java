package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Test
  void nobodyListening_isNotYet() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(Login.attempt(target(Engine.AURORA_POSTGRESQL, port), PATIENCE))
        .isInstanceOfSatisfying(
            Login.NotYet.class, it -> assertThat(it.reason()).contains("refused"));
  }

  @Test
  void aServerThatTakesTheConnectionAndSaysNothing_isNotYet() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Login.attempt(target(Engine.AURORA_POSTGRESQL, socket.getLocalPort()), PATIENCE))
          .isInstanceOf(Login.NotYet.class);
    }
  }

  @Test
  void anEngineWithoutDriver_isRefused() {
    assertThat(Login.attempt(target(Engine.AURORA_MYSQL, 3306), PATIENCE))
        .isEqualTo(new Login.Refused("0A000", "there is no driver for aurora-mysql here"));
  }

  @Test
  void theUrlHasNeitherUserNorPassword() {
    assertThat(target(Engine.AURORA_POSTGRESQL, 5432).endpoint().jdbcUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:5432/shop");
    assertThat(target(Engine.AURORA_POSTGRESQL, 5432).toString())
        .isEqualTo("database 'shop' at 127.0.0.1:5432");
  }

  private static JdbcTarget target(Engine engine, int port) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            engine,
            "127.0.0.1",
            new Port(port),
            new DatabaseName("shop"),
            new MasterUsername("master")),
        Secret.masterPassword("never-Shown-1"));
  }
}
