package dev.dbartifact.builder;

import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.rds.AwsConnection;
import dev.dbartifact.rds.AwsSettings;
import java.util.Map;

/// The clusters of one account and region. A connection is only opened when a cluster is read, so
/// that what is wrong with the configuration is told before what is wrong with the connection.
record AwsSource(AwsSettings settings) implements Source {
  @Override
  public SourceCluster inspect(String idOrArn) {
    try (var connection = AwsConnection.open(settings)) {
      return connection.sourceInspector().inspect(idOrArn);
    }
  }

  @Override
  public Map<SubnetId, String> zonesOf(SubnetIds subnets) {
    try (var connection = AwsConnection.open(settings)) {
      return connection.sourceInspector().zonesOf(subnets);
    }
  }
}
