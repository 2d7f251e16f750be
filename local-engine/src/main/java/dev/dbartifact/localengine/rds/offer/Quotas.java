package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.cluster.ClusterEndpoints;
import dev.dbartifact.localengine.rds.cluster.ClusterRoles;
import dev.dbartifact.localengine.rds.instance.ReadReplicas;
import dev.dbartifact.localengine.rds.option.OptionGroups;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ParameterGroup;
import dev.dbartifact.localengine.rds.snapshot.NewSnapshots;
import dev.dbartifact.localengine.rds.subscription.Subscriptions;
import dev.dbartifact.localengine.state.Shelf;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.AccountQuota;

/// How much of what there may be, and is: the quotas of `AccountQuota` in the API Reference, in the
/// order of the example of `describe-account-attributes` in the AWS CLI Command Reference.
///
/// How much there may be is as in "Quotas and constraints for Amazon RDS" in the Amazon RDS User
/// Guide and "Quotas in Amazon Aurora" in the Aurora User Guide.
final class Quotas {

  /// In GiB.
  private static final int MOST_STORAGE = 100_000;

  private final Catalog catalog;
  private final int mostClusters;

  Quotas(Catalog catalog, int mostClusters) {
    this.catalog = catalog;
    this.mostClusters = mostClusters;
  }

  List<AccountQuota> all() {
    return Stream.of(ofInstances(), ofClusters()).flatMap(List::stream).toList();
  }

  private List<AccountQuota> ofInstances() {
    return List.of(
        quota("DBInstances", catalog.instances.all().size(), mostClusters),
        quota("ReservedDBInstances", 0, 40),
        quota("AllocatedStorage", allocated(), MOST_STORAGE),
        quota("DBSecurityGroups", 0, 25),
        quota("AuthorizationsPerDBSecurityGroup", 0, 20),
        quota("DBParameterGroups", custom(catalog.instanceParameterGroups), 50),
        quota("ManualSnapshots", catalog.manualInstanceSnapshots(), NewSnapshots.MOST),
        quota("EventSubscriptions", catalog.subscriptions.all().size(), Subscriptions.MOST),
        quota("DBSubnetGroups", catalog.subnetGroups.all().size(), 50),
        quota("OptionGroups", catalog.optionGroups.all().size(), OptionGroups.MOST),
        quota("SubnetsPerDBSubnetGroup", subnets(), 20),
        quota("ReadReplicasPerMaster", highest(this::replicas), ReadReplicas.MOST),
        quota("DBInstanceRoles", roles(Cluster::isPlain), ClusterRoles.MOST));
  }

  private List<AccountQuota> ofClusters() {
    return List.of(
        quota("DBClusters", catalog.dbClusters().size(), mostClusters),
        quota("DBClusterParameterGroups", custom(catalog.clusterParameterGroups), 50),
        quota("DBClusterRoles", roles(of -> !of.isPlain()), ClusterRoles.MOST),
        quota("ManualClusterSnapshots", catalog.manualClusterSnapshots(), NewSnapshots.MOST),
        quota("CustomEndpointsPerDBCluster", highest(this::endpoints), ClusterEndpoints.MOST));
  }

  /// Of plain instances; that of Aurora is not allocated.
  private long allocated() {
    return catalog.instances.all().stream()
        .filter(each -> catalog.ownStorage(each).isPresent())
        .mapToLong(each -> each.settings().allocatedStorage())
        .sum();
  }

  private static long custom(Shelf<? extends ParameterGroup> groups) {
    return groups.all().stream().filter(each -> !ParameterGroups.isDefault(each.name())).count();
  }

  private long subnets() {
    return catalog.subnetGroups.all().stream()
        .mapToLong(each -> each.settings().subnets().size())
        .max()
        .orElse(0);
  }

  private long roles(Predicate<Cluster> kind) {
    return highest(of -> kind.test(of) ? of.settings().associatedRoles().size() : 0);
  }

  private long replicas(Cluster source) {
    return catalog.replicasOf(source).size();
  }

  private long endpoints(Cluster cluster) {
    return catalog.endpointsOf(cluster).size();
  }

  /// What a cluster, or the storage of a plain instance, has most of.
  private long highest(ToLongFunction<Cluster> count) {
    return catalog.clusters.all().stream().mapToLong(count).max().orElse(0);
  }

  private static AccountQuota quota(String name, long used, long most) {
    return AccountQuota.builder().accountQuotaName(name).used(used).max(most).build();
  }
}
