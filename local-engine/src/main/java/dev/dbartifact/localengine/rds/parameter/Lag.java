package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.compute.EffectiveParameters;
import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Instance;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the server of an instance has not, of that which its groups say. Each group shows its own
/// part of that: see `ParameterApplyStatus` of DBParameterGroupStatus and
/// `DBClusterParameterGroupStatus` of DBClusterMember in the API Reference. Pure.
///
/// @param behind the server's names of what it has otherwise
/// @param ofCluster those of what the cluster's group decides
/// @param ofOwn those of what the instance's own group decides
record Lag(Instance instance, Set<String> behind, Set<String> ofCluster, Set<String> ofOwn) {

  /// One of the two groups that an instance of a cluster has.
  enum Group {
    OF_CLUSTER,
    OWN
  }

  static Lag of(Instance instance, EffectiveParameters effective) {
    var target = effective.of(instance);
    var behind = new TreeSet<>(target.keySet());
    behind.addAll(instance.applied().keySet());
    behind.removeIf(name -> Objects.equals(instance.applied().get(name), target.get(name)));
    var own = effective.ofOwn(instance).keySet();
    var ofCluster = new HashSet<>(effective.ofCluster(instance).keySet());
    ofCluster.removeAll(own);
    return new Lag(instance, behind, ofCluster, own);
  }

  /// The instance as it shows itself once a group was changed. The other one may have got what it
  /// waited for.
  ///
  /// @param touched what was set in the group, or reset
  /// @param told whether the server is about to be told something
  Instance shown(Group changed, Set<String> touched, boolean told) {
    var names = touched.stream().map(EffectiveParameters::serverName).collect(Collectors.toSet());
    var other = changed == Group.OWN ? Group.OF_CLUSTER : Group.OWN;
    var shown = with(instance, changed, status(changed, names, told));
    var cured = isWaiting(other) && behind.stream().noneMatch(name -> isLeftTo(other, name, names));
    return cured ? with(shown, other, ApplyStatus.IN_SYNC) : shown;
  }

  private String status(Group group, Set<String> touched, boolean told) {
    var touches = behind.stream().anyMatch(name -> isTouched(group, name, touched));
    var left = behind.stream().anyMatch(name -> isLeftTo(group, name, touched));
    if (touches || left) {
      return !touches && is(group, ApplyStatus.FAILED)
          ? ApplyStatus.FAILED
          : ApplyStatus.PENDING_REBOOT;
    }
    return told ? ApplyStatus.APPLYING : ApplyStatus.IN_SYNC;
  }

  /// Also what the group has just lost; but not what the other one overrules.
  private boolean isTouched(Group group, String name, Set<String> touched) {
    return touched.contains(name) && !(group == Group.OF_CLUSTER && ofOwn.contains(name));
  }

  /// What no group says any more is left to the one that waits for it.
  private boolean isLeftTo(Group group, String name, Set<String> touched) {
    var decided = ofCluster.contains(name) || ofOwn.contains(name);
    return decided
        ? (group == Group.OWN ? ofOwn : ofCluster).contains(name)
        : !touched.contains(name) && isWaiting(group);
  }

  private boolean isWaiting(Group group) {
    return is(group, ApplyStatus.PENDING_REBOOT) || is(group, ApplyStatus.FAILED);
  }

  private boolean is(Group group, String status) {
    return group == Group.OF_CLUSTER
        ? status.equals(instance.clusterParameterStatus())
        : instance.settings().dbParameterGroups().stream()
            .anyMatch(each -> status.equals(each.parameterApplyStatus()));
  }

  private static Instance with(Instance instance, Group group, String status) {
    return group == Group.OF_CLUSTER
        ? instance.clusterParameters(status)
        : instance.ownParameters(status);
  }
}
