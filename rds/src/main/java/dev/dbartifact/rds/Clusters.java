package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.util.List;
import java.util.Optional;

/// The clusters that an artifact can see, and the one place through which it changes them. Every
/// change refuses the artifact's source, and every cluster that does not carry the artifact's tag.
/// All methods throw [AwsException].
public final class Clusters {
  private final ClusterApi api;
  private final TargetGuard guard;

  Clusters(ClusterApi api, TargetGuard guard) {
    this.api = api;
    this.guard = guard;
  }

  /// A cluster with its instances, in one look.
  public Optional<FoundCluster> find(ClusterId id) {
    return api.cluster(id.value());
  }

  /// A DB subnet group with its tags.
  public Optional<FoundSubnetGroup> findSubnetGroup(String name) {
    return api.subnetGroup(name).map(group -> group.tagged(api.tags(group.arn())));
  }

  /// Which of these names instances of the region have, in whatever cluster.
  public List<InstanceName> instancesNamed(List<ClusterId> names) {
    return api.instancesNamed(names);
  }

  /// What happened to a cluster and its instances lately, the latest last.
  public List<String> recentEvents(ClusterId id) {
    return api.recentEvents(id);
  }

  /// Starts a copy-on-write clone and does not wait for it.
  public void clone(CloneCluster wish) {
    guard.refuseSource("Could not clone to '" + wish.target() + "'", wish.target());
    api.clone(wish);
    guard.admit(wish.target());
  }

  /// Starts the making of an empty cluster and does not wait for it.
  public void create(CreateCluster wish, Secret password) {
    guard.refuseSource("Could not create cluster '" + wish.target() + "'", wish.target());
    api.create(wish, password);
    guard.admit(wish.target());
  }

  public void createInstance(CreateInstance wish) {
    check("Could not create instance '" + wish.instance() + "'", wish.cluster());
    api.createInstance(wish);
  }

  /// Changes settings, the password, or both, at once.
  public void modify(ModifyCluster wish, Optional<Secret> password) {
    check("Could not modify cluster '" + wish.cluster() + "'", wish.cluster());
    api.modify(wish, password);
  }

  public void modifyInstance(ModifyInstance wish) {
    checkMember(
        "Could not modify instance '" + wish.instance() + "'", wish.cluster(), wish.instance());
    api.modifyInstance(wish);
  }

  public void rebootInstance(ClusterId cluster, ClusterId instance) {
    checkMember("Could not reboot instance '" + instance + "'", cluster, instance);
    api.rebootInstance(instance);
  }

  public void deleteInstance(ClusterId cluster, ClusterId instance) {
    checkMember("Could not delete instance '" + instance + "'", cluster, instance);
    api.deleteInstance(instance);
  }

  /// Makes a DB subnet group for a cluster, under the cluster's own name.
  public void createSubnetGroup(ClusterId cluster, SubnetIds subnets, Tags tags) {
    guard.refuseSource("Could not create DB subnet group '" + cluster + "'", cluster);
    api.createSubnetGroup(cluster.value(), "Subnets of DB cluster " + cluster, subnets, tags);
  }

  /// Changes the subnets of a cluster's own group, whether the cluster is there yet or not: the
  /// group's own tags say whose it is.
  public void modifySubnetGroup(ClusterId cluster, SubnetIds subnets) {
    String tried = "Could not modify DB subnet group '" + cluster + "'";
    guard.check(
        tried,
        cluster,
        findSubnetGroup(cluster.value())
            .orElseThrow(() ->
                AwsException.refusing(
                    tried, ErrorMeaning.NOT_FOUND, "there is no such DB subnet group", "")));
    api.modifySubnetGroup(cluster.value(), subnets);
  }

  /// Tags the instances, and then the cluster, so that a tag on the cluster means it is on all. The
  /// instances get our tags of the cluster on the way: one may be of another run at the same time,
  /// which did not know who made the cluster, and when.
  public void tag(FoundCluster cluster, Tags tags) {
    check("Could not tag cluster '" + cluster.id() + "'", cluster.id());
    for (FoundInstance each : cluster.instances()) {
      api.tag(each.arn(), OwnTags.notOn(each, cluster.tags()).with(tags));
    }
    api.tag(cluster.arn(), tags);
  }

  private void check(String tried, ClusterId cluster) {
    guard.check(tried, cluster, () -> existing(tried, cluster));
  }

  private void checkMember(String tried, ClusterId cluster, ClusterId instance) {
    check(tried, cluster);
    if (existing(tried, cluster).instance(instance).isEmpty()) {
      throw AwsException.refusing(
          tried, ErrorMeaning.REFUSED, "it is no instance of cluster '" + cluster + "'", "");
    }
  }

  private FoundCluster existing(String tried, ClusterId cluster) {
    return find(cluster)
        .orElseThrow(() ->
            AwsException.refusing(
                tried, ErrorMeaning.NOT_FOUND, "there is no cluster '" + cluster + "'", ""));
  }
}
