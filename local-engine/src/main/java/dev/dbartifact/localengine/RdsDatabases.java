package dev.dbartifact.localengine;

import dev.dbartifact.localengine.rdsdata.Databases;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/// The clusters of RDS, as everybody sees them, for RDS Data.
final class RdsDatabases implements Databases {

  private final RdsClient rds;

  /// @param actions of RDS; one of them describes clusters
  RdsDatabases(Object... actions) {
    rds =
        Arrays.stream(actions)
            .filter(RdsDatabases::describesClusters)
            .map(RdsClient.class::cast)
            .findFirst()
            .orElseThrow();
  }

  private static boolean describesClusters(Object actions) {
    return Arrays.stream(actions.getClass().getDeclaredMethods())
        .anyMatch(method -> method.getName().equals("describeDBClusters"));
  }

  @Override
  public Optional<Database> find(String arn) {
    try {
      return rds
          .describeDBClusters(request -> request.dbClusterIdentifier(arn))
          .dbClusters()
          .stream()
          .filter(cluster -> arn.equals(cluster.dbClusterArn()))
          .map(RdsDatabases::database)
          .findFirst();
    } catch (DbClusterNotFoundException e) {
      return Optional.empty();
    }
  }

  /// The ids of the security groups that clusters are in.
  Set<String> securityGroups() {
    return rds.describeDBClustersPaginator().dbClusters().stream()
        .flatMap(cluster -> cluster.vpcSecurityGroups().stream())
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .collect(Collectors.toSet());
  }

  private static Database database(DBCluster cluster) {
    return new Database(
        cluster.dbClusterArn(),
        cluster.status(),
        Boolean.TRUE.equals(cluster.httpEndpointEnabled()),
        cluster.dbClusterMembers().stream().anyMatch(DBClusterMember::isClusterWriter),
        cluster.endpoint(),
        cluster.port(),
        cluster.databaseName() == null ? "postgres" : cluster.databaseName());
  }
}
