package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeValidDbInstanceModificationsRequest;
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
        .filter(type -> Disk.largest(type) >= instance.allocatedStorage())
        .map(type -> Disk.options(type, instance.allocatedStorage()))
        .toList();
  }
}
