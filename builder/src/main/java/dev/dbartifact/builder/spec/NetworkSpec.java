package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.SecurityGroupId;
import dev.dbartifact.artifact.SubnetIds;
import java.util.List;
import java.util.Optional;

/// Where a copy is to stand in the network.
public record NetworkSpec(
    Wish<SubnetIds> subnetIds,
    Wish<List<SecurityGroupId>> securityGroups,
    Wish<Port> port,
    Wish<Boolean> publiclyAccessible) {
  NetworkSettings resolve(NetworkSettings source) {
    return new NetworkSettings(
        // Subnets of one's own need a group of one's own, which the converger makes.
        subnetIds instanceof Wish.AsSource ? source.subnetGroup() : Optional.empty(),
        subnetIds.resolve(source.subnetIds()),
        securityGroups.resolve(Optional.of(source.securityGroups())).orElse(List.of()),
        port.resolve(source.port()),
        publiclyAccessible.resolve(source.publiclyAccessible()));
  }
}
