package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.server.AddressRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The parts of this package, put together.
public final class NetworkParts implements AutoCloseable {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS = List.of(SubnetGroupActions.class);

  /// Between two attempts at the address of an endpoint that something else listens at.
  private static final Duration ENDPOINT_PAUSE = Duration.ofSeconds(2);

  public final EndpointNames names;
  public final Hosts hosts;
  public final Endpoints endpoints;
  public final Placement placement;
  public final SubnetGroups subnetGroups;
  public final List<RdsActions> actions;
  private final Optional<HostsUpkeep> hostsUpkeep;

  /// @param memory the folder where addresses are remembered
  /// @param addresses that clusters get
  /// @param named how endpoints are called where not by their addresses
  /// @param mostClusters how many clusters there may be
  public NetworkParts(
      RecordParts records,
      Path memory,
      AddressRange addresses,
      Optional<NamedEndpoints> named,
      int mostClusters) {
    var catalog = records.catalog;
    names = EndpointNames.of(named, records.home);
    hosts = new Hosts(catalog, names);
    hostsUpkeep = named.map(choice -> new HostsUpkeep(catalog, hosts, choice));
    endpoints = new Endpoints(catalog, records.members, ENDPOINT_PAUSE);
    placement = new Placement(catalog, new Addresses(memory, addresses), mostClusters);
    subnetGroups = new SubnetGroups(catalog, records.home);
    actions = List.of(new SubnetGroupActions(subnetGroups));
  }

  /// @throws IOException that names the hosts file, if the names of endpoints cannot be written to
  ///   it
  public void begin() throws IOException {
    if (hostsUpkeep.isPresent()) {
      hostsUpkeep.get().begin();
    }
    subnetGroups.makeDefault();
  }

  @Override
  public void close() {
    endpoints.close();
    hostsUpkeep.ifPresent(HostsUpkeep::close);
  }
}
