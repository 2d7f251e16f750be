package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.rds.OwnCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Secret PASSWORD = Secret.masterPassword("never-Shown-1");

  /// Another way to write 127.0.0.1 (inet_aton).
  private static final String NOT_BY_ITS_FORM_LOOPBACK = "127.1";

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
  void aServerThatSaysNothing_isSilent() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Login.attempt(target(Engine.AURORA_POSTGRESQL, socket.getLocalPort()), PATIENCE))
          .isInstanceOf(Login.Silent.class);
    }
  }

  @Test
  void aCertificateOfAnotherName_isRefused(@TempDir Path folder) throws Exception {
    try (var server = TlsServer.start()) {
      var endpoint = endpoint(Engine.AURORA_POSTGRESQL, NOT_BY_ITS_FORM_LOOPBACK, server.port());
      var target = new JdbcTarget(endpoint, PASSWORD, Optional.of(OwnCertificate.in(folder)));

      assertThat(Login.attempt(target, Duration.ofSeconds(10)))
          .isInstanceOfSatisfying(
              Login.Refused.class,
              refused -> {
                assertThat(refused.sqlState()).isEqualTo(Login.NOT_TRUSTED);
                assertThat(refused.reason()).contains("hostname", NOT_BY_ITS_FORM_LOOPBACK);
              });
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
    return new JdbcTarget(endpoint(engine, "127.0.0.1", port), PASSWORD);
  }

  private static DatabaseEndpoint endpoint(Engine engine, String host, int port) {
    return new DatabaseEndpoint(
        engine, host, new Port(port), new DatabaseName("shop"), new MasterUsername("master"));
  }
}
