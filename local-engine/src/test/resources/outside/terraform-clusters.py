# The calls of aws_rds_cluster in its other forms, in the order in which Terraform's AWS provider makes them, with the
# fields that it sends; what it reads back is what was asked for, so that the next plan is empty.
import time

import boto3
from botocore.exceptions import ClientError

rds = boto3.client("rds")
ROLES = ["arn:aws:iam::000000000000:role/loads", "arn:aws:iam::000000000000:role/unloads"]
TRANSIENT = {"backing-up", "creating", "modifying", "resetting-master-credentials", "upgrading", "configuring-iam-database-auth"}


def find(name):
    return rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]


def await_cluster(name):
    """Available, and nothing pending: what waitDBClusterUpdated waits for."""
    for _ in range(900):
        cluster = find(name)
        status = cluster["Status"]
        assert status == "available" or status in TRANSIENT, status
        if status == "available" and not cluster.get("PendingModifiedValues"):
            return cluster
        time.sleep(0.1)
    raise AssertionError(f"{name} is {cluster}")


def await_instance(name):
    rds.get_waiter("db_instance_available").wait(DBInstanceIdentifier=name, WaiterConfig={"Delay": 1})


def same(cluster, **wanted):
    """What a second plan compares."""
    read = {
        **cluster,
        "DBSubnetGroupName": cluster["DBSubnetGroup"],
        "DBClusterParameterGroupName": cluster["DBClusterParameterGroup"],
        "VpcSecurityGroupIds": [each["VpcSecurityGroupId"] for each in cluster["VpcSecurityGroups"]],
        "EnableCloudwatchLogsExports": cluster.get("EnabledCloudwatchLogsExports", []),
        "EnableHttpEndpoint": cluster["HttpEndpointEnabled"],
        "EnableIAMDatabaseAuthentication": cluster["IAMDatabaseAuthenticationEnabled"],
        "EnablePerformanceInsights": cluster.get("PerformanceInsightsEnabled"),
        "ServerlessV2ScalingConfiguration": cluster.get("ServerlessV2ScalingConfiguration"),
        "Roles": sorted(each["RoleArn"] for each in cluster["AssociatedRoles"]),
        "Tags": cluster["TagList"],
    }
    differs = {key: (read.get(key), value) for key, value in wanted.items() if read.get(key) != value}
    assert not differs, differs


def modify(name, **changes):
    rds.modify_db_cluster(ApplyImmediately=True, DBClusterIdentifier=name, **changes)
    return await_cluster(name)


def delete(name, **how):
    rds.delete_db_cluster(DBClusterIdentifier=name, DeleteAutomatedBackups=True, **how)
    rds.get_waiter("db_cluster_deleted").wait(DBClusterIdentifier=name, WaiterConfig={"Delay": 1})


def add_roles(name, *features):
    """Without features it is iam_roles, which Aurora PostgreSQL does not take."""
    for role, feature in zip(ROLES, features or [None] * len(ROLES)):
        named = {"FeatureName": feature} if feature else {}
        rds.add_role_to_db_cluster(DBClusterIdentifier=name, RoleArn=role, **named)


# With a managed password, and all that can be said of an Aurora cluster
default = rds.describe_db_engine_versions(Engine="aurora-postgresql", DefaultOnly=True)["DBEngineVersions"][0]
major = default["EngineVersion"].split(".")[0]
wish = {
    "AutoMinorVersionUpgrade": True,
    "BackupRetentionPeriod": 7,
    "CopyTagsToSnapshot": True,
    "DatabaseInsightsMode": "advanced",
    "DatabaseName": "app",
    "DeletionProtection": False,
    "EnableCloudwatchLogsExports": ["postgresql"],
    "EnableHttpEndpoint": True,
    "EnableIAMDatabaseAuthentication": True,
    "EnablePerformanceInsights": True,
    "Engine": "aurora-postgresql",
    "EngineLifecycleSupport": "open-source-rds-extended-support-disabled",
    "EngineMode": "provisioned",
    "MasterUsername": "app",
    "NetworkType": "IPV4",
    "PerformanceInsightsRetentionPeriod": 465,
    "Port": 5433,
    "PreferredBackupWindow": "02:00-03:00",
    "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
    "ServerlessV2ScalingConfiguration": {"MinCapacity": 0.0, "MaxCapacity": 4.0, "SecondsUntilAutoPause": 3600},
    "StorageEncrypted": True,
    "StorageType": "aurora-iopt1",
    "Tags": [{"Key": "by", "Value": "terraform"}],
}
rds.create_db_cluster(DBClusterIdentifier="tf-full", EngineVersion=major, ManageMasterUserPassword=True, **wish)
cluster = await_cluster("tf-full")
same(cluster, **wish)
assert cluster["MasterUserSecret"]["SecretStatus"] == "active" and cluster["KmsKeyId"].startswith("arn:aws:kms:"), cluster
add_roles("tf-full", "s3Import", "s3Export")
same(find("tf-full"), Roles=ROLES)
rds.create_db_instance(
    AutoMinorVersionUpgrade=True,
    CopyTagsToSnapshot=False,
    DBClusterIdentifier="tf-full",
    DBInstanceClass="db.serverless",
    DBInstanceIdentifier="tf-full-0",
    DBSubnetGroupName=cluster["DBSubnetGroup"],
    Engine="aurora-postgresql",
    EngineVersion=major,
    PerformanceInsightsKMSKeyId=cluster["KmsKeyId"],
    EnablePerformanceInsights=True,
    PreferredMaintenanceWindow="sun:05:00-sun:06:00",
    PromotionTier=0,
    PubliclyAccessible=False,
    Tags=[],
)
await_instance("tf-full-0")

# … and each of its arguments that can be changed. The version as it is configured comes along each time.
full = {"EngineVersion": major}
same(modify("tf-full", BackupRetentionPeriod=5, **full), BackupRetentionPeriod=5, EngineVersion=cluster["EngineVersion"])
same(modify("tf-full", CopyTagsToSnapshot=False, DeletionProtection=True), CopyTagsToSnapshot=False, DeletionProtection=True)
logs = {"DisableLogTypes": ["postgresql"], "EnableLogTypes": []}
same(modify("tf-full", CloudwatchLogsExportConfiguration=logs), EnableCloudwatchLogsExports=[])
same(modify("tf-full", EnableIAMDatabaseAuthentication=False), EnableIAMDatabaseAuthentication=False)
same(
    modify("tf-full", DatabaseInsightsMode="standard", EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=7),
    DatabaseInsightsMode="standard",
    PerformanceInsightsRetentionPeriod=7,
)
scaling = {"MinCapacity": 1.0, "MaxCapacity": 8.0}
modify("tf-full", ServerlessV2ScalingConfiguration=scaling)
assert {key: find("tf-full")["ServerlessV2ScalingConfiguration"][key] for key in scaling} == scaling
assert "StorageType" not in modify("tf-full", StorageType="aurora")
windows = {"PreferredBackupWindow": "04:00-05:00", "PreferredMaintenanceWindow": "mon:05:30-mon:06:30"}
same(modify("tf-full", **windows), **windows)
arn = cluster["DBClusterArn"]
rds.disable_http_endpoint(ResourceArn=arn)
same(modify("tf-full"), EnableHttpEndpoint=False)
rds.remove_role_from_db_cluster(DBClusterIdentifier="tf-full", FeatureName="s3Import", RoleArn=ROLES[0])
same(find("tf-full"), Roles=ROLES[1:])
modify("tf-full", ManageMasterUserPassword=False, MasterUserPassword="correct-horse")
assert "MasterUserSecret" not in find("tf-full")

# aws_db_cluster_snapshot, aws_rds_cluster_snapshot_copy
rds.create_db_cluster_snapshot(DBClusterIdentifier="tf-full", DBClusterSnapshotIdentifier="tf-full-first", Tags=[])
rds.get_waiter("db_cluster_snapshot_available").wait(DBClusterSnapshotIdentifier="tf-full-first", WaiterConfig={"Delay": 1})
first = rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier="tf-full-first")["DBClusterSnapshots"][0]
rds.copy_db_cluster_snapshot(
    SourceDBClusterSnapshotIdentifier=first["DBClusterSnapshotArn"], Tags=[], TargetDBClusterSnapshotIdentifier="tf-full-copy"
)
rds.get_waiter("db_cluster_snapshot_available").wait(DBClusterSnapshotIdentifier="tf-full-copy", WaiterConfig={"Delay": 1})

# snapshot_identifier: what a restore does not take comes in a modification after it
restored = {
    "CopyTagsToSnapshot": False,
    "DBSubnetGroupName": cluster["DBSubnetGroup"],
    "DeletionProtection": False,
    "EnableCloudwatchLogsExports": ["postgresql"],
    "Engine": "aurora-postgresql",
    "EngineMode": "provisioned",
    "MonitoringInterval": 60,
    "MonitoringRoleArn": ROLES[0],
    "Port": 5434,
    "StorageType": "aurora-iopt1",
    "Tags": [{"Key": "by", "Value": "terraform"}],
}
rds.restore_db_cluster_from_snapshot(
    DBClusterIdentifier="tf-restored",
    EngineVersion=major,
    KmsKeyId=first["KmsKeyId"],
    SnapshotIdentifier=first["DBClusterSnapshotArn"],
    **restored,
)
await_cluster("tf-restored")
later = {"BackupRetentionPeriod": 3, **windows}
same(
    modify("tf-restored", MasterUserPassword="battery-staple", ServerlessV2ScalingConfiguration=scaling, **later),
    **restored,
    **later,
)
delete("tf-restored", SkipFinalSnapshot=True)

# restore_to_point_in_time with a restore_type
copied = {key: restored[key] for key in ("CopyTagsToSnapshot", "DeletionProtection", "Tags")}
rds.restore_db_cluster_to_point_in_time(
    DBClusterIdentifier="tf-clone",
    RestoreType="copy-on-write",
    SourceDBClusterIdentifier="tf-full",
    UseLatestRestorableTime=True,
    **copied,
)
await_cluster("tf-clone")
same(modify("tf-clone", ManageMasterUserPassword=True), **copied)
assert find("tf-clone")["MasterUserSecret"]["SecretStatus"] in ("active", "creating")
delete("tf-clone", SkipFinalSnapshot=True)

# aurora-mysql, with backtrack switched off
if rds.describe_db_engine_versions(Engine="aurora-mysql")["DBEngineVersions"]:
    mysql = {
        "BackupRetentionPeriod": 1,
        "CopyTagsToSnapshot": False,
        "DatabaseName": "app",
        "DeletionProtection": False,
        "EnableCloudwatchLogsExports": ["audit", "error", "general", "slowquery"],
        "Engine": "aurora-mysql",
        "MasterUsername": "app",
    }
    rds.create_db_cluster(DBClusterIdentifier="tf-mysql", EngineVersion="8.0", MasterUserPassword="correct-horse", **mysql)
    same(await_cluster("tf-mysql"), **mysql)
    add_roles("tf-mysql")
    same(find("tf-mysql"), Roles=ROLES)
    rds.remove_role_from_db_cluster(DBClusterIdentifier="tf-mysql", RoleArn=ROLES[0])
    same(find("tf-mysql"), Roles=ROLES[1:])
    assert find("tf-mysql").get("BacktrackWindow", 0) == 0
    delete("tf-mysql", SkipFinalSnapshot=True)

# aws_rds_clusters, aws_db_instances
filters = [{"Name": "db-cluster-id", "Values": ["tf-full"]}]
assert [each["DBClusterArn"] for each in rds.describe_db_clusters(Filters=filters)["DBClusters"]] == [arn]
assert [each["DBInstanceIdentifier"] for each in rds.describe_db_instances(Filters=filters)["DBInstances"]] == ["tf-full-0"]

# Destroyed, with a final snapshot
rds.delete_db_instance(DBInstanceIdentifier="tf-full-0")
rds.get_waiter("db_instance_deleted").wait(DBInstanceIdentifier="tf-full-0", WaiterConfig={"Delay": 1})
modify("tf-full", DeletionProtection=False)
delete("tf-full", FinalDBSnapshotIdentifier="tf-full-last", SkipFinalSnapshot=False)
for snapshot in "tf-full-first", "tf-full-copy", "tf-full-last":
    rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier=snapshot)
for call, name, code in (
    (rds.describe_db_clusters, {"DBClusterIdentifier": "tf-full"}, "DBClusterNotFoundFault"),
    (rds.describe_db_instances, {"DBInstanceIdentifier": "tf-full-0"}, "DBInstanceNotFound"),
    (rds.describe_db_cluster_snapshots, {"DBClusterSnapshotIdentifier": "tf-full-last"}, "DBClusterSnapshotNotFoundFault"),
):
    try:
        call(**name)
        raise AssertionError(f"still there: {name}")
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
