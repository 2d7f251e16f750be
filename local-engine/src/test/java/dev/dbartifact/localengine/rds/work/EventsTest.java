package dev.dbartifact.localengine.rds.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.record.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeEventsRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventsResponse;
import software.amazon.awssdk.services.rds.model.Event;

/// What is told page by page, while time goes on and more happens.
class EventsTest {

  private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instance INSTANCE =
      Instance.fresh(
          "shop",
          "127.0.0.1",
          DBInstance.builder().dbiResourceId("db-1").dbInstanceIdentifier("first").build());

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Events events = new Events(((InstantSource) now::get).withZone(ZoneOffset.UTC));

  /// Numbered ones, a while from each to the next.
  private void happen(int from, int to, Duration apart) {
    for (var number = from; number < to; number++) {
      events.ofInstance(INSTANCE, "notification", "event " + number);
      now.updateAndGet(before -> before.plus(apart));
    }
  }

  private DescribeEventsResponse page(String marker) {
    return events.describe(DescribeEventsRequest.builder().marker(marker).maxRecords(20).build());
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> "event " + number).toList();
  }

  private static List<String> told(DescribeEventsResponse page) {
    return page.events().stream().map(Event::message).toList();
  }

  @Test
  void thePageAfterGoesOnThereWhenTheOldestEventsAreTooOldByThen() {
    happen(0, 25, MINUTE);
    now.set(NOON.plus(Duration.ofHours(1)));
    var first = page(null);
    now.set(NOON.plus(Duration.ofMinutes(63)));
    var second = page(first.marker());

    assertThat(told(first)).isEqualTo(numbers(0, 20));
    assertThat(told(second)).isEqualTo(numbers(20, 25));
    assertThat(second.marker()).isNull();
  }

  @Test
  void whatWasInTimeForTheFirstPageIsShownOnTheOthers() {
    happen(0, 25, Duration.ZERO);
    now.set(NOON.plus(Duration.ofHours(1)));
    var first = page(null);
    now.set(NOON.plus(Duration.ofMinutes(61)));

    assertThat(told(page(first.marker()))).isEqualTo(numbers(20, 25));
    assertThat(told(page(null))).isEmpty();
  }

  @Test
  void thePageAfterGoesOnThereWhenTheOldestEventsAreForgotten() {
    happen(0, 1000, Duration.ZERO);
    var first = page(null);
    happen(1000, 1010, Duration.ZERO);

    assertThat(told(page(first.marker()))).isEqualTo(numbers(20, 40));
  }
}
