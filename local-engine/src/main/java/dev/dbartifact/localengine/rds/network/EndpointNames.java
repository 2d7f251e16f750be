package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.request.Home;
import java.util.Optional;

/// What endpoints are called. That is no matter of what is remembered, but of how the engine is
/// run: records hold addresses.
public sealed interface EndpointNames {

  /// By address unless chosen.
  static EndpointNames of(Optional<NamedEndpoints> choice, Home home) {
    return choice.isPresent()
        ? new LikeAws(choice.get().account(), home.region())
        : new ByAddress();
  }

  /// The endpoint that leads to the writer.
  String writer(Cluster cluster);

  /// The one that leads to the readers; null where there can be none.
  String readers(Cluster cluster);

  String custom(ClusterEndpoint endpoint);

  String instance(Instance instance, Cluster cluster);

  /// Nobody has to look an address up.
  record ByAddress() implements EndpointNames {

    @Override
    public String writer(Cluster cluster) {
      return cluster.address();
    }

    @Override
    public String readers(Cluster cluster) {
      return cluster.readerAddress();
    }

    @Override
    public String custom(ClusterEndpoint endpoint) {
      return endpoint.address();
    }

    @Override
    public String instance(Instance instance, Cluster cluster) {
      return instance.addressIn(cluster);
    }
  }

  /// Names as those of AWS: see "Amazon Aurora endpoint connections" in the Aurora User Guide, and
  /// "Connecting to an Amazon RDS DB instance" in the Amazon RDS User Guide. In China the Region
  /// stands after `rds`: see the patterns of `RdsUtils` in the AWS Advanced JDBC Driver.
  ///
  /// @param account see [NamedEndpoints]
  /// @param region such as `us-west-2`
  record LikeAws(String account, String region) implements EndpointNames {

    @Override
    public String writer(Cluster cluster) {
      return name(cluster.id(), "cluster-");
    }

    @Override
    public String readers(Cluster cluster) {
      return cluster.readerAddress() == null ? null : name(cluster.id(), "cluster-ro-");
    }

    @Override
    public String custom(ClusterEndpoint endpoint) {
      return name(endpoint.settings().dbClusterEndpointIdentifier(), "cluster-custom-");
    }

    @Override
    public String instance(Instance instance, Cluster cluster) {
      return name(instance.id(), "");
    }

    private String name(String id, String kind) {
      return "%s.%s%s.%s".formatted(id, kind, account, domain());
    }

    private String domain() {
      return region.startsWith("cn-")
          ? "rds.%s.amazonaws.com.cn".formatted(region)
          : "%s.rds.amazonaws.com".formatted(region);
    }
  }
}
