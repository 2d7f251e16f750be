package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.hosts.Host;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The addresses and names of all endpoints: the one place that knows both.
public final class Hosts {

  private final Catalog catalog;
  private final EndpointNames names;

  public Hosts(Catalog catalog, EndpointNames names) {
    this.catalog = catalog;
    this.names = names;
  }

  /// Every endpoint of everything, clusters and plain instances, by name.
  public List<Host> all() {
    return catalog.clusters.all().stream().flatMap(cluster -> of(cluster).stream()).toList();
  }

  /// Every endpoint through which clients get to the servers of this cluster, or of this plain
  /// instance: any of its servers may come to write, and answer at all of them.
  public List<Host> of(Cluster cluster) {
    var instances = catalog.instancesOf(cluster).stream().map(each -> host(each, cluster));
    var all = cluster.isPlain() ? instances : Stream.concat(ofCluster(cluster), instances);
    return all.distinct().sorted(Comparator.comparing(Host::name)).toList();
  }

  /// The addresses and names at which clients ask for one server: its own, and those of all
  /// endpoints of its cluster. What is said to those is passed on as it is, so that whichever
  /// server they lead to answers for them, and a reader that writes tomorrow need not be told. The
  /// first is the one by which it is known.
  public List<String> of(Cluster cluster, Instance instance) {
    var own = Stream.of(host(instance, cluster));
    var all = cluster.isPlain() ? own : Stream.concat(ofCluster(cluster), own);
    return all.flatMap(each -> Stream.of(each.name(), each.address())).distinct().toList();
  }

  private Stream<Host> ofCluster(Cluster cluster) {
    var writer = new Host(cluster.address(), names.writer(cluster));
    var readers =
        Stream.ofNullable(cluster.readerAddress())
            .map(address -> new Host(address, names.readers(cluster)));
    var custom =
        catalog.endpointsOf(cluster).stream()
            .map(each -> new Host(each.address(), names.custom(each)));
    return Stream.concat(Stream.of(writer), Stream.concat(readers, custom));
  }

  private Host host(Instance instance, Cluster cluster) {
    return new Host(instance.addressIn(cluster), names.instance(instance, cluster));
  }

  /// Where an endpoint leads, which may be an address itself.
  public String address(String endpoint) {
    return all().stream()
        .filter(host -> host.name().equals(endpoint))
        .map(Host::address)
        .findFirst()
        .orElse(endpoint);
  }
}
