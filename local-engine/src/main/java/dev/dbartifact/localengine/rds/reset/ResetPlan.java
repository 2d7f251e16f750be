package dev.dbartifact.localengine.rds.reset;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.server.StorageId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A clone and all that decides whether it can be reset. Pure.
///
/// @param members its instances, the writer first
/// @param source the cluster that it was made from, if it is there
/// @param snapshot that it was made from, if it is there
/// @param replicas the read replicas that follow it
record ResetPlan(
    Cluster cluster,
    List<Instance> members,
    Optional<Cluster> source,
    Optional<Snapshot> snapshot,
    List<Instance> replicas) {

  /// Nothing is under way at instances in these states; a reset may even help.
  private static final Set<String> AT_REST =
      Set.of(
          Status.AVAILABLE,
          Status.FAILED,
          Status.INCOMPATIBLE_NETWORK,
          Status.INCOMPATIBLE_PARAMETERS,
          Status.STORAGE_FULL);

  /// Their data are whole.
  private static final Set<String> CLONEABLE = Set.of(Status.AVAILABLE, Status.STOPPED);

  ResetPlan {
    Objects.requireNonNull(cluster, "cluster");
    members = List.copyOf(members);
    replicas = List.copyOf(replicas);
  }

  /// The volume that it is made from once more; only without a [#problem].
  StorageId origin() {
    return new StorageId(cluster.cloneOf());
  }

  /// What it is reset to, in words.
  String originInWords() {
    return source
        .map(each -> "%s '%s'".formatted(each.noun(), each.id()))
        .or(() -> snapshot.map(each -> "snapshot '%s'".formatted(each.id())))
        .orElse("nothing");
  }

  /// What sets a master password, in words.
  String newPassword() {
    var action = cluster.isPlain() ? "ModifyDBInstance" : "ModifyDBCluster";
    return cluster.hasManagedPassword() ? "RotateMasterUserPassword of " + action : action;
  }

  /// Whether the instance had no server for lack of room, and was to be started when there is some.
  boolean waitedForRoom(Instance instance) {
    return members.stream()
        .filter(each -> each.resourceId().equals(instance.resourceId()))
        .anyMatch(each -> each.is(Status.STORAGE_FULL));
  }

  /// Why it cannot be reset, and what to do instead; empty if it can.
  Optional<String> problem() {
    return ofItself()
        .or(this::ofItsOrigin)
        .map(why -> "Cannot reset %s '%s': %s.".formatted(cluster.noun(), cluster.id(), why));
  }

  private Optional<String> ofItself() {
    var busy = members.stream().filter(each -> !AT_REST.contains(status(each))).findFirst();
    if (!cluster.is(Status.AVAILABLE)) {
      return Optional.of("it is %s; it must be available".formatted(cluster.status()));
    }
    if (busy.isPresent()) {
      return Optional.of(
          "its instance '%s' is %s; wait until that is over"
              .formatted(busy.get().id(), status(busy.get())));
    }
    if (isProtected()) {
      return Optional.of(
          "its data would be thrown away, and it is protected from deletion; modify it with --no-deletion-protection first");
    }
    return ofReplication();
  }

  private Optional<String> ofReplication() {
    if (cluster.replicates().isPresent()) {
      return Optional.of("it is a read replica, and has what its source has");
    }
    if (!replicas.isEmpty()) {
      return Optional.of(
          "it has read replicas (%s); delete or promote them first"
              .formatted(replicas.stream().map(Instance::id).collect(Collectors.joining(", "))));
    }
    return Optional.empty();
  }

  private Optional<String> ofItsOrigin() {
    if (cluster.cloneOf() == null) {
      return Optional.of("it was made empty, not from another one; delete it and create it again");
    }
    if (cluster.restoreTo() != null) {
      return Optional.of(
          "it was restored to a time, %s, and what its source holds now is something else; delete it and restore it again"
              .formatted(cluster.restoreTo()));
    }
    if (source.isEmpty() && snapshot.isEmpty()) {
      return Optional.of("what it was made from is gone");
    }
    return ofItsVersion().or(this::ofItsState);
  }

  /// Its parameter groups would not suit other data.
  private Optional<String> ofItsVersion() {
    var own = EngineVersion.of(cluster.settings());
    return versionOfOrigin()
        .filter(number -> !own.engine().major(number).equals(own.major()))
        .map(number ->
            "it has version %s, and what it was made from, %s, has another major version, %s; delete it and clone again"
                .formatted(own.number(), originInWords(), number));
  }

  private Optional<String> versionOfOrigin() {
    return source
        .map(each -> each.settings().engineVersion())
        .or(() -> snapshot.map(each -> each.settings().engineVersion()));
  }

  private Optional<String> ofItsState() {
    return statusOfOrigin()
        .filter(status -> !CLONEABLE.contains(status))
        .map(status ->
            "its source, %s, is %s; it must be available or stopped"
                .formatted(originInWords(), status));
  }

  private Optional<String> statusOfOrigin() {
    return source.map(Cluster::status).or(() -> snapshot.map(each -> each.settings().status()));
  }

  /// That of a plain instance stands with the instance.
  private boolean isProtected() {
    var setting =
        cluster.isPlain()
            ? members.getFirst().settings().deletionProtection()
            : cluster.settings().deletionProtection();
    return Boolean.TRUE.equals(setting);
  }

  private static String status(Instance instance) {
    return instance.settings().dbInstanceStatus();
  }
}
