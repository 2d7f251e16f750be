package dev.dbartifact.converger.plan;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.converger.state.DesiredState;
import dev.dbartifact.converger.state.TargetName;
import dev.dbartifact.converger.steps.AwaitReady;
import dev.dbartifact.converger.steps.ConfirmLogin;
import dev.dbartifact.converger.steps.ModifyInstanceSettings;
import dev.dbartifact.converger.steps.ModifySettings;
import dev.dbartifact.converger.steps.RebootInstance;
import dev.dbartifact.converger.steps.RemoveInstance;
import dev.dbartifact.converger.steps.SetTags;
import dev.dbartifact.converger.steps.Step;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.FoundSubnetGroup;
import dev.dbartifact.rds.ModifyCluster;
import dev.dbartifact.rds.ModifyInstance;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Seal;
import dev.dbartifact.rds.SettingField;
import dev.dbartifact.rds.StatusClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The plan for a cluster of ours that is there: half made, drifted, made by an older artifact, or
/// just right.
final class ExistingClusterPlan {
  private final DesiredState desired;
  private final FoundCluster cluster;
  private final Optional<FoundSubnetGroup> subnetGroup;
  private final Optional<Seal> seal;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> leftovers = new ArrayList<>();

  ExistingClusterPlan(
      DesiredState desired, FoundCluster cluster, Optional<FoundSubnetGroup> subnetGroup) {
    this.desired = desired;
    this.cluster = cluster;
    this.subnetGroup = subnetGroup;
    this.seal = Seal.in(cluster.tags());
  }

  /// @throws NoPlanException when its DB subnet group would have to be changed and is not ours
  Plan plan() throws NoPlanException {
    if (isInItsOwnSubnetGroup()) {
      matchSubnets();
    }
    awaitWhatIsOnItsWay();
    modifyCluster();
    matchInstanceCount();
    existingInstances().forEach(this::modifyInstance);
    rebootWhatWaitsForIt();
    tag();
    logInAndMigrate();
    if (!isCurrent()) {
      steps.add(NewClusterPlan.seal(desired));
    }
    return new Plan(cluster.id(), steps, leftovers);
  }

  private void matchSubnets() throws NoPlanException {
    Optional<Step> step = NewClusterPlan.subnetGroupStep(desired, subnetGroup);
    if (step.isPresent() && subnetGroup.isPresent()) {
      NewClusterPlan.refuseForeign(desired, subnetGroup.get());
    }
    step.ifPresent(steps::add);
  }

  /// A cluster cannot move to another group, so one that is elsewhere gets none.
  private boolean isInItsOwnSubnetGroup() {
    return cluster
        .settings()
        .network()
        .subnetGroup()
        .filter(cluster.id().value()::equals)
        .isPresent();
  }

  /// Whether it has ever converged; then somebody may be using it.
  private boolean isSealed() {
    return seal.isPresent();
  }

  /// Whether it has converged to this very fingerprint.
  private boolean isCurrent() {
    return seal.map(Seal::fingerprint).filter(desired.fingerprint()::equals).isPresent();
  }

  private boolean setsPassword() {
    return !isSealed() || desired.resetPassword();
  }

  private ConfirmLogin.Password password() {
    if (!isSealed()) {
      return ConfirmLogin.Password.FIRST;
    }
    return desired.resetPassword() ? ConfirmLogin.Password.RESET : ConfirmLogin.Password.KEPT;
  }

  private Set<Hazard> restarts(boolean restarts) {
    return restarts && isSealed() ? Set.of(Hazard.RESTARTS) : Set.of();
  }

  private List<FoundInstance> existingInstances() {
    return cluster.instances().stream()
        .filter(each -> each.statusClass() != StatusClass.GONE)
        .toList();
  }

  private void awaitWhatIsOnItsWay() {
    if (cluster.statusClass() == StatusClass.IN_PROGRESS) {
      steps.add(new AwaitReady(cluster.id(), cluster.id(), cluster.status()));
    }
    existingInstances().stream()
        .filter(each -> each.statusClass() == StatusClass.IN_PROGRESS)
        .forEach(each -> steps.add(new AwaitReady(cluster.id(), each.id(), each.status())));
  }

  private void matchInstanceCount() {
    int wanted = desired.settings().hardware().instanceCount();
    List<FoundInstance> there = existingInstances();
    Tags tags = desired.settings().tags().with(OwnTags.in(cluster.tags()));
    freeIds(wanted - there.size())
        .forEach(id -> steps.add(NewClusterPlan.instance(desired, id, tags)));
    there.stream()
        .skip(wanted)
        .filter(each -> !each.writer())
        .forEach(each -> steps.add(new RemoveInstance(cluster.id(), each.id())));
  }

  private List<ClusterId> freeIds(int count) {
    var taken = new HashSet<ClusterId>();
    cluster.instances().forEach(each -> taken.add(each.id()));
    var free = new ArrayList<ClusterId>();
    for (int n = 1; free.size() < count; n++) {
      ClusterId id = TargetName.instance(cluster.id(), n);
      if (!taken.contains(id)) {
        free.add(id);
      }
    }
    return free;
  }

  private void modifyCluster() {
    List<Difference> differences = Differences.ofCluster(desired.settings(), cluster.settings());
    leftovers.addAll(NewClusterPlan.impossible(differences));
    List<Difference> possible = NewClusterPlan.possible(differences);
    if (possible.isEmpty() && !setsPassword()) {
      return;
    }
    steps.add(
        new ModifySettings(
            new ModifyCluster(
                cluster.id(),
                NewClusterPlan.fields(possible),
                desired.settings(),
                cluster.settings().access().logExports().orElse(List.of())),
            possible.stream().map(Difference::toString).toList(),
            setsPassword(),
            restarts(anyRestarts(possible))));
  }

  private void modifyInstance(FoundInstance instance) {
    List<Difference> differences = Differences.ofInstance(desired.settings(), instance);
    if (!differences.isEmpty() && !isToBeRemoved(instance)) {
      steps.add(
          new ModifyInstanceSettings(
              new ModifyInstance(
                  cluster.id(),
                  instance.id(),
                  NewClusterPlan.fields(differences),
                  desired.settings()),
              differences.stream().map(Difference::toString).toList(),
              restarts(anyRestarts(differences))));
    }
  }

  private static boolean anyRestarts(List<Difference> differences) {
    return differences.stream()
        .anyMatch(each -> each.field().change() == SettingField.Change.RESTARTS);
  }

  private boolean isToBeRemoved(FoundInstance instance) {
    return steps.contains(new RemoveInstance(cluster.id(), instance.id()));
  }

  /// A parameter group takes effect with a reboot. One that is left waiting, by a run that was
  /// interrupted or by somebody who changed the group, stops nobody who did not ask for a restart:
  /// then it is only told. A group that is not wished for is none of our business.
  private void rebootWhatWaitsForIt() {
    for (FoundInstance instance : existingInstances()) {
      if (isToBeRemoved(instance)) {
        continue;
      }
      boolean leftWaiting = !instance.parametersInSync() && (!isCurrent() || wishesParameters());
      boolean mayRestart = !isSealed() || desired.allowed().contains(Hazard.RESTARTS);
      if (changesParameterGroupOf(instance) || (leftWaiting && mayRestart)) {
        steps.add(new RebootInstance(cluster.id(), instance.id(), restarts(true)));
      } else if (leftWaiting) {
        leftovers.add(
            "instance "
                + instance.id()
                + " waits for a reboot to use its parameter group; add --allow "
                + Hazard.RESTARTS
                + " to do it");
      }
    }
  }

  private boolean wishesParameters() {
    var wish = desired.settings().parameters();
    return wish.clusterGroup().isPresent() || wish.instanceGroup().isPresent();
  }

  private boolean changesParameterGroupOf(FoundInstance instance) {
    return steps.stream()
        .anyMatch(step ->
            switch (step) {
              case ModifySettings modify ->
                  modify.wish().fields().contains(SettingField.CLUSTER_PARAMETER_GROUP);
              case ModifyInstanceSettings modify ->
                  modify.wish().instance().equals(instance.id())
                      && modify.wish().fields().contains(SettingField.INSTANCE_PARAMETER_GROUP);
              default -> false;
            });
  }

  /// The seal is put on by a step of its own, the last one.
  private void tag() {
    var missing = new MissingTags(cluster, existingInstances()).of(desired.settings().tags());
    if (!isCurrent()) {
      missing.keySet().removeAll(desired.sealTags().values().keySet());
    }
    if (!missing.isEmpty()) {
      steps.add(new SetTags(cluster.id(), new Tags(missing)));
    }
  }

  private void logInAndMigrate() {
    Optional<Step> migration = NewClusterPlan.migration(desired).filter(step -> !isCurrent());
    if (setsPassword() || migration.isPresent()) {
      steps.add(new ConfirmLogin(cluster.id(), password()));
    }
    migration.ifPresent(steps::add);
  }
}
