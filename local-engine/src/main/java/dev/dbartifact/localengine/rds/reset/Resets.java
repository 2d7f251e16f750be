package dev.dbartifact.localengine.rds.reset;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.report.ResetReport;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Brings clones back to what they were made from.
public final class Resets implements AutoCloseable {

  private static final String STOPPING =
      "the engine stops; when it starts again, it is as it was, or reset";

  private final Catalog catalog;
  private final Members members;
  private final ResetWork work;
  private final Set<CompletableFuture<ResetOutcome>> awaited = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public Resets(Catalog catalog, Members members, ResetWork work) {
    this.catalog = catalog;
    this.members = members;
    this.work = work;
  }

  private record Begun(ResetPlan plan, CompletableFuture<ResetOutcome> done) {

    ResetReport report() {
      var outcome = done.join();
      return new ResetReport(
          plan.cluster().id(),
          plan.originInWords(),
          outcome.problem().orElse(null),
          outcome.warning().orElse(null));
    }
  }

  /// Resets all of these, or none if one cannot be. Returns when they take logins again.
  ///
  /// @param names of DB clusters and plain instances; of the cluster where both have the name
  public List<ResetReport> run(List<String> names) {
    var begun = catalog.changing(() -> begin(plans(names)));
    try {
      return begun.stream().map(Begun::report).toList();
    } finally {
      begun.forEach(each -> awaited.remove(each.done()));
    }
  }

  private List<ResetPlan> plans(List<String> names) {
    var plans = new ArrayList<ResetPlan>();
    var problems = new ArrayList<String>();
    for (var name : names.stream().map(each -> each.toLowerCase(Locale.ROOT)).distinct().toList()) {
      var plan = find(name).map(this::plan);
      plan.ifPresent(plans::add);
      plan.map(ResetPlan::problem)
          .orElseGet(() -> Optional.of("There is no cluster '%s'.".formatted(name)))
          .ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw RdsFault.INVALID_CLUSTER_STATE.with("%s", String.join("\n", problems));
    }
    return plans;
  }

  private Optional<Cluster> find(String name) {
    return catalog
        .cluster(name)
        .or(() ->
            catalog.clusters.all().stream().filter(each -> each.id().equals(name)).findFirst());
  }

  private ResetPlan plan(Cluster cluster) {
    return new ResetPlan(
        cluster,
        members.of(cluster),
        Optional.ofNullable(cluster.cloneOf()).flatMap(catalog.clusters::find),
        Optional.ofNullable(cluster.cloneOf()).flatMap(catalog.snapshots::find),
        catalog.replicasOf(cluster));
  }

  /// A source before its clones.
  private List<Begun> begin(List<ResetPlan> plans) {
    var begun =
        plans.stream()
            .sorted(Comparator.comparingInt(plan -> generation(plan.cluster())))
            .map(plan -> new Begun(plan, work.begin(plan)))
            .toList();
    begun.forEach(each -> awaited.add(each.done()));
    if (closed) {
      close();
    }
    return begun;
  }

  private int generation(Cluster cluster) {
    var generation = 0;
    for (var at = Optional.of(cluster);
        at.isPresent();
        at = at.map(Cluster::cloneOf).filter(Objects::nonNull).flatMap(catalog.clusters::find)) {
      generation++;
    }
    return generation;
  }

  /// Nobody waits for a reset any longer.
  @Override
  public void close() {
    closed = true;
    awaited.forEach(each -> each.complete(ResetOutcome.failed(STOPPING)));
  }
}
