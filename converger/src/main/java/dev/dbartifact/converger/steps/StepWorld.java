package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.ErrorMeaning;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.Observation;
import dev.dbartifact.rds.StatusClass;
import dev.dbartifact.rds.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The world that steps act on.
///
/// @param password absent only when no step of the plan needs it
public record StepWorld(
    Clusters clusters, Waiting waiting, Optional<Secret> password, Database database) {
  Secret masterPassword() {
    return password.orElseThrow(() -> new IllegalStateException("a step without its password"));
  }

  /// Sends a request, and again while too much is asked, or while the state of things does not
  /// allow it and may still do so.
  ///
  /// @param cluster on whose state it depends
  void send(String resource, ClusterId cluster, Runnable request) throws InterruptedException {
    waiting.until(
        resource,
        () -> {
          try {
            request.run();
            return Observation.ready("", true);
          } catch (AwsException refused) {
            if (refused.means(ErrorMeaning.NOT_YET)) {
              return notYet(cluster, refused);
            }
            throw refused;
          }
        },
        () -> clusters.recentEvents(cluster));
  }

  private Observation<Boolean> notYet(ClusterId cluster, AwsException refused) {
    String state = "not accepted yet: " + refused.cameBack();
    return clusters
        .find(cluster)
        .map(StepWorld::seen)
        .filter(seen -> isHopeless(seen.statusClass()))
        .map(seen -> Observation.<Boolean>hopeless(seen.statusClass(), state, seen.advice()))
        .orElseGet(() -> Observation.inProgress(state));
  }

  private static boolean isHopeless(StatusClass statusClass) {
    return statusClass != StatusClass.READY && statusClass != StatusClass.IN_PROGRESS;
  }

  /// Waits until a cluster is available.
  FoundCluster awaitCluster(ClusterId id) throws InterruptedException {
    return await(id, "cluster " + id, StepWorld::seen);
  }

  /// Waits until a cluster is available and nothing is left to be applied to it.
  FoundCluster awaitSettled(ClusterId id) throws InterruptedException {
    return await(
        id,
        "cluster " + id,
        cluster ->
            cluster.pending() && cluster.statusClass() == StatusClass.READY
                ? Observation.inProgress("applying changes")
                : seen(cluster));
  }

  /// Waits until an instance is available.
  FoundCluster awaitInstance(ClusterId cluster, ClusterId instance) throws InterruptedException {
    return await(
        cluster,
        "instance " + instance,
        found ->
            found
                .instance(instance)
                .map(each -> seen(found, each))
                .orElseGet(() -> Observation.inProgress("not there yet")));
  }

  /// Waits until an instance is not there any more.
  void awaitGone(ClusterId cluster, ClusterId instance) throws InterruptedException {
    await(
        cluster,
        "instance " + instance,
        found ->
            found.instance(instance).isPresent()
                ? Observation.inProgress("deleting")
                : Observation.ready("deleted", found));
  }

  private FoundCluster await(
      ClusterId id, String resource, Function<FoundCluster, Observation<FoundCluster>> judge)
      throws InterruptedException {
    return waiting.until(
        resource,
        () -> clusters.find(id).map(judge).orElseGet(() -> Observation.inProgress("not there yet")),
        () -> clusters.recentEvents(id));
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
