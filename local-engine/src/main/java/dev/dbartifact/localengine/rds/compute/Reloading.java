package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Work;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Lets servers that run take over parameters, and says what has become of that: see
/// `ParameterApplyStatus` of DBParameterGroupStatus in the API Reference.
final class Reloading {

  private final Catalog catalog;
  private final Work work;
  private final EffectiveParameters effective;
  private final Serving serving;
  private final Certificates certificates;
  private final Events events;
  private final FormerValues former = new FormerValues();

  Reloading(
      Catalog catalog,
      Work work,
      EffectiveParameters effective,
      Serving serving,
      Certificates certificates,
      Events events) {
    this.catalog = catalog;
    this.work = work;
    this.effective = effective;
    this.serving = serving;
    this.certificates = certificates;
    this.events = events;
  }

  /// Whether the server has refused values of its groups, and nobody has mended them since.
  static boolean refused(Instance instance) {
    return instance.clusterParameterStatus().equals(ApplyStatus.FAILED)
        || ownIs(instance, ApplyStatus.FAILED);
  }

  /// Whether the server was to be told when an engine ended, or could not be, and has refused
  /// nothing: then it is to have all that its groups say.
  boolean isDue(Instance instance) {
    return instance.clusterParameterStatus().equals(ApplyStatus.APPLYING)
        || ownIs(instance, ApplyStatus.APPLYING)
        || refused(instance) && instance.applied().equals(effective.of(instance));
  }

  private static boolean ownIs(Instance instance, String status) {
    return instance.settings().dbParameterGroups().stream()
        .anyMatch(group -> status.equals(group.parameterApplyStatus()));
  }

  /// Lets the server take over what the instance is said to have applied, if it runs, within the
  /// work on its cluster.
  ///
  /// @param before what it had until then, as far as that is known
  void run(Instance instance, Map<String, String> before) {
    var now = catalog.instances.find(instance.resourceId());
    var cluster = catalog.clusters.find(instance.storage());
    if (now.isPresent() && cluster.isPresent() && serving.running(cluster.get(), now.get())) {
      run(cluster.get(), now.get(), before);
    }
  }

  /// What an engine that ends has cut short, the next one finds as it is.
  private void run(Cluster cluster, Instance sent, Map<String, String> before) {
    var had = former.take(sent, before);
    var refused = new HashMap<String, String>();
    var failure =
        HostStep.failure(
            "change the parameters of instance '" + sent.id() + "'",
            () -> refused.putAll(serving.reload(cluster, certificates.lasting(sent))));
    if (failure.isPresent() && work.closing()) {
      return;
    }
    failure.ifPresent(why -> tell(sent, "parameters", why));
    refused.forEach((name, why) ->
        tell(
            sent,
            "parameter %s to %s".formatted(name, sent.applied().getOrDefault(name, "its default")),
            why));
    catalog.changing(() ->
        catalog.instances.settle(
            sent.resourceId(),
            now ->
                failure.isPresent()
                    ? replaced(now, ApplyStatus.APPLYING, ApplyStatus.FAILED)
                    : taken(now, sent.applied(), refused.keySet(), had)));
    if (!refused.isEmpty()) {
      forget(cluster, sent);
    }
  }

  /// RDS has no event of its own for that; the words are those of a password that was not taken.
  private void tell(Instance instance, String what, String why) {
    events.ofInstance(
        instance,
        "configuration change",
        "Unable to apply %s. Error information: %s.".formatted(what, why));
  }

  /// Lets the files of the server say what it has, so that it can start with them.
  private void forget(Cluster cluster, Instance sent) {
    HostStep.tried(
        "put back the parameters of instance '" + sent.id() + "'",
        () -> {
          var now = catalog.instances.find(sent.resourceId());
          if (now.isPresent()) {
            serving.reload(cluster, now.get());
          }
        });
  }

  /// Who is to have what a server refused has what it had before. What has been changed since is
  /// yet to be told to the server.
  private Instance taken(
      Instance now, Map<String, String> sent, Set<String> refused, Map<String, String> had) {
    var back =
        refused.stream()
            .filter(name -> Objects.equals(now.applied().get(name), sent.get(name)))
            .collect(Collectors.toSet());
    var changed = new HashSet<>(refused);
    changed.removeAll(back);
    former.keep(now, changed, had);
    return blamed(now, told(now, sent), back).applying(restored(now.applied(), back, had));
  }

  /// One that has what all groups say has also what it could not be told before.
  private Instance told(Instance now, Map<String, String> sent) {
    if (!now.applied().equals(sent)) {
      return now;
    }
    var told = replaced(now, ApplyStatus.APPLYING, ApplyStatus.IN_SYNC);
    return effective.of(now).equals(sent)
        ? replaced(told, ApplyStatus.FAILED, ApplyStatus.IN_SYNC)
        : told;
  }

  private static Map<String, String> restored(
      Map<String, String> applied, Set<String> names, Map<String, String> had) {
    var restored = new HashMap<>(applied);
    restored.keySet().removeAll(names);
    names.stream().filter(had::containsKey).forEach(name -> restored.put(name, had.get(name)));
    return restored;
  }

  /// The group whose values these are reads that they were not taken; that of what no group says
  /// any more is the one that was being changed.
  ///
  /// @param told the same instance, with the statuses of groups that were taken
  private Instance blamed(Instance now, Instance told, Set<String> refused) {
    var own = effective.ofOwn(now).keySet();
    var ofCluster = new HashSet<>(effective.ofCluster(now).keySet());
    ofCluster.removeAll(own);
    var reset = refused.stream().anyMatch(name -> !own.contains(name) && !ofCluster.contains(name));
    var byCluster = reset && now.clusterParameterStatus().equals(ApplyStatus.APPLYING);
    var blamesOwn = !Collections.disjoint(own, refused) || reset && !byCluster;
    var blamesCluster = !Collections.disjoint(ofCluster, refused) || byCluster;
    var blamed = blamesOwn ? told.ownParameters(ApplyStatus.FAILED) : told;
    return blamesCluster ? blamed.clusterParameters(ApplyStatus.FAILED) : blamed;
  }

  /// With another status of the groups that have this one.
  private static Instance replaced(Instance instance, String status, String other) {
    var own = ownIs(instance, status) ? instance.ownParameters(other) : instance;
    return instance.clusterParameterStatus().equals(status) ? own.clusterParameters(other) : own;
  }
}
