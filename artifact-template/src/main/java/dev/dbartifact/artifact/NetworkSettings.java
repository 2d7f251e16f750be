package dev.dbartifact.artifact;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where a cluster stands in the network. An absent value means "no wish" in a target.
///
/// @param subnetGroup the DB subnet group by name; a target with subnet ids but no group gets one
///   of its own
/// @param subnetIds the subnets, for a source those of its group
/// @param securityGroups VPC security groups, sorted; none means "no wish"
/// @param port the port of every instance
/// @param publiclyAccessible whether instances get a public address
public record NetworkSettings(
    Optional<String> subnetGroup,
    Optional<SubnetIds> subnetIds,
    List<SecurityGroupId> securityGroups,
    Optional<Port> port,
    Optional<Boolean> publiclyAccessible) {
  public NetworkSettings {
    securityGroups =
        securityGroups.stream()
            .sorted(Comparator.comparing(SecurityGroupId::value))
            .distinct()
            .toList();
  }

  /// The same, in another DB subnet group.
  public NetworkSettings withSubnetGroup(Optional<String> other) {
    return new NetworkSettings(other, subnetIds, securityGroups, port, publiclyAccessible);
  }

  /// The same, with the subnets told.
  public NetworkSettings withSubnetIds(Optional<SubnetIds> told) {
    return new NetworkSettings(subnetGroup, told, securityGroups, port, publiclyAccessible);
  }
}
