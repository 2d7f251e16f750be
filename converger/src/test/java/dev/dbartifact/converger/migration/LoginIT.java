package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JdbcTarget target = TestPostgres.running().freshDatabase();

  @Test
  void theRightPassword_isAnswered() {
    assertThat(Login.attempt(target, PATIENCE)).isEqualTo(new Login.Answered());
  }

  @Test
  void aWrongPassword_isRefused() {
    var wrong = with(target.database(), Secret.masterPassword("another-Passw0rd"));

    assertThat(Login.attempt(wrong, PATIENCE))
        .isInstanceOfSatisfying(
            Login.Refused.class,
            it -> {
              assertThat(it.sqlState()).isEqualTo("28P01");
              assertThat(it.reason())
                  .contains("password authentication failed for user \"master\"")
                  .doesNotContain("another-Passw0rd");
            });
  }

  @Test
  void aDatabaseThatIsNotThere_isRefused() {
    assertThat(Login.attempt(with(new DatabaseName("absent"), target.password()), PATIENCE))
        .isInstanceOfSatisfying(
            Login.Refused.class, it -> assertThat(it.sqlState()).isEqualTo("3D000"));
  }

  private JdbcTarget with(DatabaseName database, Secret password) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            target.endpoint().engine(),
            target.endpoint().host(),
            target.endpoint().port(),
            database,
            target.user()),
        password);
  }
}
