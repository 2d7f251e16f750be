package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.hosts.Host;
import dev.dbartifact.localengine.rds.network.Hosts;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Work;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Sees to it that the certificates of servers last, and name every host that leads to them.
public final class Certificates {

  private final Catalog catalog;
  private final Clock clock;
  private final Work work;
  private final Members members;
  private final Serving serving;
  private final Hosts hosts;

  /// What led to the servers of each cluster last, by its volume.
  private final Map<String, List<Host>> known = new ConcurrentHashMap<>();

  public Certificates(
      Catalog catalog, Clock clock, Work work, Members members, Serving serving, Hosts hosts) {
    this.catalog = catalog;
    this.clock = clock;
    this.work = work;
    this.members = members;
    this.serving = serving;
    this.hosts = hosts;
  }

  /// From now on servers get new certificates when they come to be asked for by other names.
  public void begin() {
    catalog.clusters.all().forEach(each -> known.put(each.storage(), hosts.of(each)));
    catalog.watch(storage ->
        catalog.clusters.find(storage).ifPresentOrElse(this::changed, () -> known.remove(storage)));
  }

  private void changed(Cluster cluster) {
    var now = hosts.of(cluster);
    var before = known.put(cluster.storage(), now);
    // What is added is in the certificates of new servers, or is waited for: see #renew.
    if (before != null && !now.containsAll(before)) {
      renew(cluster, () -> {});
    }
  }

  /// The instance with a certificate that lasts.
  Instance lasting(Instance instance) {
    UnaryOperator<Instance> renewed = now -> now.certified(clock.instant());
    return catalog
        .changing(() -> catalog.instances.update(instance.resourceId(), renewed))
        .orElseGet(() -> renewed.apply(instance));
  }

  /// Lets the servers of a cluster show certificates with all hosts that lead to them now.
  ///
  /// @param then is run when they do
  public void renew(Cluster cluster, Runnable then) {
    work.on(
        cluster.volumes(),
        () -> {
          catalog.clusters.find(cluster.storage()).ifPresent(this::renewNow);
          then.run();
        });
  }

  private void renewNow(Cluster cluster) {
    for (var instance : members.of(cluster)) {
      if (serving.running(cluster, instance)) {
        HostStep.tried(
            "renew the certificate of instance '" + instance.id() + "'",
            () -> serving.certify(cluster, lasting(instance)));
      }
    }
  }
}
