package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on the servers and the roles of DB clusters.
public final class ClusterPowerActions extends RdsActions {

  private final ClusterPower power;
  private final ClusterRoles roles;

  public ClusterPowerActions(ClusterPower power, ClusterRoles roles) {
    this.power = power;
    this.roles = roles;
  }

  @Override
  @Honours(
      value = "DBClusterIdentifier",
      differs = "A stopped cluster stays stopped: it is not started again after seven days.")
  public StopDbClusterResponse stopDBCluster(StopDbClusterRequest request) {
    return StopDbClusterResponse.builder()
        .dbCluster(power.stop(request.dbClusterIdentifier()))
        .build();
  }

  @Override
  @Honours("DBClusterIdentifier")
  public StartDbClusterResponse startDBCluster(StartDbClusterRequest request) {
    return StartDbClusterResponse.builder()
        .dbCluster(power.start(request.dbClusterIdentifier()))
        .build();
  }

  @Override
  @Honours(
      value = "DBClusterIdentifier",
      differs = "Always refused: it is for Multi-AZ DB clusters, which are not offered.")
  public RebootDbClusterResponse rebootDBCluster(RebootDbClusterRequest request) {
    return RebootDbClusterResponse.builder()
        .dbCluster(power.reboot(request.dbClusterIdentifier()))
        .build();
  }

  @Override
  @Honours(
      value = {"DBClusterIdentifier", "TargetDBInstanceIdentifier"},
      differs =
          "The old writer closes the cluster's volume and the new one opens it: nothing that"
              + " was committed is lost.")
  public FailoverDbClusterResponse failoverDBCluster(FailoverDbClusterRequest request) {
    return FailoverDbClusterResponse.builder()
        .dbCluster(
            power.failOver(request.dbClusterIdentifier(), request.targetDBInstanceIdentifier()))
        .build();
  }

  @Override
  @Honours(
      value = {"DBClusterIdentifier", "FeatureName", "RoleArn"},
      kept = {"FeatureName", "RoleArn"},
      differs = "The role is not looked up, and the server does not use it.")
  public AddRoleToDbClusterResponse addRoleToDBCluster(AddRoleToDbClusterRequest request) {
    roles.add(request.dbClusterIdentifier(), request.roleArn(), request.featureName());
    return AddRoleToDbClusterResponse.builder().build();
  }

  @Override
  @Honours({"DBClusterIdentifier", "FeatureName", "RoleArn"})
  public RemoveRoleFromDbClusterResponse removeRoleFromDBCluster(
      RemoveRoleFromDbClusterRequest request) {
    roles.remove(request.dbClusterIdentifier(), request.roleArn(), request.featureName());
    return RemoveRoleFromDbClusterResponse.builder().build();
  }
}
