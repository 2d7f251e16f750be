package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.util.List;
import java.util.Optional;

/// What is asked of RDS, in our words. Every call may throw an [AwsException]. Nobody outside this
/// package can call it: changes go through [Clusters], which refuses what must not be touched.
interface ClusterApi {
  /// @param idOrArn an identifier, or the ARN of a cluster
  Optional<FoundCluster> cluster(String idOrArn);

  List<FoundSubnetGroup> subnetGroups();

  Optional<FoundSubnetGroup> subnetGroup(String name);

  /// The tags of any resource, as far as they are not Amazon's own.
  Tags tags(String arn);

  /// The identifiers of all clusters of the region.
  List<ClusterId> clusterIds();

  /// Which of these names instances of the region have, in whatever cluster.
  List<InstanceName> instancesNamed(List<ClusterId> names);

  /// What happened to a cluster and its instances lately, the latest last.
  List<String> recentEvents(ClusterId id);

  void clone(CloneCluster request);

  void create(CreateCluster request, Secret password);

  void createInstance(CreateInstance request);

  void modify(ModifyCluster request, Optional<Secret> password);

  void modifyInstance(ModifyInstance request);

  void rebootInstance(ClusterId instance);

  void deleteInstance(ClusterId instance);

  void createSubnetGroup(String name, String description, SubnetIds subnets, Tags tags);

  void modifySubnetGroup(String name, SubnetIds subnets);

  void tag(String arn, Tags tags);
}
