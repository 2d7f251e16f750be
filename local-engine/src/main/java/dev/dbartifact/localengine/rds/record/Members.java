package dev.dbartifact.localengine.rds.record;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which instance of a cluster writes, which ones read, and who would take over.
public final class Members {

  /// See "Fault tolerance for an Aurora DB cluster" in the Aurora User Guide: the lowest tier
  /// first, then the largest.
  private static final Comparator<Instance> SUCCESSION =
      Comparator.comparing((Instance each) -> !each.is(Status.AVAILABLE))
          .thenComparing(each -> Optional.ofNullable(each.settings().promotionTier()).orElse(1))
          .thenComparing(Members::size, Comparator.reverseOrder())
          .thenComparing(Instance::id);

  private static final List<String> SMALL = List.of("micro", "small", "medium", "large", "xlarge");

  private final Catalog catalog;

  public Members(Catalog catalog) {
    this.catalog = catalog;
  }

  /// The one that the cluster names; where it names none that is there, the first in succession.
  public Optional<Instance> writer(Cluster cluster) {
    return writer(cluster, catalog.instancesOf(cluster));
  }

  static Optional<Instance> writer(Cluster cluster, List<Instance> instances) {
    return instances.stream()
        .filter(each -> each.resourceId().equals(cluster.writer()))
        .findFirst()
        .or(() ->
            instances.stream()
                .filter(each -> !each.is(Status.DELETING))
                .min(SUCCESSION)
                .or(() -> instances.stream().findFirst()));
  }

  /// For how many days backups of the cluster are kept. The storage of a plain instance leaves it
  /// to the instance, which may want none: 0. A read replica has none, whatever its instance wants
  /// once it is promoted.
  public int backupRetention(Cluster cluster) {
    if (cluster.replicates().isPresent()) {
      return 0;
    }
    return (cluster.isPlain()
            ? writer(cluster).map(only -> only.settings().backupRetentionPeriod())
            : Optional.ofNullable(cluster.settings().backupRetentionPeriod()))
        .orElse(1);
  }

  /// When backups of it begin, such as `04:07-04:37`; empty for a plain instance without its
  /// instance.
  public Optional<String> backupWindow(Cluster cluster) {
    return cluster.isPlain()
        ? writer(cluster).map(only -> only.settings().preferredBackupWindow())
        : Optional.ofNullable(cluster.settings().preferredBackupWindow());
  }

  /// Whether the server of the cluster's volume is that of this instance.
  public boolean writes(Instance instance) {
    return catalog
        .clusters
        .find(instance.storage())
        .flatMap(this::writer)
        .filter(writer -> writer.resourceId().equals(instance.resourceId()))
        .isPresent();
  }

  /// The writer, then the readers by name.
  public List<Instance> of(Cluster cluster) {
    var instances = catalog.instancesOf(cluster);
    var writer = writer(cluster, instances).map(Instance::resourceId).orElse(null);
    return instances.stream()
        .sorted(
            Comparator.comparing((Instance each) -> !each.resourceId().equals(writer))
                .thenComparing(Instance::id))
        .toList();
  }

  public List<Instance> readers(Cluster cluster) {
    var all = of(cluster);
    return all.isEmpty() ? all : all.subList(1, all.size());
  }

  /// The reader that is to write after the writer, if one can.
  public Optional<Instance> successor(Cluster cluster) {
    return readers(cluster).stream().filter(each -> !each.is(Status.DELETING)).min(SUCCESSION);
  }

  private static int size(Instance instance) {
    var size = instance.settings().dbInstanceClass().replaceFirst(".*\\.", "");
    return size.matches("[0-9]{1,3}xlarge")
        ? SMALL.size() + Integer.parseInt(size.replace("xlarge", ""))
        : SMALL.indexOf(size);
  }
}
