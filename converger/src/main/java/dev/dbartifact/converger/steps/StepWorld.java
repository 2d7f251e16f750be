package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.ErrorMeaning;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.ModifyCluster;
import dev.dbartifact.rds.ModifyInstance;
import dev.dbartifact.rds.Observation;
import dev.dbartifact.rds.SettingField;
import dev.dbartifact.rds.StatusClass;
import dev.dbartifact.rds.Waiting;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The world that steps act on.
///
/// @param password absent only when no step of the plan needs it
/// @param notices hears what people should know beside the states of what is waited for
/// @param accepted is run by a step whose request has been accepted, for those that follow it
public record StepWorld(
    Clusters clusters,
    Waiting waiting,
    Optional<Secret> password,
    Database database,
    Consumer<String> notices,
    Runnable accepted) {
  public StepWorld(
      Clusters clusters,
      Waiting waiting,
      Optional<Secret> password,
      Database database,
      Consumer<String> notices) {
    this(clusters, waiting, password, database, notices, () -> {});
  }

  /// The world of one step.
  public StepWorld accepting(Runnable told) {
    return new StepWorld(clusters, waiting, password, database, notices, told);
  }

  Secret masterPassword() {
    return password.orElseThrow(() -> new IllegalStateException("a step without its password"));
  }

  /// Sends a request, and again while too much is asked, or while the state of things does not
  /// allow it and may still do so.
  ///
  /// @param cluster the target, on whose state it depends
  void send(String resource, ClusterId cluster, Runnable request) throws InterruptedException {
    send(resource, cluster, request, StepWorld::advice);
  }

  /// As [#send], of a request that depends on the state of the source.
  void sendAboutSource(String resource, ClusterId source, Runnable request)
      throws InterruptedException {
    send(
        resource,
        source,
        request,
        (status, statusClass, id) -> statusClass.adviceForSource(status, id.value()));
  }

  private interface Advice {
    String of(String status, StatusClass statusClass, ClusterId id);
  }

  private void send(String resource, ClusterId cluster, Runnable request, Advice advice)
      throws InterruptedException {
    waiting.until(
        resource,
        () -> {
          try {
            request.run();
            return Observation.ready("", true);
          } catch (AwsException refused) {
            if (refused.means(ErrorMeaning.NOT_YET)) {
              return notYet(cluster, refused, advice);
            }
            throw refused;
          }
        },
        () -> clusters.recentEvents(cluster));
  }

  private Observation<Boolean> notYet(ClusterId cluster, AwsException refused, Advice advice) {
    String state = "not accepted yet: " + refused.cameBack();
    return clusters
        .find(cluster)
        .filter(found -> isHopeless(found.statusClass()))
        .map(found ->
            Observation.<Boolean>hopeless(
                found.statusClass(),
                state,
                advice.of(found.status(), found.statusClass(), cluster)))
        .orElseGet(() -> Observation.inProgress(state));
  }

  private static boolean isHopeless(StatusClass statusClass) {
    return statusClass != StatusClass.READY && statusClass != StatusClass.IN_PROGRESS;
  }

  /// Waits until a cluster is available.
  FoundCluster awaitCluster(ClusterId id) throws InterruptedException {
    return await(id, "cluster " + id, found -> Optional.of(seen(found)));
  }

  /// Waits until a change that has just been sent has been applied.
  FoundCluster awaitApplied(ModifyCluster wish) throws InterruptedException {
    return awaitChange(
        wish.cluster(),
        "cluster " + wish.cluster(),
        found -> Optional.of(applied(seen(found), found.pending(), wish.fields())),
        found -> shows(wish.fields(), wish.to(), field -> field.in(found.settings())));
  }

  /// As [#awaitApplied(ModifyCluster)], of an instance.
  FoundCluster awaitApplied(ModifyInstance wish) throws InterruptedException {
    return awaitChange(
        wish.cluster(),
        "instance " + wish.instance(),
        found ->
            member(
                found,
                wish.instance(),
                each -> applied(seen(found, each), each.pending(), wish.fields())),
        found ->
            found
                .instance(wish.instance())
                .filter(each -> shows(wish.fields(), wish.to(), field -> field.in(each)))
                .isPresent());
  }

  /// Waits until a reboot that has just been asked for is over.
  ///
  /// @param before the instance as it was before
  FoundCluster awaitRebooted(ClusterId cluster, FoundInstance before) throws InterruptedException {
    return awaitChange(
        cluster,
        "instance " + before.id(),
        found -> member(found, before.id(), each -> seen(found, each)),
        found ->
            !before.parametersInSync()
                && found.instance(before.id()).filter(FoundInstance::parametersInSync).isPresent());
  }

  private static Observation<FoundCluster> applied(
      Observation<FoundCluster> seen, Set<SettingField> pending, Set<SettingField> sent) {
    return seen.statusClass() == StatusClass.READY && !Collections.disjoint(pending, sent)
        ? Observation.inProgress("applying changes")
        : seen;
  }

  private static boolean shows(
      Set<SettingField> sent, ClusterSettings to, Function<SettingField, Optional<Object>> now) {
    return sent.stream().allMatch(field -> field.in(to).equals(now.apply(field)));
  }

  /// Waits until an instance is available.
  FoundCluster awaitInstance(ClusterId cluster, ClusterId instance) throws InterruptedException {
    return await(
        cluster,
        "instance " + instance,
        found -> member(found, instance, each -> seen(found, each)));
  }

  /// Nothing while the instance is not there.
  private static Optional<Observation<FoundCluster>> member(
      FoundCluster found,
      ClusterId instance,
      Function<FoundInstance, Observation<FoundCluster>> judge) {
    return found.instance(instance).map(judge);
  }

  /// Waits until an instance is not there any more.
  void awaitGone(ClusterId cluster, ClusterId instance) throws InterruptedException {
    await(
        cluster,
        "instance " + instance,
        found ->
            Optional.of(
                found.instance(instance).isPresent()
                    ? Observation.inProgress("deleting")
                    : Observation.ready("deleted", found)));
  }

  private FoundCluster await(
      ClusterId id,
      String resource,
      Function<FoundCluster, Optional<Observation<FoundCluster>>> judge)
      throws InterruptedException {
    return waiting.until(resource, look(id, judge), () -> clusters.recentEvents(id));
  }

  private FoundCluster awaitChange(
      ClusterId id,
      String resource,
      Function<FoundCluster, Optional<Observation<FoundCluster>>> judge,
      Predicate<FoundCluster> shows)
      throws InterruptedException {
    return waiting.untilChanged(resource, look(id, judge), shows, () -> clusters.recentEvents(id));
  }

  /// @param judge tells nothing while what is waited for is not there
  private Supplier<Observation<FoundCluster>> look(
      ClusterId id, Function<FoundCluster, Optional<Observation<FoundCluster>>> judge) {
    var absence = new Absence(waiting::now);
    return () -> {
      var seen = clusters.find(id).flatMap(judge);
      seen.ifPresent(there -> absence.over());
      return seen.orElseGet(absence::seen);
    };
  }

  private static Observation<FoundCluster> seen(FoundCluster cluster) {
    return observation(cluster, cluster.status(), cluster.statusClass(), cluster.id());
  }

  private static Observation<FoundCluster> seen(FoundCluster cluster, FoundInstance instance) {
    return observation(cluster, instance.status(), instance.statusClass(), instance.id());
  }

  private static Observation<FoundCluster> observation(
      FoundCluster cluster, String status, StatusClass statusClass, ClusterId id) {
    return switch (statusClass) {
      case READY -> Observation.ready(status, cluster);
      case IN_PROGRESS -> Observation.inProgress(status);
      case FAILED, GONE, NEEDS_ACTION ->
          Observation.hopeless(statusClass, status, advice(status, statusClass, id));
    };
  }

  /// What to do about a state that does not pass by itself.
  public static String advice(String status, StatusClass statusClass, ClusterId id) {
    return switch (statusClass) {
      case NEEDS_ACTION -> StatusClass.advice(status, id.value());
      case FAILED ->
          "It does not recover by itself: delete '" + id + "' and run the same command again.";
      case GONE -> "Run the same command again when it is gone.";
      case READY, IN_PROGRESS -> "";
    };
  }

  static List<String> noEvents() {
    return List.of();
  }
}
