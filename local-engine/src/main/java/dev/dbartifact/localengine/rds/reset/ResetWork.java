package dev.dbartifact.localengine.rds.reset;

import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.rds.compute.MasterPasswords;
import dev.dbartifact.localengine.rds.compute.Revival;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.compute.Serving;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.storage.Histories;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a reset does, in the background: the password that clients know is remembered, the volume
/// is replaced by a copy of what it was made from, and the servers are started on that.
///
/// Meanwhile cluster and instances are `backtracking`: of the states of AWS, that of a cluster
/// whose data go back to what they were before, in place, and whose sessions are ended for it. See
/// "Backtracking an Aurora DB cluster" in the Aurora User Guide.
public final class ResetWork {

  private static final Logger LOG = LoggerFactory.getLogger(ResetWork.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final Pacing pacing;
  private final Availability availability;
  private final Members members;
  private final Serving serving;
  private final ServerWork servers;
  private final Revival revival;
  private final MasterPasswords passwords;
  private final Histories histories;
  private final Events events;

  public ResetWork(
      Catalog catalog,
      DatabaseHost host,
      Work work,
      Pacing pacing,
      Availability availability,
      Members members,
      Serving serving,
      ServerWork servers,
      Revival revival,
      MasterPasswords passwords,
      Histories histories,
      Events events) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.availability = availability;
    this.members = members;
    this.serving = serving;
    this.servers = servers;
    this.revival = revival;
    this.passwords = passwords;
    this.histories = histories;
    this.events = events;
  }

  /// Begins, within a change of the catalog.
  ///
  /// @param plan one without a problem
  /// @return when it is over
  CompletableFuture<ResetOutcome> begin(ResetPlan plan) {
    var cluster = plan.cluster();
    show(plan);
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_BACKTRACKING);
    var over = new CompletableFuture<ResetOutcome>();
    var stages = Stages.of("The reset of " + cluster.storage());
    work.on(
        List.of(plan.origin(), cluster.storageId()),
        () -> {
          stages.done("waiting for other work");
          try {
            run(plan, end, stages, over);
          } catch (RuntimeException e) {
            // Whoever asked for it waits for an answer.
            over.complete(ResetOutcome.failed(e.getMessage()));
            throw e;
          }
        });
    return over;
  }

  private void run(
      ResetPlan plan, Instant end, Stages stages, CompletableFuture<ResetOutcome> over) {
    var outcome = replace(plan);
    stages.done("replacement");
    if (outcome.isFailed() && work.closing()) {
      // Cut short: the next start finds it as it was, or reset.
      return;
    }
    var dead = serveAll(plan, outcome.isFailed());
    stages.done("servers").end();
    pacing.at(
        end,
        () -> {
          try {
            availability.reached(plan.cluster());
          } finally {
            over.complete(outcome.or(dead));
          }
        });
  }

  /// For those who read only: an engine that starts again knows nothing of it.
  private void show(ResetPlan plan) {
    catalog.clusters.show(
        plan.cluster().storage(), now -> now.with(b -> b.status(Status.BACKTRACKING)));
    plan.members()
        .forEach(each ->
            catalog.instances.show(
                each.resourceId(), now -> now.with(b -> b.dbInstanceStatus(Status.BACKTRACKING))));
  }

  /// Where it fails, the cluster has the data that it had, as a rule.
  private ResetOutcome replace(ResetPlan plan) {
    var cluster = plan.cluster();
    var lost = new AtomicReference<String>();
    try {
      requireBacktracking(cluster);
      host.replace(
          plan.origin(),
          cluster.storageId(),
          members.readers(cluster).stream().map(Instance::readerVolume).toList(),
          cluster.cloneKind(),
          () -> keepPassword(plan, lost::set));
      histories.beginAnew(cluster);
      events.ofCluster(cluster, "restoration", "Reset to " + plan.originInWords());
      return ResetOutcome.done(Optional.ofNullable(lost.get()));
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Could not reset {} '{}': {}", cluster.noun(), cluster.id(), e.getMessage());
        events.ofCluster(cluster, "failure", "It could not be reset. " + e.getMessage());
      }
      return ResetOutcome.failed(e.getMessage());
    }
  }

  /// A password that cannot be read is not worth the reset: a clone whose server does not start,
  /// for its data or for lack of room, is one that needs it.
  ///
  /// @param lost is told what to say of it then
  /// @return remembers it
  private Runnable keepPassword(ResetPlan plan, Consumer<String> lost) throws HostException {
    var cluster = plan.cluster();
    try {
      return passwords.keep(cluster);
    } catch (HostException e) {
      if (work.closing()) {
        // Then nobody could read it.
        throw e;
      }
      var why =
          "The master password of '%s' is that of %s now, since its own could not be read: %s. Set one with %s"
              .formatted(cluster.id(), plan.originInWords(), e.getMessage(), plan.newPassword());
      LOG.warn("{}", why);
      lost.accept(why);
      return () -> {};
    }
  }

  /// It may have been deleted since this was asked for.
  private void requireBacktracking(Cluster cluster) throws HostException {
    var now = catalog.clusters.find(cluster.storage());
    if (now.filter(each -> each.is(Status.BACKTRACKING)).isEmpty()) {
      throw new HostException("It is %s by now".formatted(now.map(Cluster::status).orElse("gone")));
    }
  }

  /// Starts what does not run, the writer first.
  ///
  /// @param failed whether they have the data that they had
  /// @return what went wrong, if anything did
  private Optional<String> serveAll(ResetPlan plan, boolean failed) {
    var cluster = catalog.clusters.find(plan.cluster().storage());
    if (cluster.isEmpty()) {
      return Optional.empty();
    }
    var all = members.of(cluster.get());
    var problem = all.isEmpty() ? learn(cluster.get()) : Optional.<String>empty();
    for (var instance : all) {
      if (serving.running(cluster.get(), instance)) {
        problem = problem.or(() -> goOn(plan, instance));
      } else if (failed && plan.waitedForRoom(instance)) {
        showAsBefore(plan, instance);
        revival.waitOn(instance);
      } else if (!servers.serveNow(instance)) {
        problem =
            problem.or(() ->
                Optional.of(
                    "The server of '%s' did not start; 'db-artifact-local status' says why"
                        .formatted(instance.id())));
      }
    }
    return problem;
  }

  /// Nothing has happened to this one.
  private Optional<String> goOn(ResetPlan plan, Instance instance) {
    showAsBefore(plan, instance);
    return members.writes(instance) ? learn(plan.cluster()) : Optional.empty();
  }

  private void showAsBefore(ResetPlan plan, Instance instance) {
    plan.members().stream()
        .filter(before -> before.resourceId().equals(instance.resourceId()))
        .forEach(before ->
            catalog.changing(() ->
                catalog.instances.show(
                    instance.resourceId(),
                    now -> now.is(Status.BACKTRACKING) ? asBefore(now, before) : now)));
  }

  private static Instance asBefore(Instance now, Instance before) {
    return now.with(b -> b.dbInstanceStatus(before.settings().dbInstanceStatus()));
  }

  private Optional<String> learn(Cluster cluster) {
    try {
      passwords.learn(cluster);
      return Optional.empty();
    } catch (HostException e) {
      LOG.warn("The master password of '{}' is not changed yet: {}", cluster.id(), e.getMessage());
      return Optional.of(e.getMessage());
    }
  }
}
