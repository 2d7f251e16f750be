package dev.dbartifact.rds;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A region of RDS in memory. Things take their time by the clock: clusters and instances are
/// `creating` at first. For some seconds after a modify or a reboot was accepted, everything reads
/// as before; then the change is pending and the status tells of it; then it is there. A restore
/// hands out RDS's defaults for what it was not told. It can be asked to die at any change.
public final class FakeClusters extends FakeClusterApi {
  /// The end of the one who asked for a change: nothing it asks for afterwards happens.
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
      super("crashed", null, false, false);
    }
  }

  public FakeClusters(WaitingClock clock) {
    super(clock);
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

  /// Somebody else makes this change just before it is asked for, which is answered with this code.
  public synchronized FakeClusters overtaking(String change, String code) {
    trouble.overtake(change, code);
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
}
