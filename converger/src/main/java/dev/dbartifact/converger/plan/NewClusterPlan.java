package dev.dbartifact.converger.plan;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.options.Mode;
import dev.dbartifact.converger.state.DesiredState;
import dev.dbartifact.converger.state.TargetName;
import dev.dbartifact.converger.steps.AddInstance;
import dev.dbartifact.converger.steps.CloneSource;
import dev.dbartifact.converger.steps.ConfirmLogin;
import dev.dbartifact.converger.steps.CreateEmptyCluster;
import dev.dbartifact.converger.steps.MakeSubnetGroup;
import dev.dbartifact.converger.steps.MigrateSchema;
import dev.dbartifact.converger.steps.ModifySettings;
import dev.dbartifact.converger.steps.SealCluster;
import dev.dbartifact.converger.steps.Step;
import dev.dbartifact.rds.CloneCluster;
import dev.dbartifact.rds.CreateCluster;
import dev.dbartifact.rds.CreateInstance;
import dev.dbartifact.rds.FoundSubnetGroup;
import dev.dbartifact.rds.ModifyCluster;
import dev.dbartifact.rds.Ownership;
import dev.dbartifact.rds.SettingField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The plan for a cluster that is not there.
final class NewClusterPlan {
  private final DesiredState desired;
  private final Optional<FoundSubnetGroup> subnetGroup;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> leftovers = new ArrayList<>();

  NewClusterPlan(DesiredState desired, Optional<FoundSubnetGroup> subnetGroup) {
    this.desired = desired;
    this.subnetGroup = subnetGroup;
  }

  /// @throws NoPlanException when a DB subnet group is in the way that is not ours
  Plan plan() throws NoPlanException {
    if (desired.ownSubnets().isPresent() && subnetGroup.isPresent()) {
      refuseForeign(desired, subnetGroup.get());
    }
    subnetGroupStep(desired, subnetGroup).ifPresent(steps::add);
    if (desired.mode() == Mode.CLONE) {
      cloneAndSettle();
    } else {
      create();
    }
    steps.add(new ConfirmLogin(desired.target(), ConfirmLogin.Password.FIRST));
    migration(desired).ifPresent(steps::add);
    steps.add(seal(desired));
    return new Plan(desired.target(), steps, leftovers);
  }

  private void cloneAndSettle() {
    ClusterSettings source = desired.source().settings();
    var request =
        new CloneCluster(
            desired.source().id(),
            desired.target(),
            desired.settings(),
            source.storage().encrypted().orElse(false),
            desired.birthTags());
    steps.add(new CloneSource(request));
    addInstances();
    List<Difference> differences =
        Differences.ofCluster(desired.settings(), CloneForecast.of(source, request));
    leftovers.addAll(impossible(differences));
    steps.add(settle(differences));
  }

  private ModifySettings settle(List<Difference> differences) {
    var possible = possible(differences);
    return new ModifySettings(
        new ModifyCluster(desired.target(), fields(possible), desired.settings(), List.of()),
        possible.stream().map(Difference::toString).toList(),
        true,
        Set.of());
  }

  private void create() {
    steps.add(
        new CreateEmptyCluster(
            new CreateCluster(desired.target(), desired.settings(), desired.birthTags())));
    addInstances();
  }

  private void addInstances() {
    for (int n = 1; n <= desired.settings().hardware().instanceCount(); n++) {
      steps.add(instance(desired, TargetName.instance(desired.target(), n), desired.birthTags()));
    }
  }

  static AddInstance instance(DesiredState desired, ClusterId id, Tags tags) {
    return new AddInstance(new CreateInstance(desired.target(), id, desired.settings(), tags));
  }

  /// The step that gives the target its own DB subnet group, when it should have one and has not.
  static Optional<Step> subnetGroupStep(
      DesiredState desired, Optional<FoundSubnetGroup> subnetGroup) {
    return desired
        .ownSubnets()
        .filter(wish -> !subnetGroup.map(found -> isOf(found, wish)).orElse(false))
        .map(wish ->
            new MakeSubnetGroup(
                desired.target(), wish, desired.birthTags(), subnetGroup.isPresent()));
  }

  static void refuseForeign(DesiredState desired, FoundSubnetGroup group) throws NoPlanException {
    if (!Ownership.of(group, desired.artifact())) {
      throw new NoPlanException(
          NoPlanException.Reason.REFUSED,
          "DB subnet group '"
              + group.name()
              + "' exists and was not made by artifact '"
              + desired.artifact()
              + "'; it is left alone. Choose another target with --cluster_id.");
    }
  }

  private static boolean isOf(FoundSubnetGroup group, SubnetIds subnets) {
    return group.zones().keySet().equals(Set.copyOf(subnets.ids()));
  }

  static Optional<Step> migration(DesiredState desired) {
    return desired
        .changelog()
        .map(changelog ->
            new MigrateSchema(desired.target(), changelog, desired.contexts(), desired.labels()));
  }

  static SealCluster seal(DesiredState desired) {
    return new SealCluster(desired.target(), desired.fingerprint(), desired.sealTags());
  }

  static List<Difference> possible(List<Difference> differences) {
    return differences.stream()
        .filter(each -> each.field().change() != SettingField.Change.IMPOSSIBLE)
        .toList();
  }

  static List<String> impossible(List<Difference> differences) {
    return differences.stream()
        .filter(each -> each.field().change() == SettingField.Change.IMPOSSIBLE)
        .map(each -> each + " cannot be changed in a cluster that exists or is cloned")
        .toList();
  }

  static Set<SettingField> fields(List<Difference> differences) {
    return differences.stream().map(Difference::field).collect(Collectors.toSet());
  }
}
