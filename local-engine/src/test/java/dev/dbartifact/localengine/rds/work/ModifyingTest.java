package dev.dbartifact.localengine.rds.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeEventsRequest;

/// What is told of a change when its time has come.
class ModifyingTest {

  private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");

  private final Work work = new Work();
  private final Events events = new Events(Clock.fixed(NOON, ZoneOffset.UTC));
  private Catalog catalog;
  private Modifying modifying;

  /// An hour passes from each look to the next, so that nothing has to be waited for.
  private static Clock hasty() {
    var now = new AtomicReference<>(NOON);
    InstantSource source = () -> now.updateAndGet(before -> before.plus(Duration.ofHours(1)));
    return source.withZone(ZoneOffset.UTC);
  }

  @BeforeEach
  void begin(@TempDir Path memory) {
    catalog = new Catalog(memory);
    var pacing = new Pacing(Pace.aurora(1), hasty(), work);
    modifying = new Modifying(catalog, pacing, events);
  }

  @AfterEach
  void close() {
    work.close();
  }

  private static Instance instance(String id, String status, String dbClass) {
    return Instance.fresh(
        "shop",
        "127.0.0.1",
        DBInstance.builder()
            .dbiResourceId("db-1")
            .dbInstanceIdentifier(id)
            .dbInstanceArn("arn:aws:rds:us-west-2:000000000000:db:" + id)
            .dbInstanceStatus(status)
            .dbInstanceClass(dbClass)
            .build());
  }

  /// Gets another class as `first`.
  private void change() {
    modifying.show(
        instance("first", Status.AVAILABLE, "db.r6g.large"),
        instance("first", Status.AVAILABLE, "db.r6g.xlarge"));
  }

  private Stream<String> told() {
    return events.describe(DescribeEventsRequest.builder().build()).events().stream()
        .map(event -> event.sourceIdentifier() + ": " + event.message());
  }

  @Test
  void theChangeOfAnInstanceIsToldByTheNameThatItHasByNow() {
    catalog.instances.put(instance("second", Status.AVAILABLE, "db.r6g.xlarge"));
    change();
    assertThat(told())
        .containsExactly(
            "second: Applying modification to database instance class.",
            "second: Finished applying modification to DB instance class.");
  }

  @Test
  void nothingIsToldOfOneThatIsBeingDeleted() {
    catalog.instances.put(instance("first", Status.DELETING, "db.r6g.xlarge"));
    change();
    assertThat(told()).isEmpty();
  }

  @Test
  void nothingIsToldOfOneThatIsGone() {
    change();
    assertThat(told()).isEmpty();
  }
}
