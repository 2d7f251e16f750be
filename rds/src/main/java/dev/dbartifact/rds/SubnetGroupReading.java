package dev.dbartifact.rds;

import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.Tags;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;

/// Reads DB subnet groups out of the SDK's model.
final class SubnetGroupReading {
  private SubnetGroupReading() {}

  /// Without tags, which RDS tells elsewhere.
  static FoundSubnetGroup read(DBSubnetGroup group) {
    var zones = new TreeMap<SubnetId, String>(Comparator.comparing(SubnetId::value));
    group
        .subnets()
        .forEach(subnet ->
            zones.put(
                new SubnetId(subnet.subnetIdentifier()),
                subnet.subnetAvailabilityZone() == null
                    ? ""
                    : subnet.subnetAvailabilityZone().name()));
    return new FoundSubnetGroup(
        group.dbSubnetGroupName(),
        Optional.ofNullable(group.dbSubnetGroupArn()).orElse(""),
        Optional.ofNullable(group.vpcId()).orElse(""),
        zones,
        Tags.none());
  }
}
