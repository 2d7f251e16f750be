package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.AddRoleToDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.AddRoleToDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.RemoveRoleFromDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RemoveRoleFromDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.StartDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StartDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.StopDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StopDbInstanceResponse;

/// The actions on the servers and the roles of plain instances.
public final class InstancePowerActions extends RdsActions {

  private final InstancePower power;
  private final InstanceRoles roles;

  public InstancePowerActions(InstancePower power, InstanceRoles roles) {
    this.power = power;
    this.roles = roles;
  }

  @Override
  @Honours(
      value = {"DBInstanceIdentifier", "DBSnapshotIdentifier"},
      differs =
          "Of plain instances only. A stopped one stays stopped: it is not started again after seven"
              + " days.")
  public StopDbInstanceResponse stopDBInstance(StopDbInstanceRequest request) {
    return StopDbInstanceResponse.builder()
        .dbInstance(power.stop(request.dbInstanceIdentifier(), request.dbSnapshotIdentifier()))
        .build();
  }

  @Override
  @Honours(value = "DBInstanceIdentifier", differs = "Of plain instances only.")
  public StartDbInstanceResponse startDBInstance(StartDbInstanceRequest request) {
    return StartDbInstanceResponse.builder()
        .dbInstance(power.start(request.dbInstanceIdentifier()))
        .build();
  }

  @Override
  @Honours(
      value = {"DBInstanceIdentifier", "FeatureName", "RoleArn"},
      kept = {"FeatureName", "RoleArn"},
      differs =
          "Of plain instances only. The role is not looked up, and the server does not use it.")
  public AddRoleToDbInstanceResponse addRoleToDBInstance(AddRoleToDbInstanceRequest request) {
    roles.add(request.dbInstanceIdentifier(), request.roleArn(), request.featureName());
    return AddRoleToDbInstanceResponse.builder().build();
  }

  @Override
  @Honours({"DBInstanceIdentifier", "FeatureName", "RoleArn"})
  public RemoveRoleFromDbInstanceResponse removeRoleFromDBInstance(
      RemoveRoleFromDbInstanceRequest request) {
    roles.remove(request.dbInstanceIdentifier(), request.roleArn(), request.featureName());
    return RemoveRoleFromDbInstanceResponse.builder().build();
  }
}
