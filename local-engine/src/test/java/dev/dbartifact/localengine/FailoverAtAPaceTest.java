package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Failovers while what was done before is still shown as going on.
class FailoverAtAPaceTest extends ReaderFixture {

  private final TurnableClock clock = new TurnableClock(Instant.now());

  @Override
  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, clock, Pace.QUICK);
  }

  @AfterEach
  void releaseAll() {
    host.release();
  }

  @Override
  Clock clock() {
    return clock;
  }

  @Test
  void oneThatIsAskedForWhileItsWriterIsDeletedBeginsAtTheOneThatTookOver() {
    var shop = engine.create("shop");
    for (var id : List.of("shop-1", "shop-2", "shop-3")) {
      engine.createInstance(id, "shop");
      turnUntil(id + " available", () -> isAvailable(engine.describeInstance(id)));
    }
    host.hold();
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    failOverTo("shop-3");
    host.release();

    TestEngine.await(
        "the writer", () -> members().contains("shop-3 writes") && host.followed.size() == 1);
    turnUntil("the end of shop-1", () -> members().size() == 2);
    turnUntil("the failover", () -> engine.describe("shop").status().equals("available"));
    assertThat(members()).containsExactly("shop-3 writes", "shop-2 reads");
    assertThat(host.followed)
        .containsOnlyKeys(volume(engine.describeInstance("shop-2")))
        .containsValue(storage(shop));
    assertThat(engine.volume(shop).listen().toString()).contains(address("shop-3"));
    assertThat(host.volumes).hasSize(2);
  }

  private void turnUntil(String what, BooleanSupplier condition) {
    TestEngine.await(
        what,
        () -> {
          clock.turn(Duration.ofMillis(100));
          return condition.getAsBoolean();
        });
  }
}
