# The calls that Terraform's AWS provider makes for its resources, in their order, with the fields that it sends.
import time

import boto3
from botocore.exceptions import ClientError

rds, secrets, dns, ec2 = (boto3.client(name) for name in ("rds", "secretsmanager", "route53", "ec2"))


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


# aws_security_group, whose rule for all that goes out is taken away first
def tagged(kind, **tags):
    return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}]


def find_group():
    return ec2.describe_security_groups(GroupIds=[security])["SecurityGroups"][0]


vpc = ec2.describe_vpcs(Filters=[{"Name": "isDefault", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
wish = {"Description": "Managed by Terraform", "GroupName": "tf-db", "VpcId": vpc}
security = ec2.create_security_group(TagSpecifications=tagged("security-group", by="terraform"), **wish)["GroupId"]
everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
assert find_group()["IpPermissionsEgress"] == [
    {**everywhere, "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}
], find_group()
for ranges in {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}, {"Ipv6Ranges": [{"CidrIpv6": "::/0"}]}:
    ec2.revoke_security_group_egress(
        GroupId=security, IpPermissions=[{"FromPort": 0, "ToPort": 0, "IpProtocol": "-1", **ranges}]
    )
assert find_group()["IpPermissionsEgress"] == []
inside = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
ec2.authorize_security_group_ingress(GroupId=security, IpPermissions=[inside])
ec2.authorize_security_group_egress(
    GroupId=security, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": security}]}]
)
found = find_group()
assert found["IpPermissions"][0]["IpRanges"] == inside["IpRanges"], found
assert found["IpPermissionsEgress"][0]["UserIdGroupPairs"][0]["GroupId"] == security, found
assert found["Tags"] == [{"Key": "by", "Value": "terraform"}], found
ec2.delete_tags(Resources=[security], Tags=[{"Key": "by"}])
ec2.create_tags(Resources=[security], Tags=[{"Key": "stage", "Value": "test"}])
assert find_group()["Tags"] == [{"Key": "stage", "Value": "test"}]
refused("InvalidGroup.Duplicate", "tf-db", ec2.create_security_group, **wish)
refused(
    "InvalidPermission.Duplicate",
    "10.0.0.0/8",
    ec2.authorize_security_group_ingress,
    GroupId=security,
    IpPermissions=[inside],
)

# aws_vpc_security_group_ingress_rule
rule = ec2.authorize_security_group_ingress(
    GroupId=security,
    IpPermissions=[{**inside, "IpRanges": [{"CidrIp": "192.168.0.0/16", "Description": "office"}]}],
    TagSpecifications=tagged("security-group-rule", by="terraform"),
)["SecurityGroupRules"][0]["SecurityGroupRuleId"]


def find_rule():
    found = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"][0]
    assert found["GroupId"] == security and not found["IsEgress"], found
    return found


assert (find_rule()["CidrIpv4"], find_rule()["Description"]) == ("192.168.0.0/16", "office"), find_rule()
change = {"CidrIpv4": "192.168.1.0/24", "FromPort": 5432, "IpProtocol": "tcp", "ToPort": 5433}
ec2.modify_security_group_rules(
    GroupId=security, SecurityGroupRules=[{"SecurityGroupRule": change, "SecurityGroupRuleId": rule}]
)
assert {key: find_rule()[key] for key in change} == change, find_rule()
ec2.create_tags(Resources=[rule], Tags=[{"Key": "stage", "Value": "test"}])
filters = [{"Name": "resource-id", "Values": [rule]}]
assert {each["Key"] for each in ec2.describe_tags(Filters=filters)["Tags"]} == {"by", "stage"}
ec2.revoke_security_group_ingress(GroupId=security, SecurityGroupRuleIds=[rule])
refused(
    "InvalidSecurityGroupRuleId.NotFound", rule, ec2.describe_security_group_rules, SecurityGroupRuleIds=[rule]
)

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
    VpcSecurityGroupIds=[security],
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
for _ in range(100):
    found = rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier="tf-any")["DBClusterEndpoints"]
    if found[0]["Status"] != "creating":
        break
    time.sleep(0.1)
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
    if name == "tf-copy":
        refused("DependencyViolation", security, ec2.delete_security_group, GroupId=security)
rds.delete_db_cluster_parameter_group(DBClusterParameterGroupName="tf")
assert ec2.describe_network_interfaces(Filters=[{"Name": "group-id", "Values": [security]}])["NetworkInterfaces"] == []
ec2.delete_security_group(GroupId=security)
refused("InvalidGroup.NotFound", security, ec2.describe_security_groups, GroupIds=[security])
