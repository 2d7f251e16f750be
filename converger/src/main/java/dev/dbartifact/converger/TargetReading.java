package dev.dbartifact.converger;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problem;
import dev.dbartifact.converger.options.ConvergeOptions;
import dev.dbartifact.converger.state.CurrentState;
import dev.dbartifact.converger.state.CurrentStateReader;
import dev.dbartifact.converger.state.TargetName;
import dev.dbartifact.converger.state.Wishes;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.InstanceName;
import dev.dbartifact.rds.Observation;
import dev.dbartifact.rds.StatusClass;
import dev.dbartifact.rds.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Finds out which cluster is meant, and how it is. Asks again while AWS says that too much is
/// asked.
///
/// @param callerArn who asks AWS; wanted only when nothing else says whose the cluster is
record TargetReading(
    ClusterId source,
    ConvergeOptions options,
    Wishes wishes,
    Clusters clusters,
    Waiting waiting,
    Supplier<String> callerArn) {

  /// The cluster that is meant: chosen, or named after source, mode and owner.
  ///
  /// @throws InvalidInputException when the next run would not find it by that name
  ClusterId target() throws InvalidInputException, InterruptedException {
    Optional<ClusterId> chosen = wishes.chosenTarget();
    return chosen.isPresent()
        ? chosen.get()
        : TargetName.of(source, options.mode(), lastingOwner());
  }

  /// The role's own name would do as little: all who may assume it would share one cluster.
  private String lastingOwner() throws InvalidInputException, InterruptedException {
    if (options.owner().isPresent()) {
      return options.owner().get();
    }
    String arn = asked("caller", callerArn);
    if (TargetName.isPassing(arn)) {
      throw new InvalidInputException(
          "Could not tell whose cluster is meant",
          List.of(
              new Problem(
                  "caller",
                  "is "
                      + arn
                      + ", a session whose name changes with each run, so that the next one would"
                      + " not find what this one makes; name --owner or --cluster_id, or the session:"
                      + " role_session_name in the profile, or AWS_ROLE_SESSION_NAME")));
    }
    return TargetName.ownerOf(arn);
  }

  /// Whose a new cluster is: told, or the caller.
  String owner() throws InterruptedException {
    return options.owner().isPresent()
        ? options.owner().get()
        : TargetName.ownerOf(asked("caller", callerArn));
  }

  CurrentState read(ClusterId target) throws InterruptedException {
    return asked("cluster " + target, () -> look(target));
  }

  /// Which of these names instances have by now, in whatever cluster.
  List<InstanceName> instancesNamed(List<ClusterId> names) throws InterruptedException {
    return names.isEmpty()
        ? List.of()
        : asked("names of new instances", () -> clusters.instancesNamed(names));
  }

  /// What is only on its way is not left over.
  CurrentState settled(ClusterId target) throws InterruptedException {
    CurrentState now = read(target);
    if (onItsWay(now).isEmpty()) {
      return now;
    }
    return waiting.until(
        "cluster " + target,
        () -> {
          CurrentState seen = look(target);
          return onItsWay(seen)
              .map(Observation::<CurrentState>inProgress)
              .orElseGet(() -> Observation.ready("settled", seen));
        },
        () -> clusters.recentEvents(target));
  }

  private CurrentState look(ClusterId target) {
    return new CurrentStateReader(clusters).read(target, wishes.hasOwnSubnetGroup());
  }

  private static Optional<String> onItsWay(CurrentState current) {
    return current.cluster().stream()
        .flatMap(cluster ->
            Stream.concat(
                Stream.of(cluster.status()),
                cluster.instances().stream().map(FoundInstance::status)))
        .filter(status -> StatusClass.of(status) == StatusClass.IN_PROGRESS)
        .findFirst();
  }

  /// Asks again while AWS says that too much is asked.
  private <T> T asked(String resource, Supplier<T> question) throws InterruptedException {
    return waiting.until(resource, () -> Observation.ready("", question.get()), List::of);
  }

  /// What led to a state that does not pass by itself, as far as RDS tells.
  List<String> events(Optional<FoundCluster> cluster) throws InterruptedException {
    if (cluster.filter(FoundCluster::isInTrouble).isEmpty()) {
      return List.of();
    }
    ClusterId id = cluster.get().id();
    try {
      return asked("events of cluster " + id, () -> clusters.recentEvents(id));
    } catch (AwsException untold) {
      return List.of("not to be had: " + untold.cameBack());
    }
  }
}
