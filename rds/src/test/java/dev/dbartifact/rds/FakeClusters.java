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
  private final FakeTrouble trouble = new FakeTrouble();
  private final List<String> changes = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();
  private boolean earlyInstances = true;
  private boolean readers = true;
  private boolean deletingTheSealed;
  private int passwordsToLose;
  private Duration passwordDelay = Duration.ZERO;
  private Duration creating = Duration.ofSeconds(2);

  public FakeClusters(WaitingClock clock) {
    this.region = new FakeRegion(clock);
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
    earlyInstances = false;
    return this;
  }

  /// Somebody deletes every cluster as soon as it carries a seal.
  public synchronized FakeClusters deletingTheSealed() {
    deletingTheSealed = true;
    return this;
  }

  /// The next master password is accepted, and then lost in a crash of whoever should apply it.
  public synchronized FakeClusters losingAPassword() {
    passwordsToLose = 1;
    return this;
  }

  /// New master passwords stay pending for so long after the cluster is available again.
  public synchronized FakeClusters slowPasswords(Duration delay) {
    passwordDelay = delay;
    return this;
  }

  /// Takes one instance per cluster, and no more.
  public synchronized FakeClusters refusingReaders() {
    readers = false;
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
    change(
        "clone " + wish.target(),
        () -> {
          region.refuseExisting(wish.target());
          FakeCluster source = region.existing(wish.source());
          if (!region.status(source).equals("available")) {
            throw fault(
                "InvalidDBClusterStateFault",
                "DB cluster " + source.id + " is " + region.status(source));
          }
          var settings = RdsDefaults.cloned(source.settings, wish);
          var made = new FakeCluster(wish.target(), settings, region.clock.now().plus(creating));
          made.password = region.currentPassword(source);
          region.clusters.put(made.id.value(), made);
        });
  }

  @Override
  public void create(CreateCluster wish, Secret password) {
    change(
        "create " + wish.target(),
        () -> {
          region.refuseExisting(wish.target());
          var made =
              new FakeCluster(
                  wish.target(), RdsDefaults.created(wish), region.clock.now().plus(creating));
          made.password = password.reveal();
          region.clusters.put(made.id.value(), made);
        });
  }

  @Override
  public void createInstance(CreateInstance wish) {
    change(
        "create instance " + wish.instance(),
        () -> {
          FakeCluster cluster = region.existing(wish.cluster());
          if (region.instances.containsKey(wish.instance().value())) {
            throw fault("DBInstanceAlreadyExists", "DB instance already exists");
          }
          if (!earlyInstances && !region.status(cluster).equals("available")) {
            throw fault("InvalidDBClusterStateFault", "The DB cluster is not available");
          }
          if (!readers
              && region.instances.values().stream()
                  .anyMatch(each -> each.cluster.equals(cluster.id))) {
            throw fault("InvalidParameterCombination", "There are no readers here");
          }
          Instant storage =
              cluster.readyAt.isAfter(region.clock.now()) ? cluster.readyAt : region.clock.now();
          region.instances.put(
              wish.instance().value(),
              new FakeInstance(
                  wish.cluster(),
                  wish.instance(),
                  RdsDefaults.instanceDefaults(wish.settings()),
                  storage.plus(creating),
                  wish.tags()));
        });
  }

  @Override
  public void modify(ModifyCluster wish, Optional<Secret> password) {
    String fields = wish.fields().toString() + password.map(secret -> " and password").orElse("");
    change(
        "modify " + wish.cluster() + " " + fields,
        () -> {
          FakeCluster cluster = region.existing(wish.cluster());
          if (!region.status(cluster).equals("available")) {
            throw fault(
                "InvalidDBClusterStateFault", "The DB cluster is " + region.status(cluster));
          }
          ClusterSettings result =
              changed(
                  cluster.work.map(FakeWork::result).orElse(cluster.settings),
                  wish.fields(),
                  wish.to());
          String status = password.isPresent() ? "resetting-master-credentials" : "modifying";
          FakeWork work = region.work(status, wish.fields(), result);
          cluster.work = Optional.of(work);
          password.ifPresent(secret -> {
            if (passwordsToLose > 0) {
              passwordsToLose--;
              return;
            }
            cluster.newPassword = secret.reveal();
            cluster.passwordAt = work.until().plus(passwordDelay);
          });
          if (wish.fields().contains(SettingField.CLUSTER_PARAMETER_GROUP)) {
            region.instances.values().stream()
                .filter(each -> each.cluster.equals(cluster.id))
                .forEach(each -> each.outOfSync = true);
          }
        });
  }

  @Override
  public void modifyInstance(ModifyInstance wish) {
    change(
        "modify instance " + wish.instance() + " " + wish.fields(),
        () -> {
          FakeInstance instance = region.available(wish.instance());
          ClusterSettings before = instance.work.map(FakeWork::result).orElse(instance.settings);
          var after = changed(before, wish.fields(), wish.to());
          instance.work = Optional.of(region.work("modifying", wish.fields(), after));
          instance.outOfSync |= wish.fields().contains(SettingField.INSTANCE_PARAMETER_GROUP);
        });
  }

  private static ClusterSettings changed(
      ClusterSettings settings, Set<SettingField> fields, ClusterSettings to) {
    for (SettingField field : fields) {
      settings = FakeSettings.set(settings, field, to);
    }
    return settings;
  }

  @Override
  public void rebootInstance(ClusterId instance) {
    change(
        "reboot instance " + instance,
        () -> {
          FakeInstance found = region.available(instance);
          ClusterSettings settings = found.work.map(FakeWork::result).orElse(found.settings);
          found.work = Optional.of(region.work("rebooting", Set.of(), settings));
        });
  }

  @Override
  public void deleteInstance(ClusterId instance) {
    change("delete instance " + instance, () -> region.instances.remove(instance.value()));
  }

  @Override
  public void createSubnetGroup(String name, String description, SubnetIds subnets, Tags tags) {
    change(
        "create subnet group " + name,
        () -> {
          if (region.subnetGroups.containsKey(name)) {
            throw fault("DBSubnetGroupAlreadyExists", "The DB subnet group already exists");
          }
          region.subnetGroups.put(name, FakeRegion.group(name, subnets, tags));
        });
  }

  @Override
  public void modifySubnetGroup(String name, SubnetIds subnets) {
    change(
        "modify subnet group " + name,
        () ->
            region.subnetGroups.put(
                name, FakeRegion.group(name, subnets, region.subnetGroups.get(name).tags())));
  }

  @Override
  public void tag(String arn, Tags tags) {
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    change(
        "tag " + name + " " + tags.values().keySet(),
        () -> {
          if (arn.contains(":cluster:")) {
            FakeCluster cluster = region.existing(new ClusterId(name));
            cluster.change(settings -> FakeSettings.tagged(settings, tags));
            if (deletingTheSealed && Seal.in(cluster.settings.tags()).isPresent()) {
              region.clusters.remove(name);
              region.instances.values().removeIf(each -> each.cluster.equals(cluster.id));
            }
          } else {
            region.instances.computeIfPresent(
                name,
                (key, instance) -> {
                  instance.tags = instance.tags.with(tags);
                  return instance;
                });
          }
        });
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
