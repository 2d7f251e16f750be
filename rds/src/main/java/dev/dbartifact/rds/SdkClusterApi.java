package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.Filter;

/// [ClusterApi] through the SDK.
final class SdkClusterApi implements ClusterApi {
  private final RdsClient rds;

  SdkClusterApi(RdsClient rds) {
    this.rds = rds;
  }

  /// Asks for the cluster and its instances at the same time.
  @Override
  public Optional<FoundCluster> cluster(String idOrArn) {
    var instances = CallUnderWay.of(() -> instances(idOrArn));
    Optional<DBCluster> cluster =
        found(() ->
            AwsCalls.call(
                "Could not read cluster '" + idOrArn + "'",
                () ->
                    rds
                        .describeDBClusters(request -> request.dbClusterIdentifier(idOrArn))
                        .dbClusters()
                        .stream()
                        .findFirst()));
    return cluster.map(each -> read(each, instances.result()));
  }

  private static FoundCluster read(DBCluster cluster, List<FoundInstance> instances) {
    try {
      return ClusterReading.read(cluster, instances);
    } catch (IllegalArgumentException foreign) {
      throw AwsException.refusing(
          "Could not use cluster '" + cluster.dbClusterIdentifier() + "'",
          ErrorMeaning.REFUSED,
          foreign.getMessage(),
          "");
    }
  }

  private List<FoundInstance> instances(String cluster) {
    var request = instancesWith("db-cluster-id", List.of(cluster));
    return found(() ->
            AwsCalls.call(
                "Could not read the instances of cluster '" + cluster + "'",
                () -> Optional.of(everyInstance(request))))
        .orElse(List.of());
  }

  private static DescribeDbInstancesRequest instancesWith(String filter, List<String> values) {
    return DescribeDbInstancesRequest.builder()
        .filters(Filter.builder().name(filter).values(values).build())
        .build();
  }

  private List<FoundInstance> everyInstance(DescribeDbInstancesRequest request) {
    return rds.describeDBInstancesPaginator(request).dbInstances().stream()
        .filter(SdkClusterApi::exists)
        .map(InstanceReading::read)
        .toList();
  }

  @Override
  public List<InstanceName> instancesNamed(List<ClusterId> names) {
    var request = instancesWith("db-instance-id", names.stream().map(ClusterId::value).toList());
    return AwsCalls.call(
        "Could not look whether the names of new instances are free",
        () ->
            rds.describeDBInstancesPaginator(request).dbInstances().stream()
                .filter(SdkClusterApi::exists)
                .map(each ->
                    new InstanceName(
                        new ClusterId(each.dbInstanceIdentifier()),
                        Optional.ofNullable(each.dbClusterIdentifier()).map(ClusterId::new)))
                .toList());
  }

  private static boolean exists(DBInstance instance) {
    return instance.dbInstanceIdentifier() != null;
  }

  @Override
  public List<FoundSubnetGroup> subnetGroups() {
    return AwsCalls.call(
        "Could not read the DB subnet groups",
        () ->
            rds.describeDBSubnetGroupsPaginator(request -> {}).dbSubnetGroups().stream()
                .map(SubnetGroupReading::read)
                .toList());
  }

  @Override
  public Optional<FoundSubnetGroup> subnetGroup(String name) {
    return found(() ->
        AwsCalls.call(
            "Could not read DB subnet group '" + name + "'",
            () ->
                rds
                    .describeDBSubnetGroups(request -> request.dbSubnetGroupName(name))
                    .dbSubnetGroups()
                    .stream()
                    .findFirst()
                    .map(SubnetGroupReading::read)));
  }

  @Override
  public Tags tags(String arn) {
    return AwsCalls.call(
        "Could not read the tags of " + arn,
        () ->
            ClusterReading.tags(
                rds.listTagsForResource(request -> request.resourceName(arn)).tagList()));
  }

  @Override
  public List<ClusterId> clusterIds() {
    return AwsCalls.call(
        "Could not list the clusters of the region",
        () ->
            rds
                .describeDBClustersPaginator(DescribeDbClustersRequest.builder().build())
                .dbClusters()
                .stream()
                .map(DBCluster::dbClusterIdentifier)
                .map(ClusterId::new)
                .toList());
  }

  @Override
  public List<String> recentEvents(ClusterId id) {
    return new RecentEvents(rds).of(id);
  }

  @Override
  public void clone(CloneCluster wish) {
    AwsCalls.call(
        "Could not clone cluster '" + wish.source() + "' to '" + wish.target() + "'",
        () -> rds.restoreDBClusterToPointInTime(RequestWriting.write(wish)));
  }

  @Override
  public void create(CreateCluster wish, Secret password) {
    AwsCalls.call(
        "Could not create cluster '" + wish.target() + "'",
        () -> rds.createDBCluster(RequestWriting.write(wish, password)));
  }

  @Override
  public void createInstance(CreateInstance wish) {
    AwsCalls.call(
        "Could not create instance '" + wish.instance() + "'",
        () -> rds.createDBInstance(RequestWriting.write(wish)));
  }

  @Override
  public void modify(ModifyCluster wish, Optional<Secret> password) {
    AwsCalls.call(
        "Could not modify cluster '" + wish.cluster() + "'",
        () -> rds.modifyDBCluster(RequestWriting.write(wish, password)));
  }

  @Override
  public void modifyInstance(ModifyInstance wish) {
    AwsCalls.call(
        "Could not modify instance '" + wish.instance() + "'",
        () -> rds.modifyDBInstance(RequestWriting.write(wish)));
  }

  @Override
  public void rebootInstance(ClusterId instance) {
    AwsCalls.call(
        "Could not reboot instance '" + instance + "'",
        () -> rds.rebootDBInstance(request -> request.dbInstanceIdentifier(instance.value())));
  }

  @Override
  public void deleteInstance(ClusterId instance) {
    AwsCalls.call(
        "Could not delete instance '" + instance + "'",
        () ->
            rds.deleteDBInstance(
                request -> request.dbInstanceIdentifier(instance.value()).skipFinalSnapshot(true)));
  }

  @Override
  public void createSubnetGroup(String name, String description, SubnetIds subnets, Tags tags) {
    AwsCalls.call(
        "Could not create DB subnet group '" + name + "'",
        () ->
            rds.createDBSubnetGroup(request ->
                request
                    .dbSubnetGroupName(name)
                    .dbSubnetGroupDescription(description)
                    .subnetIds(ids(subnets))
                    .tags(RequestWriting.tags(tags))));
  }

  @Override
  public void modifySubnetGroup(String name, SubnetIds subnets) {
    AwsCalls.call(
        "Could not modify DB subnet group '" + name + "'",
        () ->
            rds.modifyDBSubnetGroup(
                request -> request.dbSubnetGroupName(name).subnetIds(ids(subnets))));
  }

  private static List<String> ids(SubnetIds subnets) {
    return subnets.ids().stream().map(SubnetId::value).toList();
  }

  @Override
  public void tag(String arn, Tags tags) {
    AwsCalls.call(
        "Could not tag " + arn,
        () ->
            rds.addTagsToResource(
                request -> request.resourceName(arn).tags(RequestWriting.tags(tags))));
  }

  private static <T> Optional<T> found(Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (AwsException failed) {
      if (failed.means(ErrorMeaning.NOT_FOUND)) {
        return Optional.empty();
      }
      throw failed;
    }
  }
}
