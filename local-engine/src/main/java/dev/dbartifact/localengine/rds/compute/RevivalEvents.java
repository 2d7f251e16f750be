package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Events;

/// What RDS tells of an instance whose server ended by itself. See "Amazon RDS event categories and
/// event messages" in the User Guide.
final class RevivalEvents {

  private final Events events;

  RevivalEvents(Events events) {
    this.events = events;
  }

  void begun(Instance instance) {
    events.ofInstance(instance, "availability", "DB instance shutdown");
    events.ofInstance(
        instance,
        "recovery",
        "Recovery of the DB instance has started. Recovery time will vary with the amount of data to"
            + " be recovered.");
  }

  /// An instance that is still made has nothing to recover.
  void complete(Instance instance) {
    if (instance.is(Status.CREATING)) {
      return;
    }
    events.ofInstance(instance, "recovery", "Recovery of the DB instance is complete.");
  }

  /// Once, however often it is tried.
  void full(Instance instance) {
    if (instance.is(Status.STORAGE_FULL)) {
      return;
    }
    events.ofInstance(
        instance,
        "availability",
        "DB instance has reached the storage-full threshold, and the database has been shut down."
            + " You can increase the allocated storage to address this issue.");
  }

  /// RDS-EVENT-0035, 0036, 0278 and 0031.
  ///
  /// @param status in which it ends up
  /// @param why see [InstanceStates#why]
  void givenUp(Instance instance, String status, String why) {
    events.ofInstance(
        instance,
        "failure",
        instance.is(Status.CREATING) && status.equals(Status.FAILED)
            ? "The DB instance creation failed. %s.".formatted(why)
            : words(status, why));
  }

  private static String words(String status, String why) {
    return switch (status) {
      case Status.INCOMPATIBLE_PARAMETERS ->
          "Database instance put into %s. %s.".formatted(status, why);
      case Status.INCOMPATIBLE_NETWORK -> "Database instance in %s. %s.".formatted(status, why);
      default ->
          "DB instance put into %s state. RDS recommends that you initiate a point-in-time-restore."
              .formatted(status);
    };
  }
}
