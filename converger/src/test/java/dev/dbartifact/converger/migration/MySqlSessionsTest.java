package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlSessionsTest {
  private static final Optional<Path> BUNDLE = Optional.of(Path.of("/run/aws/bundle.pem"));

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "shop.localhost"})
  void onThisMachine_tlsIsAskedForFirst_andNeverVerified(String host) {
    assertThat(sslMode(target(host))).isEqualTo("trust");
    assertThat(sslMode(trusting(target(host)))).isEqualTo("trust");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.cluster-1.eu-west-1.rds.amazonaws.com", "10.0.0.7"})
  void elsewhere_tlsIsRequired_andVerifiedWhereTheAuthoritiesAreKnown(String host) {
    assertThat(sslMode(target(host))).isEqualTo("trust");
    assertThat(sslMode(trusting(target(host)))).isEqualTo("verify-full");
    assertThat(MySqlSessions.wishes(trusting(target(host))))
        .containsEntry("serverSslCert", "/run/aws/bundle.pem");
  }

  @Test
  void noServerIsToldThePasswordItself() {
    assertThat(MySqlSessions.wishes(target("10.0.0.7")).getProperty("restrictedAuth"))
        .doesNotContain("clear", "dialog");
  }

  /// `LOAD DATA LOCAL`, in a changelog or as an answer of a server that is another than it says.
  @Test
  void noServerIsSentFiles() {
    assertThat(MySqlSessions.wishes(target("10.0.0.7"))).containsEntry("allowLocalInfile", "false");
  }

  @ParameterizedTest
  @CsvSource({
    "1045, CREDENTIALS", "1049, NO_DATABASE", "1044, OTHER", "1130, OTHER", "3118, OTHER",
    "1040, ", "1053, ", "1203, ", "0, ", "-1, "
  })
  void whatPasses_isTold_fromWhatDoesNot(int code, Login.Why why) {
    assertThat(new MySqlSessions().refusal(new SQLException("no", "HY000", code)))
        .isEqualTo(Optional.ofNullable(why));
  }

  private static String sslMode(JdbcTarget target) {
    return MySqlSessions.wishes(target).getProperty("sslMode");
  }

  private static JdbcTarget trusting(JdbcTarget target) {
    return new JdbcTarget(target.endpoint(), target.password(), BUNDLE);
  }

  private static JdbcTarget target(String host) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            Engine.AURORA_MYSQL,
            host,
            new Port(3306),
            new DatabaseName("shop"),
            new MasterUsername("master")),
        Secret.masterPassword("never-Shown-1"));
  }
}
