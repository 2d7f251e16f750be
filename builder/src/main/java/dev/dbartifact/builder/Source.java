package dev.dbartifact.builder;

import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import java.util.Map;

/// Where source clusters are read. Nothing is changed there.
interface Source {
  /// @throws dev.dbartifact.rds.AwsException if there is no such cluster, or it cannot be copied
  SourceCluster inspect(String idOrArn);

  /// The availability zones of subnets, as far as they can be told.
  Map<SubnetId, String> zonesOf(SubnetIds subnets);
}
