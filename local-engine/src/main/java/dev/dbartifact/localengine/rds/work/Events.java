package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.InstanceParameterGroup;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.DescribeEventsRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventsResponse;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/// What happened lately, in the words of "Amazon RDS event categories and event messages" in the
/// Aurora User Guide. Kept in memory.
public final class Events {

  private static final int MOST = 1000;
  private static final Duration LONGEST = Duration.ofDays(14);
  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final Duration USUAL = Duration.ofMinutes(60);
  private static final Map<String, Function<Event, String>> FILTERS = Map.of();

  private final Clock clock;
  private final Deque<Numbered> latest = new ArrayDeque<>();

  /// Begins with the time in milliseconds, so that it goes on behind those of an engine before.
  private long number;

  /// @param number rises from event to event
  private record Numbered(long number, Event event) {
    /// Sorted like the numbers.
    String name() {
      return "%019d".formatted(number);
    }
  }

  public Events(Clock clock) {
    this.clock = clock;
    this.number = clock.millis();
  }

  public void ofCluster(Cluster cluster, String category, String message) {
    var of = cluster.settings();
    var type = cluster.isPlain() ? SourceType.DB_INSTANCE : SourceType.DB_CLUSTER;
    add(type, of.dbClusterIdentifier(), of.dbClusterArn(), category, message);
  }

  public void ofInstance(Instance instance, String category, String message) {
    var of = instance.settings();
    add(SourceType.DB_INSTANCE, of.dbInstanceIdentifier(), of.dbInstanceArn(), category, message);
  }

  /// What happens to the capacity of a serverless instance.
  public void ofCapacity(Instance instance, String message) {
    var of = instance.settings();
    add(
        SourceType.DB_INSTANCE,
        of.dbInstanceIdentifier(),
        of.dbInstanceArn(),
        List.of("notification", "serverless"),
        message);
  }

  public void ofSnapshot(Snapshot snapshot, String category, String message) {
    add(
        snapshot.isPlain() ? SourceType.DB_SNAPSHOT : SourceType.DB_CLUSTER_SNAPSHOT,
        snapshot.id(),
        snapshot.settings().dbClusterSnapshotArn(),
        category,
        message);
  }

  public void ofParameterGroup(InstanceParameterGroup group, String message) {
    var of = group.settings();
    add(
        SourceType.DB_PARAMETER_GROUP,
        of.dbParameterGroupName(),
        of.dbParameterGroupArn(),
        "configuration change",
        message);
  }

  private void add(SourceType type, String id, String arn, String category, String message) {
    add(type, id, arn, List.of(category), message);
  }

  private synchronized void add(
      SourceType type, String id, String arn, List<String> categories, String message) {
    var event =
        Event.builder()
            .sourceType(type)
            .sourceIdentifier(id)
            .sourceArn(arn)
            .eventCategories(categories)
            .message(message)
            .date(clock.instant())
            .build();
    latest.addLast(new Numbered(++number, event));
    if (latest.size() > MOST) {
      latest.removeFirst();
    }
  }

  public DescribeEventsResponse describe(DescribeEventsRequest request) {
    check(request);
    var until = request.endTime() == null ? clock.instant() : request.endTime();
    var since = since(request, until);
    Filters.apply(request.filters(), FILTERS, List.of());
    var shown =
        kept().stream()
            .filter(each -> isWithin(since, until, each.event()))
            .filter(each -> isAsked(request, each.event()))
            .toList();
    var page = Page.of(shown, Numbered::name, request.marker(), request.maxRecords());
    return DescribeEventsResponse.builder()
        .events(page.items().stream().map(Numbered::event).toList())
        .marker(page.marker())
        .build();
  }

  private static boolean isWithin(Instant since, Instant until, Event event) {
    return !event.date().isBefore(since) && !event.date().isAfter(until);
  }

  private static boolean isAsked(DescribeEventsRequest request, Event event) {
    return isAsked(request.sourceTypeAsString(), event.sourceTypeAsString())
        && isAsked(stored(request.sourceIdentifier()), event.sourceIdentifier())
        && (request.eventCategories().isEmpty()
            || event.eventCategories().stream().anyMatch(request.eventCategories()::contains));
  }

  private void check(DescribeEventsRequest request) {
    if (request.sourceTypeAsString() != null
        && request.sourceType() == SourceType.UNKNOWN_TO_SDK_VERSION) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid source type: %s", request.sourceTypeAsString());
    }
    if (request.sourceIdentifier() != null && request.sourceType() == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot specify source identifier without source type: SourceIdentifier is %s.",
          request.sourceIdentifier());
    }
    var minutes = request.duration();
    if (minutes != null && (minutes < 1 || minutes > LONGEST.toMinutes())) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value %d for Duration. Must be between 1 and %d minutes.",
          minutes, LONGEST.toMinutes());
    }
    if (request.endTime() != null
        && request.startTime() != null
        && request.endTime().isBefore(request.startTime())) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("StartTime must not be after EndTime.");
    }
    var oldest = clock.instant().minus(LONGEST);
    // Who counts back from now may take a moment to ask.
    if (request.startTime() != null && request.startTime().isBefore(oldest.minus(A_MOMENT))) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value %s for StartTime. Must be within the last %d days.",
          request.startTime(), LONGEST.toDays());
    }
  }

  /// Behind a marker is only what was within the time of the first page.
  private static Instant since(DescribeEventsRequest request, Instant until) {
    if (request.startTime() != null) {
      return request.startTime();
    }
    if (request.marker() != null && !request.marker().isEmpty()) {
      return Instant.MIN;
    }
    var asked = request.duration() == null ? USUAL : Duration.ofMinutes(request.duration());
    return until.minus(asked);
  }

  /// Names are kept in lower case, however they are written.
  private static String stored(String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  private static boolean isAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }

  private synchronized List<Numbered> kept() {
    var oldest = clock.instant().minus(LONGEST);
    latest.removeIf(each -> each.event().date().isBefore(oldest));
    return List.copyOf(latest);
  }
}
