package dev.dbartifact.rds;

import static dev.dbartifact.rds.FakeTrouble.fault;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What the changes that one asks for do to a region.
final class FakeChanges {
  private static final Duration CREATING = Duration.ofSeconds(2);

  private final FakeRegion region;

  /// Whether clusters take instances before they are available.
  boolean earlyInstances = true;

  /// Whether clusters take more instances than one.
  boolean readers = true;

  /// Whether somebody deletes every cluster as soon as it carries a seal.
  boolean deletingTheSealed;

  /// How many new master passwords are accepted and lost.
  int passwordsToLose;

  /// For how long new master passwords stay pending after the cluster is available again.
  Duration passwordDelay = Duration.ZERO;

  FakeChanges(FakeRegion region) {
    this.region = region;
  }

  void clone(CloneCluster wish) {
    region.refuseExisting(wish.target());
    FakeCluster source = region.existing(wish.source());
    requireAvailable(source);
    var made = cluster(wish.target(), RdsDefaults.cloned(source.settings, wish));
    made.password = region.currentPassword(source);
  }

  void create(CreateCluster wish, Secret password) {
    region.refuseExisting(wish.target());
    var made = cluster(wish.target(), RdsDefaults.created(wish));
    made.password = password.reveal();
  }

  private FakeCluster cluster(ClusterId id, ClusterSettings settings) {
    var made = new FakeCluster(id, settings, region.clock.now().plus(CREATING));
    region.clusters.put(id.value(), made);
    return made;
  }

  private void requireAvailable(FakeCluster cluster) {
    if (!region.status(cluster).equals("available")) {
      throw fault(
          "InvalidDBClusterStateFault",
          "DB cluster " + cluster.id + " is " + region.status(cluster));
    }
  }

  void createInstance(CreateInstance wish) {
    FakeCluster cluster = region.existing(wish.cluster());
    if (region.instances.containsKey(wish.instance().value())) {
      throw fault("DBInstanceAlreadyExists", "DB instance already exists");
    }
    if (!earlyInstances) {
      requireAvailable(cluster);
    }
    if (!readers
        && region.instances.values().stream().anyMatch(each -> each.cluster.equals(cluster.id))) {
      throw fault("InvalidParameterCombination", "There are no readers here");
    }
    Instant now = region.clock.now();
    Instant storage = cluster.readyAt.isAfter(now) ? cluster.readyAt : now;
    region.instances.put(
        wish.instance().value(),
        new FakeInstance(
            wish.cluster(),
            wish.instance(),
            RdsDefaults.instanceDefaults(wish.settings()),
            storage.plus(CREATING),
            wish.tags()));
  }

  void modify(ModifyCluster wish, Optional<Secret> password) {
    FakeCluster cluster = region.existing(wish.cluster());
    requireAvailable(cluster);
    ClusterSettings before = cluster.work.map(FakeWork::result).orElse(cluster.settings);
    String status = password.isPresent() ? "resetting-master-credentials" : "modifying";
    FakeWork work = region.work(status, wish.fields(), changed(before, wish.fields(), wish.to()));
    cluster.work = Optional.of(work);
    password.ifPresent(secret -> change(cluster, secret, work.until().plus(passwordDelay)));
    if (wish.fields().contains(SettingField.CLUSTER_PARAMETER_GROUP)) {
      region.instances.values().stream()
          .filter(each -> each.cluster.equals(cluster.id))
          .forEach(each -> each.outOfSync = true);
    }
  }

  private void change(FakeCluster cluster, Secret password, Instant at) {
    if (passwordsToLose > 0) {
      passwordsToLose--;
      return;
    }
    cluster.newPassword = password.reveal();
    cluster.passwordAt = at;
  }

  void modifyInstance(ModifyInstance wish) {
    FakeInstance instance = region.available(wish.instance());
    ClusterSettings before = instance.work.map(FakeWork::result).orElse(instance.settings);
    var after = changed(before, wish.fields(), wish.to());
    instance.work = Optional.of(region.work("modifying", wish.fields(), after));
    instance.outOfSync |= wish.fields().contains(SettingField.INSTANCE_PARAMETER_GROUP);
  }

  private static ClusterSettings changed(
      ClusterSettings settings, Set<SettingField> fields, ClusterSettings to) {
    for (SettingField field : fields) {
      settings = FakeSettings.set(settings, field, to);
    }
    return settings;
  }

  void rebootInstance(ClusterId instance) {
    FakeInstance found = region.available(instance);
    ClusterSettings settings = found.work.map(FakeWork::result).orElse(found.settings);
    found.work = Optional.of(region.work("rebooting", Set.of(), settings));
  }

  void createSubnetGroup(String name, SubnetIds subnets, Tags tags) {
    if (region.subnetGroups.containsKey(name)) {
      throw fault("DBSubnetGroupAlreadyExists", "The DB subnet group already exists");
    }
    region.subnetGroups.put(name, FakeRegion.group(name, subnets, tags));
  }

  void modifySubnetGroup(String name, SubnetIds subnets) {
    Tags tags = region.subnetGroups.get(name).tags();
    region.subnetGroups.put(name, FakeRegion.group(name, subnets, tags));
  }

  void tag(String arn, String name, Tags tags) {
    if (arn.contains(":cluster:")) {
      tag(region.existing(new ClusterId(name)), tags);
    } else if (region.instances.containsKey(name)) {
      FakeInstance instance = region.instances.get(name);
      instance.tags = instance.tags.with(tags);
    }
  }

  private void tag(FakeCluster cluster, Tags tags) {
    cluster.change(settings -> FakeSettings.tagged(settings, tags));
    if (deletingTheSealed && Seal.in(cluster.settings.tags()).isPresent()) {
      region.clusters.remove(cluster.id.value());
      region.instances.values().removeIf(each -> each.cluster.equals(cluster.id));
    }
  }
}
