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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Path OTHER_AUTHORITY = Path.of("src/test/resources/tls/other-authority.pem");
  private static final Secret PASSWORD = Secret.masterPassword("never-Shown-1");

  /// Another way to write 127.0.0.1 (inet_aton).
  private static final String NOT_BY_ITS_FORM_LOOPBACK = "127.1";

  @ParameterizedTest
  @EnumSource
  void nobodyListening_isNotYet(Engine engine) throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(Login.attempt(target(engine, port), PATIENCE))
        .isInstanceOfSatisfying(
            Login.NotYet.class, it -> assertThat(it.reason()).contains("refused"));
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatSaysNothing_isSilent(Engine engine) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Login.attempt(target(engine, socket.getLocalPort()), PATIENCE))
          .isInstanceOf(Login.Silent.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCertificateOfAnotherName_isRefused(Engine engine, @TempDir Path folder) throws Exception {
    try (var server = TlsServer.start(engine)) {
      var endpoint = endpoint(engine, NOT_BY_ITS_FORM_LOOPBACK, server.port());
      var target = new JdbcTarget(endpoint, PASSWORD, Optional.of(OwnCertificate.in(folder)));

      assertThat(Login.attempt(target, Duration.ofSeconds(10)))
          .isInstanceOfSatisfying(
              Login.Refused.class,
              refused -> {
                assertThat(refused.why()).isEqualTo(Login.Why.NOT_TRUSTED);
                assertThat(refused.reason()).contains(NOT_BY_ITS_FORM_LOOPBACK);
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCertificateOfAnotherAuthority_isRefused(Engine engine) throws Exception {
    try (var server = TlsServer.start(engine)) {
      var endpoint = endpoint(engine, NOT_BY_ITS_FORM_LOOPBACK, server.port());
      var target = new JdbcTarget(endpoint, PASSWORD, Optional.of(OTHER_AUTHORITY));

      assertThat(Login.attempt(target, Duration.ofSeconds(10)))
          .isInstanceOfSatisfying(
              Login.Refused.class,
              refused -> assertThat(refused.why()).isEqualTo(Login.Why.NOT_TRUSTED));
    }
  }

  @Test
  void theUrlHasNeitherUserNorPassword() {
    assertThat(target(Engine.AURORA_POSTGRESQL, 5432).endpoint().jdbcUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:5432/shop");
    assertThat(target(Engine.AURORA_MYSQL, 3306).endpoint().jdbcUrl())
        .isEqualTo("jdbc:mysql://127.0.0.1:3306/shop?permitMysqlScheme");
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
