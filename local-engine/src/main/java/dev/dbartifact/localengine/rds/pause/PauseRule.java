package dev.dbartifact.localengine.rds.pause;

import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import java.util.List;
import java.util.Optional;

/// What keeps a cluster from pausing, but for those who are connected. Pure.
///
/// See "Situations where Aurora Serverless v2 doesn't auto-pause" in the Aurora User Guide. There
/// are no proxies here, no global databases, no integrations with Redshift, and no binary logs for
/// others than readers.
final class PauseRule {

  private static final String SERVERLESS = "db.serverless";

  private PauseRule() {}

  /// The reason, in words; nothing if it may pause.
  ///
  /// @param members its instances
  static Optional<String> obstacle(Cluster cluster, List<Instance> members) {
    if (!cluster.mayPause()) {
      return Optional.of("its minimum capacity is not 0");
    }
    if (!cluster.is(Status.AVAILABLE)) {
      return Optional.of("it is " + cluster.status());
    }
    return switch (members.size()) {
      case 0 -> Optional.of("it has no instance");
      case 1 -> obstacle(members.getFirst());
      default -> Optional.of("it has readers");
    };
  }

  private static Optional<String> obstacle(Instance writer) {
    if (!SERVERLESS.equals(writer.settings().dbInstanceClass())) {
      return Optional.of("instance '%s' is not serverless".formatted(writer.id()));
    }
    if (!writer.is(Status.AVAILABLE)) {
      return Optional.of(
          "instance '%s' is %s".formatted(writer.id(), writer.settings().dbInstanceStatus()));
    }
    return "logical".equals(writer.applied().get("wal_level"))
        ? Optional.of("logical replication is on")
        : Optional.empty();
  }
}
