package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.relay.Relay;
import dev.dbartifact.localengine.relay.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The endpoints at which the engine itself listens, and passes connections on. Those that lead to
/// one of several servers give each connection to the next one: see "Amazon Aurora endpoint
/// connections" in the Aurora User Guide. Where servers may come to be paused, it is all endpoints
/// of the cluster.
public final class Endpoints implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  private final Catalog catalog;
  private final Members members;

  /// By the cluster's volume, or the resource id of a custom endpoint or of an instance.
  private final Map<String, Open> open = new HashMap<>();

  /// Those that could not be listened at, by the same keys.
  private final Map<String, Closed> closed = new HashMap<>();

  private final AtomicInteger turn = new AtomicInteger();
  private final Duration pause;
  private boolean isToTryAgain;
  private volatile Visits visits = Visits.UNNOTICED;
  private final ScheduledThreadPoolExecutor retries =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("endpoints").factory());

  /// @param pause between two attempts at an address that cannot be listened at
  public Endpoints(Catalog catalog, Members members, Duration pause) {
    this.catalog = catalog;
    this.members = members;
    this.pause = pause;
  }

  /// Tells this one of connections from now on.
  public void attend(Visits told) {
    visits = told;
  }

  private record Open(String storage, InetSocketAddress address, Relay relay) {}

  private record Closed(
      String storage,
      InetSocketAddress address,
      Function<Cluster, List<Instance>> leadsTo,
      String reason) {}

  /// Answers for this cluster from now on, at the port that it has now.
  public synchronized void listen(Cluster cluster) {
    if (cluster.readerAddress() != null) {
      listen(cluster, cluster.storage(), cluster.readerAddress(), this::readers);
    }
    for (var custom : catalog.endpointsOf(cluster)) {
      listen(cluster, custom.resourceId(), custom.address(), now -> chosen(custom, now));
    }
    if (cluster.mayPause()) {
      listen(cluster, writerKey(cluster), cluster.address(), this::writer);
      catalog.instancesOf(cluster).stream()
          .filter(each -> !each.addressIn(cluster).equals(cluster.address()))
          .forEach(each ->
              listen(cluster, each.resourceId(), each.addressIn(cluster), _ -> List.of(each)));
    }
  }

  private static String writerKey(Cluster cluster) {
    return cluster.storage() + "/writer";
  }

  /// Leaves the addresses of this instance, and the cluster's own, to the server that is to listen
  /// there.
  public synchronized void leave(Cluster cluster, Instance instance) {
    close(writerKey(cluster));
    close(instance.resourceId());
  }

  private List<Instance> writer(Cluster cluster) {
    return members.writer(cluster).map(List::of).orElse(List.of());
  }

  private void listen(
      Cluster cluster, String key, String address, Function<Cluster, List<Instance>> leadsTo) {
    var socket = socket(address, cluster);
    var former = open.get(key);
    if (former != null && former.address().equals(socket)) {
      return;
    }
    close(key);
    var wanted = new Closed(cluster.storage(), socket, leadsTo, "");
    try {
      open(key, wanted);
    } catch (IOException e) {
      LOG.warn(
          "The endpoint {} of cluster '{}' does not answer: {}. It is tried again every {} s",
          socket,
          cluster.id(),
          e.getMessage(),
          pause.toSeconds());
      closed.put(key, new Closed(wanted.storage(), socket, leadsTo, e.getMessage()));
      tryAgainLater();
    }
  }

  private void open(String key, Closed wanted) throws IOException {
    var relay = Relay.open(wanted.address(), () -> way(wanted.storage(), wanted.leadsTo()));
    open.put(key, new Open(wanted.storage(), wanted.address(), relay));
  }

  /// One attempt is for all of them.
  private void tryAgainLater() {
    if (!isToTryAgain) {
      isToTryAgain = true;
      retries.schedule(this::tryAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void tryAgain() {
    isToTryAgain = false;
    for (var key : List.copyOf(closed.keySet())) {
      var wanted = closed.get(key);
      try {
        open(key, wanted);
        closed.remove(key);
        LOG.info("The endpoint {} answers now", wanted.address());
      } catch (IOException e) {
        LOG.debug("The endpoint {} still does not answer: {}", wanted.address(), e.getMessage());
      }
    }
    if (!closed.isEmpty()) {
      tryAgainLater();
    }
  }

  /// How many attempts are to come.
  int retriesToCome() {
    return retries.getQueue().size();
  }

  /// What is wrong with the endpoints of this cluster, a sentence for each.
  public synchronized List<String> problems(Cluster cluster) {
    return closed.values().stream()
        .filter(each -> each.storage().equals(cluster.storage()))
        .map(each ->
            "The endpoint %s:%d does not answer: %s. What listens there must end; it is tried again every %d s."
                .formatted(
                    each.address().getAddress().getHostAddress(),
                    each.address().getPort(),
                    each.reason(),
                    pause.toSeconds()))
        .sorted()
        .toList();
  }

  private Way way(String storage, Function<Cluster, List<Instance>> leadsTo) {
    var cluster = catalog.clusters.find(storage);
    if (cluster.isEmpty()) {
      return Way.to(List.of());
    }
    var over = visits.enter(cluster.get());
    try {
      // Who connects may have had to wait, and the cluster is another by now.
      var now = catalog.clusters.find(storage);
      return new Way(now.map(each -> targets(each, leadsTo)).orElse(List.of()), over);
    } catch (RuntimeException e) {
      over.run();
      throw e;
    }
  }

  private List<InetSocketAddress> targets(
      Cluster cluster, Function<Cluster, List<Instance>> leadsTo) {
    return inTurn(leadsTo.apply(cluster)).stream().map(each -> server(each, cluster)).toList();
  }

  /// Where the server of an instance listens.
  private static InetSocketAddress server(Instance instance, Cluster cluster) {
    var known = instance.addressIn(cluster);
    return socket(cluster.mayPause() ? Backstage.behind(known) : known, cluster);
  }

  private List<Instance> inTurn(List<Instance> instances) {
    if (instances.size() < 2) {
      return instances;
    }
    var rotated = new ArrayList<>(instances);
    Collections.rotate(rotated, turn.getAndIncrement());
    return rotated;
  }

  /// Or the writer, while there is no reader that answers.
  private List<Instance> readers(Cluster cluster) {
    var readers = members.readers(cluster).stream().filter(Instance::serves).toList();
    return readers.isEmpty() ? members.writer(cluster).map(List::of).orElse(List.of()) : readers;
  }

  private List<Instance> chosen(ClusterEndpoint custom, Cluster cluster) {
    var all = members.of(cluster);
    var now = catalog.clusterEndpoints.find(custom.resourceId()).orElse(custom);
    return all.stream()
        .filter(Instance::serves)
        .filter(each -> now.admits(each, each == all.getFirst()))
        .toList();
  }

  private static InetSocketAddress socket(String address, Cluster cluster) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), cluster.settings().port());
  }

  /// Answers for this cluster no more.
  public synchronized void close(Cluster cluster) {
    var storage = cluster.storage();
    closed.values().removeIf(each -> each.storage().equals(storage));
    keysOf(storage).forEach(this::close);
  }

  private List<String> keysOf(String storage) {
    return open.entrySet().stream()
        .filter(each -> each.getValue().storage().equals(storage))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The same for one custom endpoint, or for one instance.
  public synchronized void close(String key) {
    closed.remove(key);
    var endpoint = open.remove(key);
    if (endpoint != null) {
      close(endpoint);
    }
  }

  private static void close(Open endpoint) {
    try {
      endpoint.relay().close();
    } catch (IOException e) {
      LOG.warn("Could not close the endpoint {}: {}", endpoint.address(), e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    retries.shutdownNow();
    closed.clear();
    open.values().forEach(Endpoints::close);
    open.clear();
  }
}
