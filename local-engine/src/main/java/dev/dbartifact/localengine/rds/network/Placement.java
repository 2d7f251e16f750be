package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.CloneKind;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// Gives new clusters a volume and an address that nothing else has.
public final class Placement {

  private final Catalog catalog;
  private final Addresses addresses;
  private final int mostClusters;

  public Placement(Catalog catalog, Addresses addresses, int mostClusters) {
    this.catalog = catalog;
    this.addresses = addresses;
    this.mostClusters = mostClusters;
  }

  /// Whether there may be one more.
  private void requireRoom() {
    if (catalog.dbClusters().size() >= mostClusters) {
      throw RdsFault.CLUSTER_QUOTA_EXCEEDED.with(
          "The quota of %d DB clusters has been reached. (The local engine takes another one with"
              + " --max-clusters.)",
          mostClusters);
    }
  }

  /// Gives the cluster a volume's name and an address of its own.
  public Cluster place(DBCluster settings, String cloneOf, CloneKind kind) {
    requireRoom();
    var id = settings.dbClusterIdentifier();
    var taken = taken();
    var address = addresses.choose(id, settings.port(), taken, RdsFault.INVALID_VPC_NETWORK_STATE);
    taken.add(address);
    var readerAddress =
        addresses.choose(
            id + " reader", settings.port(), taken, RdsFault.INVALID_VPC_NETWORK_STATE);
    var reachable =
        settings.copy(builder -> builder.endpoint(address).readerEndpoint(readerAddress));
    return new Cluster(
        storage(settings),
        address,
        readerAddress,
        null,
        cloneOf,
        kind,
        null,
        null,
        null,
        reachable);
  }

  /// The same for the storage of a plain instance, unless there are too many servers.
  public Cluster placePlain(DBCluster settings, String cloneOf, CloneKind kind) {
    requireRoomForInstance();
    var name = "instance " + settings.dbClusterIdentifier();
    var address =
        addresses.choose(name, settings.port(), taken(), RdsFault.INVALID_VPC_NETWORK_STATE);
    return new Cluster(
        storage(settings), address, null, null, cloneOf, kind, null, null, null, settings);
  }

  private static String storage(DBCluster settings) {
    return settings.dbClusterResourceId().toLowerCase(Locale.ROOT);
  }

  /// An address of its own for an instance of this cluster, unless there are too many servers.
  public String place(String instanceId, Cluster cluster) {
    requireRoomForInstance();
    return addresses.choose(
        "instance " + instanceId,
        cluster.settings().port(),
        taken(),
        RdsFault.INVALID_VPC_NETWORK_STATE);
  }

  private void requireRoomForInstance() {
    if (catalog.instances.all().size() >= mostClusters) {
      throw RdsFault.INSTANCE_QUOTA_EXCEEDED.with(
          "DB Instance quota exceeded: there are %d. (The local engine takes more with"
              + " --max-clusters.)",
          mostClusters);
    }
  }

  /// The same for a custom endpoint.
  public String placeEndpoint(String endpointId, Cluster cluster) {
    return addresses.choose(
        "endpoint " + endpointId,
        cluster.settings().port(),
        taken(),
        RdsFault.CLUSTER_ENDPOINT_QUOTA_EXCEEDED);
  }

  private Set<String> taken() {
    return Stream.of(
            catalog.clusters.all().stream()
                .flatMap(each -> Stream.of(each.address(), String.valueOf(each.readerAddress()))),
            catalog.instances.all().stream().map(each -> String.valueOf(each.address())),
            catalog.clusterEndpoints.all().stream().map(ClusterEndpoint::address))
        .flatMap(each -> each)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
