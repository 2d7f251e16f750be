package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to servers after an answer: they are started, stopped, and learn parameters.
public final class ServerWork {

  private static final Logger LOG = LoggerFactory.getLogger(ServerWork.class);

  private final Catalog catalog;
  private final Work work;
  private final Pacing pacing;
  private final Availability availability;
  private final StartParameters parameters;
  private final Members members;
  private final Serving serving;
  private final InstanceStates states;
  private final Followers followers;
  private final Certificates certificates;
  private final Reloading reloading;
  private final MasterPasswords passwords;
  private final Paused paused;
  private final Events events;

  private volatile Consumer<Instance> tried = _ -> {};

  public ServerWork(
      Catalog catalog,
      Work work,
      Pacing pacing,
      Availability availability,
      EffectiveParameters effective,
      Members members,
      Serving serving,
      InstanceStates states,
      Followers followers,
      Certificates certificates,
      MasterPasswords passwords,
      Paused paused,
      Events events) {
    this.catalog = catalog;
    this.work = work;
    this.pacing = pacing;
    this.availability = availability;
    this.parameters = new StartParameters(catalog, effective);
    this.members = members;
    this.serving = serving;
    this.states = states;
    this.followers = followers;
    this.certificates = certificates;
    this.reloading = new Reloading(catalog, work, effective, serving, certificates, events);
    this.passwords = passwords;
    this.paused = paused;
    this.events = events;
  }

  /// Tells of each instance whose server was started, or could not be, within the work on it.
  public void watch(Consumer<Instance> told) {
    tried = told;
  }

  /// Starts the server for the instance when the volume is there, with the parameters that it had.
  public void start(Instance instance) {
    begin(instance, () -> startNow(instance));
  }

  private Instant begin(Instance instance, HostStep step) {
    var volumes = volumes(instance);
    var end = pacing.begin(instance, InstanceStates.phase(instance));
    work.on(volumes, () -> serve(instance, step));
    return end;
  }

  /// What work on its server needs: a replica waits for what its source is at.
  List<StorageId> volumes(Instance instance) {
    return catalog
        .clusters
        .find(instance.storage())
        .map(Cluster::volumes)
        .orElseGet(() -> List.of(new StorageId(instance.storage())));
  }

  /// The same, with the parameters that its groups have now; see [StartParameters].
  ///
  /// @return when the instance may be available
  public Instant boot(Instance instance) {
    return begin(
        instance,
        () -> {
          stopOutdated(instance);
          comeBack(instance);
        });
  }

  /// A server that runs on after the end of an engine would keep the parameters that it has.
  private void stopOutdated(Instance instance) throws HostException {
    var cluster = catalog.clusters.find(instance.storage());
    var now = catalog.instances.find(instance.resourceId());
    if (cluster.isPresent()
        && now.isPresent()
        && serving.running(cluster.get(), now.get())
        && parameters.isBehind(now.get())) {
      serving.stop(cluster.get(), now.get());
    }
  }

  private void bootNow(Instance instance) throws HostException {
    parameters.takeAll(instance);
    startNow(instance);
  }

  /// Lets the running server take over the parameters that can change while it runs.
  ///
  /// @param before what it had until then
  public void reload(Instance instance, Map<String, String> before) {
    work.on(List.of(new StorageId(instance.storage())), () -> reloading.run(instance, before));
  }

  /// See [StartParameters#outgrown].
  public Optional<Instance> outgrown(Instance before, Instance after) {
    return parameters.outgrown(before, after);
  }

  /// Stops the server and starts it again, at the cluster's address and port of that time.
  ///
  /// @return when the instance may be available
  public Instant restart(Instance instance) {
    return again(instance, () -> comeBack(instance));
  }

  /// The same, also with values that it has refused.
  public void reboot(Instance instance) {
    again(instance, () -> bootNow(instance));
  }

  private Instant again(Instance instance, HostStep start) {
    return begin(
        instance,
        () -> {
          var cluster = catalog.clusters.find(instance.storage());
          if (cluster.isPresent()) {
            serving.stop(cluster.get(), instance);
            CrashPoint.SERVER_HALTED.reached();
          }
          start.run();
        });
  }

  /// Lets a server that was a replica's write.
  ///
  /// @param source what it followed
  void promote(Instance instance, StorageId source) {
    var volumes = List.of(source, new StorageId(instance.storage()));
    pacing.begin(instance, InstanceStates.phase(instance));
    work.on(
        volumes,
        () -> {
          if (serve(instance, () -> comeBack(instance))) {
            events.ofInstance(
                instance, "read replica", "Replication streaming has been terminated.");
          }
        });
  }

  /// Makes a cluster available when what its servers are to do is done, whether or not they could.
  public void makeAvailable(Cluster cluster, Instant end) {
    work.on(
        List.of(cluster.storageId()), () -> pacing.at(end, () -> availability.reached(cluster)));
  }

  private void startNow(Instance instance) throws HostException {
    var cluster = catalog.clusters.find(instance.storage());
    var now = catalog.instances.find(instance.resourceId());
    if (cluster.isPresent() && now.isPresent()) {
      CrashPoint.SERVER_UNSTARTED.reached();
      begin(cluster.get(), certificates.lasting(now.get()));
      CrashPoint.SERVER_STARTED.reached();
      if (reloading.isDue(now.get())) {
        // What an engine that was killed was about to apply, the server perhaps ran on without.
        reloading.run(now.get(), Map.of());
      }
      if (members.writes(instance)) {
        passwords.learnAtStart(cluster.get());
      }
    }
  }

  /// While it starts, whoever connects to one that was paused waits. One that does not start is not
  /// paused either.
  private void begin(Cluster cluster, Instance instance) throws HostException {
    try {
      serving.start(cluster, instance);
    } finally {
      if (members.writes(instance)) {
        paused.end(cluster);
      }
    }
  }

  private void comeBack(Instance instance) throws HostException {
    parameters.takeUnlessRefused(instance);
    startNow(instance);
  }

  /// Starts the server as the instance's role demands now, within the work on its cluster. Whether
  /// it runs; else the instance says why.
  public boolean serveNow(Instance instance) {
    return serve(instance, () -> comeBack(instance));
  }

  /// Whether the server of the instance runs, or is paused.
  public boolean isServed(Instance instance) {
    return catalog.clusters.find(instance.storage()).stream()
        .anyMatch(cluster -> paused.contains(cluster) || serving.running(cluster, instance));
  }

  /// Starts the server, which ended by itself, within the work on its cluster.
  ///
  /// @param revived is run when it is there
  void revive(Instance instance, Runnable revived) throws HostException {
    comeBack(instance);
    pacing.begin(instance, Phase.INSTANCE_REBOOTING);
    states.showRevived(instance);
    revived.run();
    states.settleLater(instance, () -> {});
    tried.accept(instance);
  }

  /// Stops the server of an instance that shows itself available all the while, within the work on
  /// its cluster.
  public void pause(Cluster cluster, Instance instance) throws HostException {
    serving.stop(cluster, instance);
  }

  /// Starts it again, with what its groups say now: see "What happens when auto-paused Aurora
  /// Serverless v2 instances resume" in the Aurora User Guide.
  public void resume(Instance instance) throws HostException {
    comeBack(instance);
    tried.accept(instance);
  }

  public void stopNow(Cluster cluster, Instance instance) throws HostException {
    stopNow(cluster, instance, () -> {}, () -> false);
  }

  /// The same, where the data may come to be thrown away meanwhile; see [Serving].
  void stopNow(Cluster cluster, Instance instance, Runnable closed, BooleanSupplier inVain)
      throws HostException {
    if (members.writes(instance)) {
      paused.end(cluster);
    }
    serving.stop(cluster, instance, closed, inVain);
  }

  private boolean serve(Instance instance, HostStep step) {
    try {
      return serves(instance, step);
    } finally {
      tried.accept(instance);
    }
  }

  private boolean serves(Instance instance, HostStep step) {
    try {
      step.run();
      states.showRevived(instance);
      states.settleLater(instance, CrashPoint.INSTANCE_AVAILABLE::reached);
      return true;
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Instance '%s' failed: %s".formatted(instance.id(), e.getMessage()));
        followers.notStarted(instance, e);
      }
      return false;
    }
  }
}
