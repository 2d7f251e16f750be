package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeValidDbInstanceModificationsRequest;
import software.amazon.awssdk.services.rds.model.DoubleRange;
import software.amazon.awssdk.services.rds.model.Range;
import software.amazon.awssdk.services.rds.model.ValidDBInstanceModificationsMessage;
import software.amazon.awssdk.services.rds.model.ValidStorageOptions;

/// What the disk of an instance can become.
///
/// See DescribeValidDBInstanceModifications in the Amazon RDS API Reference.
public final class ValidModifications {

  private final Catalog catalog;
  private final NamedInstances instances;
  private final Descriptions descriptions;

  public ValidModifications(Catalog catalog, NamedInstances instances, Descriptions descriptions) {
    this.catalog = catalog;
    this.instances = instances;
    this.descriptions = descriptions;
  }

  /// An instance of a DB cluster has no disk of its own.
  public ValidDBInstanceModificationsMessage of(
      DescribeValidDbInstanceModificationsRequest request) {
    Rules.required("DBInstanceIdentifier", request.dbInstanceIdentifier());
    var instance = instances.find(request.dbInstanceIdentifier());
    var described = descriptions.of(instance);
    NamedInstances.requireAvailable(described);
    var plain = catalog.ownStorage(instance).isPresent();
    return ValidDBInstanceModificationsMessage.builder()
        .storage(plain ? disks(described) : List.of())
        .validProcessorFeatures(List.of())
        .supportsDedicatedLogVolume(plain)
        .build();
  }

  private static List<ValidStorageOptions> disks(DBInstance instance) {
    return Stream.of("gp2", "gp3", "io1", "io2", "standard")
        .filter(type -> DiskTypes.largest(type) >= instance.allocatedStorage())
        .map(type -> options(type, instance.allocatedStorage()))
        .toList();
  }

  /// What a disk of that type may be where there is one of this size: the same, or a tenth larger.
  private static ValidStorageOptions options(String type, int gib) {
    var builder = ValidStorageOptions.builder().storageType(type).storageSize(sizes(type, gib));
    return switch (type) {
      case "gp3" ->
          builder
              .provisionedIops(range(DiskTypes.STRIPED_IOPS, DiskTypes.MOST_STRIPED_IOPS))
              .provisionedStorageThroughput(
                  range(DiskTypes.STRIPED_THROUGHPUT, DiskTypes.MOST_THROUGHPUT))
              .supportsStorageAutoscaling(true)
              .build();
      case "io1", "io2" ->
          builder
              .provisionedIops(range(DiskTypes.LEAST_IOPS, DiskTypes.MOST_IOPS))
              .iopsToStorageRatio(ratio(type))
              .supportsStorageAutoscaling(true)
              .build();
      default -> builder.supportsStorageAutoscaling(true).build();
    };
  }

  private static List<Range> sizes(String type, int gib) {
    if (gib < DiskTypes.smallest(type)) {
      return List.of(range(DiskTypes.smallest(type), DiskTypes.largest(type)));
    }
    return Stream.of(range(gib, gib), range(Disk.atLeastATenthMore(gib), DiskTypes.largest(type)))
        .filter(range -> range.from() <= range.to())
        .toList();
  }

  private static DoubleRange ratio(String type) {
    return DoubleRange.builder()
        .from(DiskTypes.LEAST_IOPS_PER_GIB)
        .to(DiskTypes.mostIopsPerGib(type))
        .build();
  }

  private static Range range(int from, int to) {
    return Range.builder().from(from).to(to).step(1).build();
  }
}
