package dev.dbartifact.rds;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A region of RDS in memory. Things take their time by the clock: clusters and instances are
/// `creating` at first. For some seconds after a modify or a reboot was accepted, everything reads
/// as before; then the change is pending and the status tells of it; then it is there. A restore
/// hands out RDS's defaults for what it was not told. It can be asked to die at any change.
public final class FakeClusters implements ClusterApi {
  /// The end of the one who asked for a change: nothing it asks for afterwards happens.
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
      super("crashed", null, false, false);
    }
  }

  private final FakeRegion region;
  private final FakeChanges made;
  private final FakeTrouble trouble = new FakeTrouble();
  private final List<String> changes = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();

  public FakeClusters(WaitingClock clock) {
    this.region = new FakeRegion(clock);
    this.made = new FakeChanges(region);
  }

  /// Puts a cluster with its instances there, available.
  public synchronized FakeClusters with(ClusterId id, ClusterSettings settings) {
    region.clusters.put(id.value(), new FakeCluster(id, settings, region.clock.now()));
    for (int n = 1; n <= settings.hardware().instanceCount(); n++) {
      var instance = new ClusterId(id + "-" + n);
      region.instances.put(
          instance.value(),
          new FakeInstance(id, instance, settings, region.clock.now(), settings.tags()));
    }
    return this;
  }

  public synchronized FakeClusters withPassword(ClusterId id, String password) {
    region.clusters.get(id.value()).password = password;
    region.clusters.get(id.value()).newPassword = "";
    return this;
  }

  /// From now on a cluster has this status.
  public synchronized FakeClusters withStatus(ClusterId id, String status) {
    region.clusters.get(id.value()).forcedStatus = Optional.of(status);
    return this;
  }

  /// For so long a cluster has this status.
  public synchronized FakeClusters withStatusFor(Duration time, ClusterId id, String status) {
    region.clusters.get(id.value()).forcedUntil = region.clock.now().plus(time);
    return withStatus(id, status);
  }

  public synchronized FakeClusters withSubnetGroup(String name, SubnetIds subnets) {
    return withSubnetGroup(name, subnets, Tags.none());
  }

  public synchronized FakeClusters withSubnetGroup(String name, SubnetIds subnets, Tags tags) {
    region.subnetGroups.put(name, FakeRegion.group(name, subnets, tags));
    return this;
  }

  /// Changes a cluster behind everybody's back.
  public synchronized void drift(ClusterId id, UnaryOperator<ClusterSettings> change) {
    region.progress();
    region.clusters.get(id.value()).change(change);
  }

  /// Changes an instance behind everybody's back.
  public synchronized void driftInstance(ClusterId id, UnaryOperator<ClusterSettings> change) {
    region.progress();
    FakeInstance instance = region.instances.get(id.value());
    instance.settings = change.apply(instance.settings);
  }

  /// Somebody has a change of these settings waiting for the maintenance window.
  public synchronized FakeClusters deferring(ClusterId id, Set<SettingField> fields) {
    region.clusters.get(id.value()).deferred = fields;
    return this;
  }

  /// An instance gets this status in some seconds, and keeps it for so long.
  public synchronized void instanceSoonBusyFor(Duration time, ClusterId id, String status) {
    FakeInstance instance = region.instances.get(id.value());
    Instant from = region.clock.now().plus(FakeRegion.LAG);
    instance.work =
        Optional.of(new FakeWork(status, Set.of(), instance.settings, from, from.plus(time)));
  }

  /// Whether anything is still being done, whether it can be seen yet or not.
  public synchronized boolean isBusy() {
    region.progress();
    return Stream.concat(
            region.clusters.values().stream().map(each -> each.work),
            region.instances.values().stream().map(each -> each.work))
        .anyMatch(Optional::isPresent);
  }

  /// Refuses instances of clusters that are not available, as the documentation of RDS has it.
  public synchronized FakeClusters refusingEarlyInstances() {
    made.earlyInstances = false;
    return this;
  }

  /// Somebody deletes every cluster as soon as it carries a seal.
  public synchronized FakeClusters deletingTheSealed() {
    made.deletingTheSealed = true;
    return this;
  }

  /// The next master password is accepted, and then lost in a crash of whoever should apply it.
  public synchronized FakeClusters losingAPassword() {
    made.passwordsToLose = 1;
    return this;
  }

  /// New master passwords stay pending for so long after the cluster is available again.
  public synchronized FakeClusters slowPasswords(Duration delay) {
    made.passwordDelay = delay;
    return this;
  }

  /// Takes one instance per cluster, and no more.
  public synchronized FakeClusters refusingReaders() {
    made.readers = false;
    return this;
  }

  /// The next calls are too many.
  public synchronized FakeClusters throttling(int calls) {
    trouble.throttle(calls);
    return this;
  }

  /// This change is one too many, so often.
  public synchronized FakeClusters throttling(String change, int times) {
    trouble.throttle(change, times);
    return this;
  }

  /// From now on, a call that differs from those before is too many at first.
  public synchronized FakeClusters throttlingEveryCall() {
    trouble.throttleEveryCall();
    return this;
  }

  /// Somebody deletes the cluster with all its instances at that time.
  public synchronized FakeClusters deletingAt(Instant time, ClusterId id) {
    region.deletions.put(id.value(), time);
    return this;
  }

  /// After some calls, a number of calls meet a fault of AWS's own.
  public synchronized FakeClusters disturbingAfter(int calls, int disturbances) {
    trouble.disturbAfter(calls, disturbances);
    return this;
  }

  /// The caller dies at its n-th change from now on, counted from 1: after the change has been
  /// made, or before.
  public synchronized FakeClusters dyingAt(int change, boolean changeBeforeDying) {
    trouble.dieAt(changes.size() + change, changeBeforeDying);
    return this;
  }

  /// A new caller comes.
  public synchronized FakeClusters reviving() {
    trouble.revive();
    return this;
  }

  public Clusters clustersOf(ArtifactMetadata artifact) {
    return new Clusters(this, new TargetGuard(artifact));
  }

  public SourceClusterInspector inspector() {
    return new SourceClusterInspector(
        this, "us-east-1", () -> "arn:aws:iam::123456789012:user/alice");
  }

  /// The changes so far, such as `clone dev-orders`.
  public synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  public synchronized List<String> reads() {
    return List.copyOf(reads);
  }

  /// Whether a login with this password would work now: the cluster and an instance of it are
  /// there, and the password has been applied.
  public synchronized boolean accepts(ClusterId id, Secret password) {
    region.progress();
    FakeCluster cluster = region.clusters.get(id.value());
    boolean up =
        cluster != null
            && region.status(cluster).equals("available")
            && region.instances.values().stream()
                .anyMatch(
                    each -> each.cluster.equals(id) && region.status(each).equals("available"));
    return up && region.currentPassword(cluster).equals(password.reveal());
  }

  /// Whether anything answers at a cluster's endpoint.
  public synchronized boolean answers(ClusterId id) {
    region.progress();
    return region.instances.values().stream()
        .anyMatch(each -> each.cluster.equals(id) && region.status(each).equals("available"));
  }

  // reading

  @Override
  public synchronized Optional<FoundCluster> cluster(String idOrArn) {
    read("cluster " + idOrArn);
    String name = idOrArn.substring(idOrArn.lastIndexOf(':') + 1);
    return Optional.ofNullable(region.clusters.get(name)).map(region::found);
  }

  @Override
  public synchronized List<FoundSubnetGroup> subnetGroups() {
    read("subnet groups");
    return List.copyOf(region.subnetGroups.values());
  }

  @Override
  public synchronized Optional<FoundSubnetGroup> subnetGroup(String name) {
    read("subnet group " + name);
    return Optional.ofNullable(region.subnetGroups.get(name))
        .map(group -> group.tagged(Tags.none()));
  }

  /// Asked for DB subnet groups only.
  @Override
  public synchronized Tags tags(String arn) {
    read("tags " + arn);
    return Optional.ofNullable(region.subnetGroups.get(arn.substring(arn.lastIndexOf(':') + 1)))
        .map(FoundSubnetGroup::tags)
        .orElseThrow(() -> fault("DBSubnetGroupNotFoundFault", "no group " + arn));
  }

  @Override
  public synchronized List<InstanceName> instancesNamed(List<ClusterId> names) {
    read("instances named " + names);
    return names.stream()
        .map(name -> region.instances.get(name.value()))
        .filter(each -> each != null)
        .map(each -> new InstanceName(each.id, Optional.of(each.cluster)))
        .toList();
  }

  @Override
  public synchronized List<ClusterId> clusterIds() {
    read("cluster ids");
    return region.clusters.values().stream().map(cluster -> cluster.id).toList();
  }

  @Override
  public synchronized List<String> recentEvents(ClusterId id) {
    return List.of("DB cluster " + id + " was here");
  }

  private void read(String what) {
    trouble.refuseTheDead();
    trouble.misbehave(what);
    region.progress();
    reads.add(what);
  }

  // changing

  @Override
  public void clone(CloneCluster wish) {
    change("clone " + wish.target(), () -> made.clone(wish));
  }

  @Override
  public void create(CreateCluster wish, Secret password) {
    change("create " + wish.target(), () -> made.create(wish, password));
  }

  @Override
  public void createInstance(CreateInstance wish) {
    change("create instance " + wish.instance(), () -> made.createInstance(wish));
  }

  @Override
  public void modify(ModifyCluster wish, Optional<Secret> password) {
    String fields = wish.fields().toString() + password.map(secret -> " and password").orElse("");
    change("modify " + wish.cluster() + " " + fields, () -> made.modify(wish, password));
  }

  @Override
  public void modifyInstance(ModifyInstance wish) {
    change(
        "modify instance " + wish.instance() + " " + wish.fields(),
        () -> made.modifyInstance(wish));
  }

  @Override
  public void rebootInstance(ClusterId instance) {
    change("reboot instance " + instance, () -> made.rebootInstance(instance));
  }

  @Override
  public void deleteInstance(ClusterId instance) {
    change("delete instance " + instance, () -> region.instances.remove(instance.value()));
  }

  @Override
  public void createSubnetGroup(String name, String description, SubnetIds subnets, Tags tags) {
    change("create subnet group " + name, () -> made.createSubnetGroup(name, subnets, tags));
  }

  @Override
  public void modifySubnetGroup(String name, SubnetIds subnets) {
    change("modify subnet group " + name, () -> made.modifySubnetGroup(name, subnets));
  }

  @Override
  public void tag(String arn, Tags tags) {
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    change("tag " + name + " " + tags.values().keySet(), () -> made.tag(arn, name, tags));
  }

  private synchronized void change(String what, Runnable change) {
    trouble.refuseTheDead();
    trouble.misbehave(what);
    region.progress();
    trouble.make(
        changes.size() + 1,
        () -> {
          change.run();
          changes.add(what);
        });
  }

  static AwsException fault(String code, String message) {
    return new AwsException(
        "Could not do it",
        ErrorTable.meaning(code),
        code,
        message + " (" + code + ")",
        ErrorTable.advice(code, message),
        null);
  }
}
