package dev.dbartifact.examples;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.RecentEvents;
import dev.dbartifact.rds.StatusClass;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Filter;

/// Follows a cluster and its instances: prints each change of state once, and ends the wait for a
/// state that does not pass.
final class ClusterWatch {
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
      return new RecentEvents(rds)
          .of(new ClusterId(cluster)).stream().map("\n  "::concat).collect(Collectors.joining());
    } catch (AwsException untold) {
      return "";
    }
  }
}
