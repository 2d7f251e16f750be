package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSessionsTest {
  private static final Optional<Path> BUNDLE = Optional.of(Path.of("/run/aws/bundle.pem"));

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "localhost", "shop.localhost"})
  void onThisMachine_tlsIsUsedWhereItIsOffered(String host) {
    assertThat(sslMode(target(host))).isEqualTo("prefer");
    assertThat(sslMode(trusting(target(host)))).isEqualTo("prefer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.cluster-1.eu-west-1.rds.amazonaws.com",
        "10.0.0.7",
        "127.example.com",
        "localhost.example.com"
      })
  void elsewhere_tlsIsRequired_andVerifiedWhereTheAuthoritiesAreKnown(String host) {
    assertThat(sslMode(target(host))).isEqualTo("require");
    assertThat(sslMode(trusting(target(host)))).isEqualTo("verify-full");
    assertThat(PostgresSessions.wishes(trusting(target(host))))
        .containsEntry("sslrootcert", "/run/aws/bundle.pem");
  }

  private static String sslMode(JdbcTarget target) {
    return PostgresSessions.wishes(target).getProperty("sslmode");
  }

  private static JdbcTarget trusting(JdbcTarget target) {
    return new JdbcTarget(target.endpoint(), target.password(), BUNDLE);
  }

  private static JdbcTarget target(String host) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            Engine.AURORA_POSTGRESQL,
            host,
            new Port(5432),
            new DatabaseName("shop"),
            new MasterUsername("master")),
        Secret.masterPassword("never-Shown-1"));
  }
}
