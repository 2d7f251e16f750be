package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.network.Backstage;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.network.Hosts;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.server.Topology;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.Tls;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What the server of an instance is: that of the cluster's volume for the writer, and a copy that
/// follows it for a reader.
public final class Serving {

  private final DatabaseHost host;
  private final Members members;
  private final Hosts hosts;
  private final Endpoints endpoints;
  private final Topologies topologies;

  public Serving(DatabaseHost host, Members members, Hosts hosts, Endpoints endpoints) {
    this.host = host;
    this.members = members;
    this.hosts = hosts;
    this.endpoints = endpoints;
    this.topologies = new Topologies(members);
  }

  /// At each moment either the server listens where clients look for it, or the engine does.
  void start(Cluster cluster, Instance instance) throws HostException {
    if (!cluster.mayPause()) {
      endpoints.leave(cluster, instance);
    }
    begin(cluster, instance);
    if (cluster.mayPause()) {
      endpoints.listen(cluster);
    }
  }

  private void begin(Cluster cluster, Instance instance) throws HostException {
    if (cluster.replicates().isPresent()) {
      host.follow(
          cluster.replicates().get(),
          cluster.storageId(),
          listen(cluster, instance),
          parameters(cluster, instance));
    } else if (members.writes(instance)) {
      host.start(
          cluster.storageId(),
          listen(cluster, instance),
          parameters(cluster, instance),
          topologies.of(cluster, instance));
    } else {
      host.follow(
          cluster.storageId(),
          instance.readerVolume(),
          listen(cluster, instance),
          parameters(cluster, instance),
          topologies.of(cluster, instance));
    }
  }

  /// See [DatabaseHost#reload].
  Map<String, String> reload(Cluster cluster, Instance instance) throws HostException {
    return host.reload(
        volume(cluster, instance), listen(cluster, instance), parameters(cluster, instance));
  }

  /// Lets the server, which runs, show a certificate with all hosts that lead to it now.
  void certify(Cluster cluster, Instance instance) throws HostException {
    host.certify(volume(cluster, instance), identity(cluster, instance));
  }

  /// A plain instance can be followed where its backups are on. See "Configuring RDS for MySQL
  /// binary logging" in the Amazon RDS User Guide.
  private static Map<String, String> parameters(Cluster cluster, Instance instance) {
    var parameters = new HashMap<>(instance.applied());
    parameters.remove(EffectiveParameters.FORCE_SSL);
    if (cluster.isPlain()
        && Engine.of(cluster.settings().engine()).server() == ServerKind.MARIADB
        && instance.settings().backupRetentionPeriod() == 0) {
      parameters.put("log_bin", "0");
    }
    return parameters;
  }

  /// What the servers of a cluster are to tell, one after the other; none where they have not the
  /// functions of Aurora.
  List<Topology> topologies(Cluster cluster) {
    return members.of(cluster).stream()
        .flatMap(each -> topologies.of(cluster, each).stream())
        .toList();
  }

  /// Lets the servers of a cluster that run tell what it is like now.
  ///
  /// @throws HostException if some could not be told; all others were
  void tell(Cluster cluster) throws HostException {
    HostException failure = null;
    for (var instance : members.of(cluster)) {
      try {
        tell(cluster, instance);
      } catch (HostException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void tell(Cluster cluster, Instance instance) throws HostException {
    var topology = topologies.of(cluster, instance);
    if (topology.isPresent() && running(cluster, instance)) {
      host.tell(volume(cluster, instance), topology.get());
    }
  }

  void stop(Cluster cluster, Instance instance) throws HostException {
    stop(cluster, instance, () -> {}, () -> false);
  }

  /// A writer's volume stays; a reader's is only a copy.
  ///
  /// @param closed and `inVain`: see [DatabaseHost#stop(StorageId, Runnable, BooleanSupplier)]; a
  ///   reader ends at once
  void stop(Cluster cluster, Instance instance, Runnable closed, BooleanSupplier inVain)
      throws HostException {
    if (members.writes(instance)) {
      host.stop(cluster.storageId(), closed, inVain);
      // It was a reader, perhaps, and writes for lack of others: its writer went before it.
      host.discard(instance.readerVolume());
    } else {
      host.unfollow(cluster.storageId(), instance.readerVolume());
    }
  }

  /// See [DatabaseHost#endOfFollowing].
  Optional<String> endOfFollowing(Cluster cluster, Instance follower) throws HostException {
    return host.endOfFollowing(volume(cluster, follower));
  }

  public boolean running(Cluster cluster, Instance instance) {
    return host.running(volume(cluster, instance));
  }

  private StorageId volume(Cluster cluster, Instance instance) {
    return members.writes(instance) ? cluster.storageId() : instance.readerVolume();
  }

  /// Each at its own address, and the writer at the cluster's too; where the engine stands before
  /// it, at one that nobody knows.
  private Listen listen(Cluster cluster, Instance instance) {
    var own = instance.addressIn(cluster);
    var port = cluster.settings().port();
    var tls = new Tls(identity(cluster, instance), requiresTls(cluster, instance));
    if (cluster.mayPause()) {
      return new Listen(InetAddress.ofLiteral(Backstage.behind(own)), port, List.of(), tls);
    }
    var address = InetAddress.ofLiteral(own);
    return members.writes(instance)
        ? new Listen(InetAddress.ofLiteral(cluster.address()), port, List.of(address), tls)
        : new Listen(address, port, List.of(), tls);
  }

  /// Also the address behind, at which replicas come.
  private Identity identity(Cluster cluster, Instance instance) {
    var known = hosts.of(cluster, instance);
    var behind =
        cluster.mayPause()
            ? Stream.of(Backstage.behind(instance.addressIn(cluster)))
            : Stream.<String>of();
    return new Identity(
        Stream.concat(known.stream(), behind).toList(),
        instance.settings().certificateDetails().validTill());
  }

  private static boolean requiresTls(Cluster cluster, Instance instance) {
    var chosen = instance.applied().get(EffectiveParameters.FORCE_SSL);
    return chosen == null ? EngineVersion.of(cluster.settings()).requiresTls() : chosen.equals("1");
  }
}
