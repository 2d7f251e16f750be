import boto3

rds = boto3.client("rds")
role = boto3.client("iam").get_role(RoleName="exporter")["Role"]["Arn"]
rds.add_role_to_db_cluster(DBClusterIdentifier="prod", RoleArn=role, FeatureName="s3Export")
try:
    rds.add_role_to_db_cluster(DBClusterIdentifier="prod", RoleArn=role, FeatureName="s3Export")
    raise AssertionError("the role is there")
except rds.exceptions.DBClusterRoleAlreadyExistsFault:
    pass
rds.remove_role_from_db_cluster(DBClusterIdentifier="prod", RoleArn=role, FeatureName="s3Export")
try:
    rds.remove_role_from_db_cluster(DBClusterIdentifier="prod", RoleArn=role, FeatureName="s3Export")
    raise AssertionError("the role is gone")
except rds.exceptions.DBClusterRoleNotFoundFault:
    pass
