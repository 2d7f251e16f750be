package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.pace.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.EventSubscription;
import software.amazon.awssdk.services.rds.model.InvalidEventSubscriptionStateException;
import software.amazon.awssdk.services.rds.model.SubscriptionNotFoundException;

/// The life of event subscriptions, at a pace at which it can be seen.
class EventSubscriptionTest {

  private static final String TOPIC = "arn:aws:sns:us-west-2:000000000000:alarms";

  private final TurnableClock clock = new TurnableClock(Instant.now());
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  @TempDir Path memory;

  private TestEngine start() throws Exception {
    return TestEngine.start(memory, host, clock, Pace.QUICK);
  }

  private static EventSubscription subscribe(TestEngine engine) {
    return engine
        .rds
        .createEventSubscription(r -> r.subscriptionName("alarms").snsTopicArn(TOPIC))
        .eventSubscription();
  }

  private static String status(TestEngine engine) {
    return engine
        .rds
        .describeEventSubscriptions(r -> r.subscriptionName("alarms"))
        .eventSubscriptionsList()
        .getFirst()
        .status();
  }

  private void turnUntil(TestEngine engine, String status) {
    clock.turn(Duration.ofSeconds(1));
    TestEngine.await("the subscription to be " + status, () -> status(engine).equals(status));
  }

  @Test
  void itIsCreatedAndThenActive() throws Exception {
    try (var engine = start()) {
      assertThat(subscribe(engine).status()).isEqualTo("creating");
      assertThat(status(engine)).isEqualTo("creating");
      turnUntil(engine, "active");
    }
  }

  @Test
  void aChangeShowsForAWhile() throws Exception {
    try (var engine = start()) {
      subscribe(engine);
      turnUntil(engine, "active");
      engine.rds.modifyEventSubscription(r -> r.subscriptionName("alarms").enabled(false));
      assertThat(status(engine)).isEqualTo("modifying");
      turnUntil(engine, "active");
    }
  }

  @Test
  void itIsDeletingBeforeItIsGoneAndCannotBeDeletedAgain() throws Exception {
    try (var engine = start()) {
      subscribe(engine);
      engine.rds.deleteEventSubscription(r -> r.subscriptionName("alarms"));
      assertThat(status(engine)).isEqualTo("deleting");
      assertThatThrownBy(
              () -> engine.rds.deleteEventSubscription(r -> r.subscriptionName("alarms")))
          .isInstanceOf(InvalidEventSubscriptionStateException.class);
      clock.turn(Duration.ofSeconds(1));
      TestEngine.await("the end of the subscription", () -> isGone(engine));
    }
  }

  private static boolean isGone(TestEngine engine) {
    try {
      status(engine);
      return false;
    } catch (SubscriptionNotFoundException e) {
      return true;
    }
  }

  @Test
  void whatWasBegunIsFinishedByTheNextStart() throws Exception {
    try (var engine = start()) {
      subscribe(engine);
    }
    try (var engine = start()) {
      assertThat(status(engine)).isEqualTo("active");
      engine.rds.deleteEventSubscription(r -> r.subscriptionName("alarms"));
    }
    try (var engine = start()) {
      assertThat(isGone(engine)).isTrue();
    }
  }
}
