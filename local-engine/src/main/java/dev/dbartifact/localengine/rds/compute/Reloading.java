package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.HostStep;
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

  /// Of a group that has values which no server took.
  static final String FAILED = "failed-to-apply";

  private static final String APPLYING = "applying";
  private static final String IN_SYNC = "in-sync";

  private final Catalog catalog;
  private final EffectiveParameters effective;
  private final Serving serving;
  private final Certificates certificates;
  private final Events events;

  Reloading(
      Catalog catalog,
      EffectiveParameters effective,
      Serving serving,
      Certificates certificates,
      Events events) {
    this.catalog = catalog;
    this.effective = effective;
    this.serving = serving;
    this.certificates = certificates;
    this.events = events;
  }

  /// Whether the server has refused values of its groups, and nobody has mended them since.
  static boolean refused(Instance instance) {
    return instance.clusterParameterStatus().equals(FAILED) || ownIs(instance, FAILED);
  }

  /// Whether the server is being told, or was to be when an engine ended.
  static boolean isUnderWay(Instance instance) {
    return instance.clusterParameterStatus().equals(APPLYING) || ownIs(instance, APPLYING);
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

  private void run(Cluster cluster, Instance sent, Map<String, String> before) {
    var refused = new HashMap<String, String>();
    var failure =
        HostStep.failure(
            "change the parameters of instance '" + sent.id() + "'",
            () -> refused.putAll(serving.reload(cluster, certificates.lasting(sent))));
    failure.ifPresent(why -> tell(sent, "parameters", why));
    refused.forEach((name, why) ->
        tell(sent, "parameter %s to %s".formatted(name, sent.applied().get(name)), why));
    catalog.changing(() ->
        catalog.instances.settle(
            sent.resourceId(),
            now ->
                failure.isPresent()
                    ? ended(now, FAILED)
                    : taken(now, sent.applied(), refused.keySet(), before)));
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
      Instance now, Map<String, String> sent, Set<String> refused, Map<String, String> before) {
    var back =
        refused.stream()
            .filter(name -> Objects.equals(now.applied().get(name), sent.get(name)))
            .collect(Collectors.toSet());
    var told = now.applied().equals(sent) ? ended(now, IN_SYNC) : now;
    return blamed(told, back).applying(restored(now.applied(), back, before));
  }

  private static Map<String, String> restored(
      Map<String, String> applied, Set<String> names, Map<String, String> before) {
    var restored = new HashMap<>(applied);
    restored.keySet().removeAll(names);
    names.stream()
        .filter(before::containsKey)
        .forEach(name -> restored.put(name, before.get(name)));
    return restored;
  }

  /// The group whose values these are reads that they were not taken.
  private Instance blamed(Instance instance, Set<String> refused) {
    var ofCluster = new HashSet<>(effective.ofCluster(instance).keySet());
    ofCluster.removeAll(effective.ofOwn(instance).keySet());
    var own = ofCluster.containsAll(refused) ? instance : instance.ownParameters(FAILED);
    return Collections.disjoint(ofCluster, refused) ? own : own.clusterParameters(FAILED);
  }

  private static Instance ended(Instance instance, String status) {
    var own = ownIs(instance, APPLYING) ? instance.ownParameters(status) : instance;
    return instance.clusterParameterStatus().equals(APPLYING) ? own.clusterParameters(status) : own;
  }
}
