# The calls that Terraform's AWS provider makes for its resources, in their order, with the fields that it sends.
import time

import boto3
from botocore.exceptions import ClientError

rds, secrets, dns = (boto3.client(name) for name in ("rds", "secretsmanager", "route53"))


def await_cluster(name):
    """Available, and nothing pending: what waitDBClusterUpdated waits for."""
    for _ in range(600):
        cluster = rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]
        if cluster["Status"] == "available" and not cluster.get("PendingModifiedValues"):
            return cluster
        time.sleep(0.1)
    raise AssertionError(f"{name} is {cluster}")


def await_instance(name):
    for _ in range(600):
        instance = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]
        if instance["DBInstanceStatus"] == "available":
            return instance
        time.sleep(0.1)
    raise AssertionError(f"{name} is {instance}")


def read_cluster(name):
    cluster = rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]
    filters = [{"Name": "db-cluster-id", "Values": [cluster["DBClusterArn"]]}]
    assert rds.describe_global_clusters(Filters=filters)["GlobalClusters"] == []
    return cluster


def refused(code, words, call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code and words in str(error), error
        return
    raise AssertionError(f"not refused: {parameters}")


# aws_rds_cluster_parameter_group
versions = rds.describe_db_engine_versions(Engine="aurora-postgresql", DefaultOnly=True)["DBEngineVersions"]
family = versions[0]["DBParameterGroupFamily"]
group = rds.create_db_cluster_parameter_group(
    DBClusterParameterGroupName="tf", DBParameterGroupFamily=family, Description="Managed by Terraform", Tags=[]
)["DBClusterParameterGroup"]
rds.modify_db_cluster_parameter_group(
    DBClusterParameterGroupName="tf",
    Parameters=[{"ApplyMethod": "immediate", "ParameterName": "log_min_duration_statement", "ParameterValue": "500"}],
)
own = rds.describe_db_cluster_parameters(DBClusterParameterGroupName="tf", Source="user")["Parameters"]
assert [each["ParameterName"] for each in own] == ["log_min_duration_statement"], own
assert rds.list_tags_for_resource(ResourceName=group["DBClusterParameterGroupArn"])["TagList"] == []

# aws_rds_cluster, aws_rds_cluster_instance
rds.create_db_cluster(
    BackupRetentionPeriod=1,
    CopyTagsToSnapshot=False,
    DBClusterIdentifier="tf",
    DBClusterParameterGroupName="tf",
    DatabaseName="app",
    DeletionProtection=False,
    EnablePerformanceInsights=True,
    Engine="aurora-postgresql",
    EngineMode="provisioned",
    MasterUserPassword="correct-horse",
    MasterUsername="app",
    PerformanceInsightsRetentionPeriod=7,
    ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 1},
    StorageEncrypted=False,
    Tags=[{"Key": "by", "Value": "terraform"}],
)
await_cluster("tf")
assert read_cluster("tf")["PerformanceInsightsRetentionPeriod"] == 7
rds.create_db_instance(
    AutoMinorVersionUpgrade=True,
    CopyTagsToSnapshot=False,
    DBClusterIdentifier="tf",
    DBInstanceClass="db.serverless",
    DBInstanceIdentifier="tf-0",
    Engine="aurora-postgresql",
    PromotionTier=0,
    PubliclyAccessible=False,
    Tags=[],
)
instance = await_instance("tf-0")
assert instance["DBClusterIdentifier"] == "tf"
filters = [{"Name": "dbi-resource-id", "Values": [instance["DbiResourceId"]]}]
assert rds.describe_db_instances(Filters=filters)["DBInstances"][0]["DBInstanceIdentifier"] == "tf-0"

changes = {"ApplyImmediately": True, "AllowMajorVersionUpgrade": True, "DBClusterIdentifier": "tf", "BackupRetentionPeriod": 7}
refused(
    "InvalidParameterCombination",
    "db-instance-parameter-group-name can only be specified for a major",
    rds.modify_db_cluster,
    DBInstanceParameterGroupName="default." + family,
    **changes,
)
rds.modify_db_cluster(**changes)
assert await_cluster("tf")["BackupRetentionPeriod"] == 7
arn = read_cluster("tf")["DBClusterArn"]
rds.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "stage", "Value": "test"}])
rds.remove_tags_from_resource(ResourceName=arn, TagKeys=["by"])
assert rds.list_tags_for_resource(ResourceName=arn)["TagList"] == [{"Key": "stage", "Value": "test"}]

# aws_rds_cluster with restore_to_point_in_time, and no restore_type
rds.restore_db_cluster_to_point_in_time(
    CopyTagsToSnapshot=False,
    DBClusterIdentifier="tf-copy",
    DeletionProtection=True,
    RestoreType="",
    SourceDBClusterIdentifier="tf",
    Tags=[],
    UseLatestRestorableTime=True,
)
await_cluster("tf-copy")
rds.modify_db_cluster(
    ApplyImmediately=True, DBClusterIdentifier="tf-copy", MasterUserPassword="battery-staple", BackupRetentionPeriod=1
)

# aws_rds_cluster_endpoint, aws_rds_cluster_role_association
rds.create_db_cluster_endpoint(
    DBClusterEndpointIdentifier="tf-any", DBClusterIdentifier="tf", EndpointType="ANY", StaticMembers=["tf-0"], Tags=[]
)
found = rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier="tf-any")["DBClusterEndpoints"]
assert [each["Status"] for each in found] == ["available"] and found[0]["CustomEndpointType"] == "ANY", found
rds.delete_db_cluster_endpoint(DBClusterEndpointIdentifier="tf-any")
assert rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier="tf-any")["DBClusterEndpoints"] == []
role = {"DBClusterIdentifier": "tf", "FeatureName": "s3Import", "RoleArn": "arn:aws:iam::000000000000:role/loads"}
rds.add_role_to_db_cluster(**role)
rds.remove_role_from_db_cluster(**role)

# aws_secretsmanager_secret, aws_secretsmanager_secret_version
token = "terraform-20300131115900000000000001"
secret = secrets.create_secret(
    ClientRequestToken=token, Description="", ForceOverwriteReplicaSecret=False, Name="tf/app", Tags=[]
)["ARN"]
assert "DeletedDate" not in secrets.describe_secret(SecretId=secret)
assert "ResourcePolicy" not in secrets.get_resource_policy(SecretId=secret)
version = secrets.put_secret_value(ClientRequestToken=token, SecretId=secret, SecretString="{}")["VersionId"]
assert secrets.get_secret_value(SecretId=secret, VersionId=version)["SecretString"] == "{}"
secrets.delete_secret(SecretId=secret, RecoveryWindowInDays=30)
assert "DeletedDate" in secrets.describe_secret(SecretId=secret)
secrets.delete_secret(SecretId=secret, ForceDeleteWithoutRecovery=True)

# aws_route53_record
zone = dns.create_hosted_zone(
    CallerReference=token, HostedZoneConfig={"Comment": "Managed by Terraform"}, Name="tf.example"
)["HostedZone"]["Id"].split("/")[-1]
record = {"Name": "db.tf.example", "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": "db.internal"}]}


def change(action):
    batch = {"Changes": [{"Action": action, "ResourceRecordSet": record}], "Comment": "Managed by Terraform"}
    info = dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)["ChangeInfo"]
    while dns.get_change(Id=info["Id"])["ChangeInfo"]["Status"] != "INSYNC":
        time.sleep(0.1)


dns.get_hosted_zone(Id=zone)
change("CREATE")
first = dns.list_resource_record_sets(HostedZoneId=zone, StartRecordName="db.tf.example", StartRecordType="CNAME")
assert first["ResourceRecordSets"][0]["Name"] == "db.tf.example.", first
change("DELETE")
dns.delete_hosted_zone(Id=zone)

# Destroyed in the order of their dependence.
refused(
    "InvalidParameterCombination",
    "disable deletion pro",
    rds.delete_db_cluster,
    DBClusterIdentifier="tf-copy",
    DeleteAutomatedBackups=True,
    SkipFinalSnapshot=True,
)
await_cluster("tf-copy")
rds.modify_db_cluster(ApplyImmediately=True, DBClusterIdentifier="tf-copy", DeletionProtection=False)
rds.delete_db_instance(DBInstanceIdentifier="tf-0")
for name in "tf-copy", "tf":
    rds.delete_db_cluster(DBClusterIdentifier=name, DeleteAutomatedBackups=True, SkipFinalSnapshot=True)
    rds.get_waiter("db_cluster_deleted").wait(DBClusterIdentifier=name, WaiterConfig={"Delay": 1})
rds.delete_db_cluster_parameter_group(DBClusterParameterGroupName="tf")
