package dev.dbartifact.localengine;

import dev.dbartifact.localengine.rdsdata.Databases;
import dev.dbartifact.localengine.server.ServerKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/// The clusters of RDS, as everybody sees them, for RDS Data.
final class RdsDatabases implements Databases {

  private final RdsClient clusters;
  private final RdsClient instances;
  private final UnaryOperator<String> addresses;
  private final Predicate<String> resuming;

  /// @param addresses where an endpoint leads: this very process need not know the name
  /// @param resuming whether the cluster of an ARN is paused, or on its way back, which it is then
  /// @param clusters describes DB clusters
  /// @param instances describes DB instances
  RdsDatabases(
      UnaryOperator<String> addresses,
      Predicate<String> resuming,
      RdsClient clusters,
      RdsClient instances) {
    this.addresses = addresses;
    this.resuming = resuming;
    this.clusters = clusters;
    this.instances = instances;
  }

  @Override
  public Optional<Database> find(String arn) {
    try {
      return clusters
          .describeDBClusters(request -> request.dbClusterIdentifier(arn))
          .dbClusters()
          .stream()
          .filter(cluster -> arn.equals(cluster.dbClusterArn()))
          .map(this::database)
          .findFirst();
    } catch (DbClusterNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean resumes(String arn) {
    return resuming.test(arn);
  }

  /// The ids of the security groups that clusters and instances are in.
  Set<String> securityGroups() {
    return Stream.concat(
            clusters.describeDBClustersPaginator().dbClusters().stream()
                .flatMap(cluster -> cluster.vpcSecurityGroups().stream()),
            instances.describeDBInstancesPaginator().dbInstances().stream()
                .flatMap(instance -> instance.vpcSecurityGroups().stream()))
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .collect(Collectors.toSet());
  }

  private Database database(DBCluster cluster) {
    var kind = cluster.engine().contains("mysql") ? ServerKind.MARIADB : ServerKind.POSTGRESQL;
    return new Database(
        cluster.dbClusterArn(),
        kind,
        cluster.status(),
        Boolean.TRUE.equals(cluster.httpEndpointEnabled()),
        cluster.dbClusterMembers().stream().anyMatch(DBClusterMember::isClusterWriter),
        addresses.apply(cluster.endpoint()),
        cluster.port(),
        cluster.databaseName() == null ? always(kind) : cluster.databaseName());
  }

  /// MySQL takes logins without a database.
  private static String always(ServerKind kind) {
    return kind == ServerKind.POSTGRESQL ? "postgres" : "";
  }
}
