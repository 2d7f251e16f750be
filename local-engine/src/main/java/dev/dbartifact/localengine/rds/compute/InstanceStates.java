package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Endings;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.state.StateException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// What an instance shows of its server: that it serves, that it did not start, or that it is
/// brought back; and why.
public final class InstanceStates {

  /// The kind of reason that an instance shows while its server is brought back.
  private static final String REVIVAL = "recovery";

  /// The kind of reason that an instance shows while whom it follows has no server.
  private static final String FOLLOWING = "replication";

  /// Instances in these states have a server, or are about to.
  private static final Set<String> SERVING =
      Set.of(
          Status.AVAILABLE,
          Status.BACKTRACKING,
          Status.CREATING,
          Status.REBOOTING,
          Status.STARTING,
          Status.STORAGE_FULL,
          Status.UPGRADING);

  private final Catalog catalog;
  private final Clock clock;
  private final Pacing pacing;
  private final Endings endings;
  private final Availability availability;
  private final Serving serving;
  private final Events events;
  private final RevivalEvents failures;

  private volatile Consumer<Instance> served = _ -> {};

  public InstanceStates(
      Catalog catalog,
      Clock clock,
      Pacing pacing,
      Endings endings,
      Availability availability,
      Serving serving,
      Events events) {
    this.catalog = catalog;
    this.clock = clock;
    this.pacing = pacing;
    this.endings = endings;
    this.availability = availability;
    this.serving = serving;
    this.events = events;
    this.failures = new RevivalEvents(events);
  }

  /// Lets the instance be available when its phases are over, if its server runs then.
  ///
  /// @param settled is run after that
  void settleLater(Instance instance, Runnable settled) {
    pacing.at(
        pacing.endOf(instance),
        () -> {
          settle(instance);
          settled.run();
        });
  }

  private void settle(Instance instance) {
    catalog.changing(() -> {
      var cluster = catalog.clusters.find(instance.storage());
      var now = catalog.instances.find(instance.resourceId());
      if (cluster.isEmpty() || now.isEmpty() || !isSettled(cluster.get(), now.get())) {
        return;
      }
      // What waits for the instance may then modify the cluster.
      availability.reached(cluster.get());
      tell(now.get());
      catalog.instances.settle(instance.resourceId(), this::served);
    });
  }

  /// Not while a later phase lasts, or an upgrade to another major version, which settle the
  /// instance at their own end; and a server that has ended since is looked after.
  private boolean isSettled(Cluster cluster, Instance now) {
    return serving.running(cluster, now)
        && !isReviving(now)
        && !pacing.lasts(now)
        && !(now.is(Status.UPGRADING) && isBeforeItsUpgrade(cluster));
  }

  /// A read replica is upgraded with its source.
  private boolean isBeforeItsUpgrade(Cluster cluster) {
    return Stream.concat(
            Stream.of(cluster),
            cluster.replicates().flatMap(source -> catalog.clusters.find(source.value())).stream())
        .anyMatch(Cluster::isBeforeItsUpgrade);
  }

  /// Tells from now on which instance is about to show itself available, within the change that
  /// makes it do so.
  public void watch(Consumer<Instance> told) {
    served = told;
  }

  private void tell(Instance instance) {
    switch (instance.settings().dbInstanceStatus()) {
      case Status.CREATING -> events.ofInstance(instance, "creation", "DB instance created");
      case Status.BACKTRACKING, Status.REBOOTING, Status.STORAGE_FULL ->
          events.ofInstance(instance, "availability", "DB instance restarted");
      case Status.STARTING -> events.ofInstance(instance, "notification", "DB instance started");
      case Status.UPGRADING -> events.ofInstance(instance, "maintenance", "DB instance patched");
      default -> {}
    }
  }

  private Instance served(Instance instance) {
    var now = available(instance);
    if (now.is(Status.AVAILABLE)) {
      served.accept(now);
    }
    return now;
  }

  private Instance available(Instance instance) {
    if (instance.is(Status.DELETING)) {
      return instance;
    }
    var created = instance.settings().instanceCreateTime();
    return endings.available(
        instance.with(builder ->
            builder
                .statusInfos((List<DBInstanceStatusInfo>) null)
                .instanceCreateTime(created == null ? clock.instant() : created)));
  }

  /// What the instance goes through until its server is there.
  static Phase phase(Instance instance) {
    return switch (instance.settings().dbInstanceStatus()) {
      case Status.CREATING -> Phase.INSTANCE_CREATING;
      case Status.MODIFYING -> Phase.INSTANCE_MODIFYING;
      case Status.REBOOTING -> Phase.INSTANCE_REBOOTING;
      case Status.UPGRADING -> Phase.INSTANCE_UPGRADING;
      default -> Phase.INSTANCE_STARTING;
    };
  }

  /// Lets the instance, and an event, say why its server did not start. One that lacks room waits
  /// for it, and shows that like one whose server ended for that.
  void fail(Instance instance, Exception reason) {
    catalog.changing(() ->
        catalog
            .instances
            .find(instance.resourceId())
            .filter(now -> !now.is(Status.DELETING))
            .ifPresent(now -> failNow(now, reason)));
  }

  private void failNow(Instance now, Exception reason) {
    var status = after(now, reason);
    if (status.equals(Status.STORAGE_FULL)) {
      failures.full(now);
      show(now, status, reason.getMessage());
      return;
    }
    var why = why(now, reason);
    failures.givenUp(now, status, why);
    catalog.instances.settle(
        now.resourceId(),
        each -> each.is(Status.DELETING) ? each : reasoned(each, "start", status, why));
  }

  /// Why a server does not start, and what to do about it.
  static String why(Instance instance, Exception reason) {
    return switch (after(instance, reason)) {
      case Status.INCOMPATIBLE_PARAMETERS ->
          "%s. Its parameter groups set %s: correct what does not fit, and reboot the instance"
              .formatted(
                  reason.getMessage(),
                  String.join(", ", new TreeSet<>(instance.applied().keySet())));
      case Status.INCOMPATIBLE_NETWORK ->
          "%s. The instance is started again when the address is free; a reboot tries it at once"
              .formatted(reason.getMessage());
      default -> reason.getMessage();
    };
  }

  /// The state of an instance whose server does not start.
  static String after(Instance instance, Exception reason) {
    if (isFull(reason)) {
      return Status.STORAGE_FULL;
    }
    if (reason instanceof HostException.AddressTaken) {
      return Status.INCOMPATIBLE_NETWORK;
    }
    return instance.applied().isEmpty() ? Status.FAILED : Status.INCOMPATIBLE_PARAMETERS;
  }

  /// Whether a server did not start for lack of room.
  static boolean isFull(Exception reason) {
    return reason instanceof HostException.OutOfSpace
        || reason instanceof StateException state && state.outOfSpace();
  }

  /// Lets the instance, whose server has ended by itself, show this state, and why.
  void show(Instance instance, String status, String why) {
    show(instance, REVIVAL, status, why);
  }

  /// The same where the one that it follows has no server.
  void showFollowing(Instance instance, String status, String why) {
    show(instance, FOLLOWING, status, why);
  }

  private void show(Instance instance, String type, String status, String why) {
    catalog.changing(() ->
        catalog.instances.show(
            instance.resourceId(),
            now -> now.is(Status.DELETING) ? now : reasoned(now, type, status, why)));
  }

  /// Lets the instance, whose server is back, wait for its settling like one that was rebooted, or
  /// is made.
  void showRevived(Instance instance) {
    catalog.changing(() ->
        catalog.instances.show(
            instance.resourceId(), now -> isToComeBack(now) ? withoutReason(now) : now));
  }

  private static boolean isToComeBack(Instance instance) {
    return isReviving(instance) || isFallen(instance) || instance.is(Status.INCOMPATIBLE_NETWORK);
  }

  private static Instance withoutReason(Instance instance) {
    var status = instance.is(Status.CREATING) ? Status.CREATING : Status.REBOOTING;
    return instance.with(
        builder -> builder.dbInstanceStatus(status).statusInfos((List<DBInstanceStatusInfo>) null));
  }

  /// Whether the instance has a server, or is about to.
  static boolean isToServe(Instance instance) {
    var status = instance.settings().dbInstanceStatus();
    return SERVING.contains(status) || Status.CHANGING.contains(status);
  }

  /// Whether the instance has no server, because that ended by itself or because whom it follows
  /// has none, and is yet to get one. Once it is started it may end anew, whatever its instance
  /// still shows.
  static boolean isReviving(Instance instance) {
    // One that was given up, and is rebooted because someone asked, still has the reason.
    return (shows(instance, REVIVAL) || shows(instance, FOLLOWING)) && isToServe(instance);
  }

  /// Whether the instance has no server because the one that it follows has none.
  public static boolean lacksLeader(Instance instance) {
    return shows(instance, FOLLOWING);
  }

  /// Whether the instance was given up with the one that it follows.
  static boolean isFallen(Instance instance) {
    return shows(instance, FOLLOWING) && instance.is(Status.FAILED);
  }

  private static boolean shows(Instance instance, String type) {
    return instance.settings().statusInfos().stream()
        .anyMatch(each -> type.equals(each.statusType()) && instance.is(each.status()));
  }

  private static Instance reasoned(Instance instance, String type, String status, String why) {
    var reason =
        DBInstanceStatusInfo.builder()
            .statusType(type)
            .normal(false)
            .status(status)
            .message(why)
            .build();
    return instance.with(builder -> builder.dbInstanceStatus(status).statusInfos(reason));
  }
}
