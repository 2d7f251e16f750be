package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.SourceType;

/// What RDS tells of the last hour of a cluster and its instances. Why an instance failed stands
/// among the events of that instance alone (DescribeEvents, SourceType).
public record RecentEvents(RdsClient rds) {
  private static final int MINUTES = 60;

  private record Told(Event event, String sentence) {}

  /// One sentence for each event, the latest last; those of instances begin with the instance.
  ///
  /// @throws AwsException when they cannot be read
  public List<String> of(ClusterId cluster) {
    return AwsCalls.call(
        "Could not read the events of cluster '" + cluster + "'", () -> all(cluster));
  }

  private List<String> all(ClusterId cluster) {
    var told = new ArrayList<>(events(SourceType.DB_CLUSTER, cluster.value(), ""));
    for (String instance : instances(cluster)) {
      told.addAll(events(SourceType.DB_INSTANCE, instance, instance + ": "));
    }
    return told.stream()
        .sorted(
            Comparator.comparing(
                each -> each.event().date(), Comparator.nullsFirst(Comparator.naturalOrder())))
        .map(Told::sentence)
        .toList();
  }

  private List<Told> events(SourceType type, String id, String before) {
    return rds
        .describeEvents(wish -> wish.sourceType(type).sourceIdentifier(id).duration(MINUTES))
        .events()
        .stream()
        .map(event -> new Told(event, before + Optional.ofNullable(event.message()).orElse("")))
        .toList();
  }

  private List<String> instances(ClusterId cluster) {
    var ofCluster = Filter.builder().name("db-cluster-id").values(cluster.value()).build();
    return rds.describeDBInstances(wish -> wish.filters(ofCluster)).dbInstances().stream()
        .map(DBInstance::dbInstanceIdentifier)
        .filter(id -> id != null)
        .toList();
  }
}
