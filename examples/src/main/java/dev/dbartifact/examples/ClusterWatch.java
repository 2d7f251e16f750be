package dev.dbartifact.examples;

import dev.dbartifact.rds.StatusClass;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Follows a cluster and its instances: prints each change of state once, and ends the wait for a
/// state that does not pass.
final class ClusterWatch {
  private static final int EVENT_MINUTES = 60;

  private final RdsClient rds;
  private final PrintStream out;
  private final Map<String, String> last = new LinkedHashMap<>();

  ClusterWatch(RdsClient rds, PrintStream out) {
    this.rds = rds;
    this.out = out;
  }

  /// Notes how everything is.
  ///
  /// @throws IllegalStateException telling the state and what led to it, when waiting is in vain
  void look(DBCluster cluster) {
    String id = cluster.dbClusterIdentifier();
    note("cluster " + id, cluster.status(), id);
    rds.describeDBInstances(
            wish -> wish.filters(Filter.builder().name("db-cluster-id").values(id).build()))
        .dbInstances()
        .forEach(
            each -> note("instance " + each.dbInstanceIdentifier(), each.dbInstanceStatus(), id));
  }

  private void note(String what, String status, String cluster) {
    if (!status.equals(last.put(what, status))) {
      out.printf("  %s: %s%n", what, status);
    }
    StatusClass statusClass = StatusClass.of(status);
    if (statusClass != StatusClass.READY && statusClass != StatusClass.IN_PROGRESS) {
      throw new IllegalStateException(
          what
              + " is in state '"
              + status
              + "', which does not pass by itself. Repair it, or delete "
              + cluster
              + " and run the same command again."
              + events(cluster));
    }
  }

  private String events(String cluster) {
    try {
      var told = new StringBuilder();
      rds.describeEvents(wish ->
              wish.sourceIdentifier(cluster)
                  .sourceType(SourceType.DB_CLUSTER)
                  .duration(EVENT_MINUTES))
          .events()
          .forEach(event -> told.append("\n  ").append(event.message()));
      return told.toString();
    } catch (RdsException untold) {
      return "";
    }
  }
}
