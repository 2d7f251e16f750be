package dev.dbartifact.rds;

import static dev.dbartifact.rds.FakeTrouble.fault;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a region of RDS in memory is asked for. It writes down what was read and what was changed.
abstract class FakeClusterApi implements ClusterApi {
  final FakeRegion region;
  final FakeChanges made;
  final FakeTrouble trouble = new FakeTrouble();
  final List<String> changes = new ArrayList<>();
  final List<String> reads = new ArrayList<>();

  FakeClusterApi(WaitingClock clock) {
    this.region = new FakeRegion(clock);
    this.made = new FakeChanges(region);
  }

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
    trouble.comeTooLate(what, change);
    trouble.make(
        changes.size() + 1,
        () -> {
          change.run();
          changes.add(what);
        });
  }
}
