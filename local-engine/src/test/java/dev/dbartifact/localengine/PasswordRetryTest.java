package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.SourceType;

/// A server that runs, and does not take its new password while a user's transaction holds a lock.
class PasswordRetryTest extends EngineFixture {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final String LOCKED = "canceling statement due to lock timeout";
  private static final String FAILED =
      "Unable to reset your password. Error information: " + LOCKED + ".";

  private final TurnableClock clock = new TurnableClock(Instant.now());
  private DBCluster shop;

  @Override
  Clock clock() {
    return clock;
  }

  @BeforeEach
  void make() {
    shop = engine.cluster("shop");
  }

  private void change(String password) {
    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").masterUserPassword(password));
  }

  private void awaitFailures(int told) {
    TestEngine.await("the failure", () -> failures() == told);
  }

  private long failures() {
    return messages(SourceType.DB_CLUSTER, "shop").stream().filter(FAILED::equals).count();
  }

  private void turn() {
    clock.turn(PAUSE);
  }

  private void isPending() {
    assertThat(engine.describe("shop").pendingModifiedValues().masterUserPassword())
        .isEqualTo("****");
  }

  @Test
  void itIsTriedAgainUntilTheServerTakesIt_andEachChangeToldOfOnce() {
    host.passwordFailure = LOCKED;
    change("battery-staple");
    awaitFailures(1);
    var attempts = host.passwordAttempts.get();

    turn();
    TestEngine.await("another attempt", () -> host.passwordAttempts.get() == attempts + 1);
    isPending();
    // Its attempt comes after the end of that one.
    change("correct-battery");
    awaitFailures(2);
    isPending();
    host.passwordFailure = null;
    turn();

    engine.await("shop", each -> each.pendingModifiedValues() == null);
    assertThat(engine.volume(shop).password()).isEqualTo("correct-battery");
    assertThat(failures()).isEqualTo(2);
    assertThat(messages(SourceType.DB_CLUSTER, "shop")).contains("Reset master credentials");
  }

  @Test
  void nothingIsRepeatedOnceTheServerHasLearnedANewerOne() {
    host.passwordFailure = LOCKED;
    change("battery-staple");
    awaitFailures(1);
    host.passwordFailure = null;
    change("correct-battery");
    engine.await("shop", each -> each.pendingModifiedValues() == null);
    var attempts = host.passwordAttempts.get();

    turn();
    change("horse-battery");

    TestEngine.await("it", () -> engine.volume(shop).password().equals("horse-battery"));
    assertThat(host.passwordAttempts.get()).isEqualTo(attempts + 1);
  }
}
