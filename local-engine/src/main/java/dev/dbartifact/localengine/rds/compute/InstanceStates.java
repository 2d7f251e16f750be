package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Endings;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.server.HostException;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// What an instance shows of its server: that it serves, that it did not start, or that it is
/// brought back; and why.
public final class InstanceStates {

  /// The kind of reason that an instance shows while its server is brought back.
  private static final String REVIVAL = "recovery";

  private final Catalog catalog;
  private final Clock clock;
  private final Endings endings;
  private final Availability availability;
  private final Serving serving;
  private final Events events;

  public InstanceStates(
      Catalog catalog,
      Clock clock,
      Endings endings,
      Availability availability,
      Serving serving,
      Events events) {
    this.catalog = catalog;
    this.clock = clock;
    this.endings = endings;
    this.availability = availability;
    this.serving = serving;
    this.events = events;
  }

  /// Lets the instance be available, if its server runs.
  void settle(Instance instance) {
    catalog.changing(() -> {
      var cluster = catalog.clusters.find(instance.storage());
      if (cluster.isPresent() && !serving.running(cluster.get(), instance)) {
        // It has ended since; that is looked after.
        return;
      }
      // What waits for the instance may then modify the cluster.
      cluster.ifPresent(availability::reached);
      catalog.instances.find(instance.resourceId()).ifPresent(this::tell);
      catalog.instances.update(instance.resourceId(), this::available);
    });
  }

  private void tell(Instance instance) {
    switch (instance.settings().dbInstanceStatus()) {
      case Status.CREATING -> events.ofInstance(instance, "creation", "DB instance created");
      case Status.REBOOTING, Status.STORAGE_FULL ->
          events.ofInstance(instance, "availability", "DB instance restarted");
      case Status.STARTING -> events.ofInstance(instance, "notification", "DB instance started");
      case Status.UPGRADING -> events.ofInstance(instance, "maintenance", "DB instance patched");
      default -> {}
    }
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

  /// Lets the instance say why its server did not start.
  void fail(Instance instance, Exception reason) {
    catalog.changing(
        () -> catalog.instances.update(instance.resourceId(), now -> failed(now, reason)));
  }

  private static Instance failed(Instance instance, Exception reason) {
    return instance.is(Status.DELETING)
        ? instance
        : reasoned(instance, "start", after(instance, reason), reason.getMessage());
  }

  /// The state of an instance whose server does not start.
  static String after(Instance instance, Exception reason) {
    if (reason instanceof HostException.AddressTaken) {
      return Status.INCOMPATIBLE_NETWORK;
    }
    return instance.applied().isEmpty() ? Status.FAILED : Status.INCOMPATIBLE_PARAMETERS;
  }

  /// Lets the instance, whose server has ended by itself, show this state, and why.
  void show(Instance instance, String status, String why) {
    catalog.changing(() ->
        catalog.instances.show(
            instance.resourceId(),
            now -> now.is(Status.DELETING) ? now : reasoned(now, REVIVAL, status, why)));
  }

  /// Lets the instance, whose server is back, wait for its settling like one that was rebooted.
  void showRevived(Instance instance) {
    catalog.changing(() ->
        catalog.instances.show(
            instance.resourceId(), now -> isReviving(now) ? withoutReason(now) : now));
  }

  private static Instance withoutReason(Instance instance) {
    return instance.with(builder ->
        builder.dbInstanceStatus(Status.REBOOTING).statusInfos((List<DBInstanceStatusInfo>) null));
  }

  /// Whether the server of the instance ended by itself, and is yet to be started again. Once it is
  /// started it may end anew, whatever its instance still shows.
  static boolean isReviving(Instance instance) {
    return (instance.is(Status.REBOOTING) || instance.is(Status.STORAGE_FULL))
        && instance.settings().statusInfos().stream()
            .filter(each -> REVIVAL.equals(each.statusType()))
            // Else it was given up, and is rebooted because someone asked.
            .anyMatch(each -> instance.is(each.status()));
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
