# The calls of aws_db_instance in all its forms, in the order in which Terraform's AWS provider makes them, with the fields
# that it sends; each time what it reads back is what was asked for, so that the next plan is empty.
import time

import boto3
from botocore.exceptions import ClientError

rds = boto3.client("rds")
TRANSIENT = {"backing-up", "creating", "modifying", "rebooting", "resetting-master-credentials", "upgrading"}


def find(name):
    return rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]


def await_instance(name):
    """Three times in a row, as waitDBInstanceAvailable looks."""
    seen = 0
    for _ in range(900):
        instance = find(name)
        status = instance["DBInstanceStatus"]
        assert status == "available" or status in TRANSIENT, status
        seen = seen + 1 if status == "available" else 0
        if seen == 3:
            return instance
        time.sleep(0.1)
    raise AssertionError(f"{name} is {instance}")


def same(instance, **wanted):
    """What a second plan compares."""
    read = {
        **instance,
        "DBSubnetGroupName": instance["DBSubnetGroup"]["DBSubnetGroupName"],
        "DBParameterGroupName": instance["DBParameterGroups"][0]["DBParameterGroupName"],
        "OptionGroupName": instance["OptionGroupMemberships"][0]["OptionGroupName"],
        "Port": instance["Endpoint"]["Port"],
        "VpcSecurityGroupIds": [each["VpcSecurityGroupId"] for each in instance["VpcSecurityGroups"]],
        "EnableCloudwatchLogsExports": instance.get("EnabledCloudwatchLogsExports", []),
        "EnableIAMDatabaseAuthentication": instance["IAMDatabaseAuthenticationEnabled"],
        "EnablePerformanceInsights": instance["PerformanceInsightsEnabled"],
        "Tags": instance["TagList"],
    }
    differs = {key: (read.get(key), value) for key, value in wanted.items() if read.get(key) != value}
    assert not differs, differs


def modify(name, **changes):
    rds.modify_db_instance(ApplyImmediately=True, DBInstanceIdentifier=name, **changes)
    return await_instance(name)


def delete(name, **how):
    rds.delete_db_instance(DBInstanceIdentifier=name, DeleteAutomatedBackups=True, **how)
    rds.get_waiter("db_instance_deleted").wait(DBInstanceIdentifier=name, WaiterConfig={"Delay": 1})


# aws_db_parameter_group, aws_db_subnet_group
default = rds.describe_db_engine_versions(Engine="postgres", DefaultOnly=True)["DBEngineVersions"][0]
rds.create_db_parameter_group(
    DBParameterGroupFamily=default["DBParameterGroupFamily"], DBParameterGroupName="tf-own", Description="Managed by Terraform"
)
rds.modify_db_parameter_group(
    DBParameterGroupName="tf-own",
    Parameters=[{"ApplyMethod": "immediate", "ParameterName": "log_min_duration_statement", "ParameterValue": "500"}],
)
own = rds.describe_db_parameters(DBParameterGroupName="tf-own", Source="user")["Parameters"]
assert [(each["ParameterName"], each["ParameterValue"]) for each in own] == [("log_min_duration_statement", "500")], own
subnets = [each["SubnetId"] for each in boto3.client("ec2").describe_subnets()["Subnets"][:3]]
rds.create_db_subnet_group(DBSubnetGroupDescription="Managed by Terraform", DBSubnetGroupName="tf-own", SubnetIds=subnets)

# aws_db_instance
wish = {
    "AllocatedStorage": 20,
    "AutoMinorVersionUpgrade": True,
    "BackupRetentionPeriod": 1,
    "CACertificateIdentifier": "rds-ca-ecc384-g1",
    "CopyTagsToSnapshot": True,
    "DBInstanceClass": "db.t4g.large",
    "DBParameterGroupName": "tf-own",
    "DBSubnetGroupName": "tf-own",
    "DeletionProtection": False,
    "EnableCloudwatchLogsExports": ["postgresql", "upgrade"],
    "EnableIAMDatabaseAuthentication": True,
    "EnablePerformanceInsights": True,
    "Engine": "postgres",
    "MasterUsername": "app",
    "MaxAllocatedStorage": 100,
    "MultiAZ": True,
    "NetworkType": "IPV4",
    "PerformanceInsightsRetentionPeriod": 7,
    "Port": 5432,
    "PreferredBackupWindow": "03:00-06:00",
    "PreferredMaintenanceWindow": "mon:00:00-mon:03:00",
    "PubliclyAccessible": False,
    "StorageEncrypted": True,
    "StorageType": "gp3",
    "Tags": [{"Key": "by", "Value": "terraform"}],
}
created = rds.create_db_instance(
    DBInstanceIdentifier="tf-plain",
    DBName="app",
    EngineVersion=default["EngineVersion"].split(".")[0],
    MasterUserPassword="correct-horse",
    **wish,
)["DBInstance"]
plain = await_instance("tf-plain")
same(plain, DBName="app", **wish)
assert plain["EngineVersion"].startswith(default["EngineVersion"].split(".")[0] + "."), plain
filters = [{"Name": "dbi-resource-id", "Values": [created["DbiResourceId"]]}]
assert rds.describe_db_instances(Filters=filters)["DBInstances"][0]["DBInstanceIdentifier"] == "tf-plain"

# … and each of its arguments that can be changed
same(modify("tf-plain", AllocatedStorage=30), AllocatedStorage=30, MaxAllocatedStorage=100)
same(modify("tf-plain", MaxAllocatedStorage=30), MaxAllocatedStorage=None)
same(modify("tf-plain", BackupRetentionPeriod=7, CopyTagsToSnapshot=False), BackupRetentionPeriod=7, CopyTagsToSnapshot=False)
same(modify("tf-plain", CACertificateIdentifier="rds-ca-rsa4096-g1"), CACertificateIdentifier="rds-ca-rsa4096-g1")
logs = {"EnableLogTypes": [], "DisableLogTypes": ["upgrade"]}
same(modify("tf-plain", CloudwatchLogsExportConfiguration=logs), EnableCloudwatchLogsExports=["postgresql"])
same(modify("tf-plain", DBInstanceClass="db.m6g.large", MultiAZ=False), DBInstanceClass="db.m6g.large", MultiAZ=False)
same(modify("tf-plain", EnableIAMDatabaseAuthentication=False), EnableIAMDatabaseAuthentication=False)
same(modify("tf-plain", EnablePerformanceInsights=False), EnablePerformanceInsights=False)
same(modify("tf-plain", AllocatedStorage=100, Iops=3000, StorageType="io1"), AllocatedStorage=100, Iops=3000, StorageType="io1")
same(modify("tf-plain", MaxAllocatedStorage=200), MaxAllocatedStorage=200, Iops=3000)
same(modify("tf-plain", MaxAllocatedStorage=100), MaxAllocatedStorage=None, Iops=3000)
same(modify("tf-plain", AllocatedStorage=110, Iops=3000), AllocatedStorage=110, Iops=3000)
same(modify("tf-plain", StorageType="gp2"), StorageType="gp2", Iops=None)
same(modify("tf-plain", AllocatedStorage=121, Iops=0), AllocatedStorage=121, Iops=None)
same(modify("tf-plain", DBPortNumber=5433), Port=5433)
same(modify("tf-plain", DeletionProtection=True), DeletionProtection=True)
same(modify("tf-plain", EngineVersion=plain["EngineVersion"].split(".")[0], AllowMajorVersionUpgrade=False))
modify("tf-plain", MasterUserPassword="battery-staple")

# aws_db_snapshot, aws_db_snapshot_copy
rds.create_db_snapshot(DBInstanceIdentifier="tf-plain", DBSnapshotIdentifier="tf-first", Tags=[{"Key": "by", "Value": "terraform"}])
rds.get_waiter("db_snapshot_available").wait(DBSnapshotIdentifier="tf-first", WaiterConfig={"Delay": 1})
first = rds.describe_db_snapshots(DBSnapshotIdentifier="tf-first")["DBSnapshots"][0]
shared = rds.describe_db_snapshot_attributes(DBSnapshotIdentifier="tf-first")["DBSnapshotAttributesResult"]
assert shared["DBSnapshotAttributes"] == [{"AttributeName": "restore", "AttributeValues": []}], shared
rds.copy_db_snapshot(
    CopyTags=False, SourceDBSnapshotIdentifier=first["DBSnapshotArn"], Tags=[], TargetDBSnapshotIdentifier="tf-second"
)
rds.get_waiter("db_snapshot_available").wait(DBSnapshotIdentifier="tf-second", WaiterConfig={"Delay": 1})

# snapshot_identifier: what a restore does not take comes in a modification after it
await_instance("tf-plain")
rds.restore_db_instance_from_db_snapshot(
    AutoMinorVersionUpgrade=True,
    CopyTagsToSnapshot=False,
    DBInstanceClass="db.t4g.large",
    DBInstanceIdentifier="tf-restored",
    DBParameterGroupName="tf-own",
    DBSnapshotIdentifier="tf-second",
    DBSubnetGroupName="tf-own",
    DeletionProtection=False,
    Engine="postgres",
    PubliclyAccessible=False,
    Tags=[],
)
await_instance("tf-restored")
later = {
    "AllocatedStorage": 140,
    "BackupRetentionPeriod": 3,
    "MaxAllocatedStorage": 200,
    "PreferredBackupWindow": "01:00-02:00",
    "PreferredMaintenanceWindow": "tue:03:00-tue:04:00",
    "StorageType": "gp3",
}
same(modify("tf-restored", EngineVersion=first["EngineVersion"], MasterUserPassword="correct-horse", **later), **later)
delete("tf-restored", SkipFinalSnapshot=True)

# restore_to_point_in_time
rds.restore_db_instance_to_point_in_time(
    AutoMinorVersionUpgrade=True,
    CopyTagsToSnapshot=False,
    DBInstanceClass="db.t4g.large",
    DeletionProtection=False,
    PubliclyAccessible=False,
    SourceDBInstanceIdentifier="tf-plain",
    Tags=[],
    TargetDBInstanceIdentifier="tf-again",
    UseLatestRestorableTime=True,
)
await_instance("tf-again")
delete("tf-again", SkipFinalSnapshot=True)

# replicate_source_db, and then none
rds.create_db_instance_read_replica(
    AutoMinorVersionUpgrade=True,
    CopyTagsToSnapshot=False,
    DBInstanceClass="db.t4g.large",
    DBInstanceIdentifier="tf-replica",
    DeletionProtection=False,
    PubliclyAccessible=False,
    SourceDBInstanceIdentifier="tf-plain",
    Tags=[],
)
assert await_instance("tf-replica")["ReadReplicaSourceDBInstanceIdentifier"] == "tf-plain"
assert find("tf-plain")["ReadReplicaDBInstanceIdentifiers"] == ["tf-replica"]
rds.promote_read_replica(BackupRetentionPeriod=0, DBInstanceIdentifier="tf-replica")
for _ in range(300):
    if "ReadReplicaSourceDBInstanceIdentifier" not in find("tf-replica"):
        break
    time.sleep(0.1)
same(await_instance("tf-replica"), BackupRetentionPeriod=0)
delete("tf-replica", SkipFinalSnapshot=True)

# aws_db_instance_role_association
role = {"DBInstanceIdentifier": "tf-plain", "FeatureName": "s3Import", "RoleArn": "arn:aws:iam::000000000000:role/loads"}
rds.add_role_to_db_instance(**role)
for _ in range(100):
    roles = find("tf-plain")["AssociatedRoles"]
    if roles[0]["Status"] == "ACTIVE":
        break
    time.sleep(0.1)
assert [(each["FeatureName"], each["Status"]) for each in roles] == [("s3Import", "ACTIVE")], roles
rds.remove_role_from_db_instance(**role)

# manage_master_user_password
modify("tf-plain", ManageMasterUserPassword=True)
assert find("tf-plain")["MasterUserSecret"]["SecretStatus"] in ("active", "creating")

# Destroyed: with protection it is told first, then asked again, with a final snapshot
try:
    rds.delete_db_instance(DBInstanceIdentifier="tf-plain", DeleteAutomatedBackups=True, FinalDBSnapshotIdentifier="tf-last", SkipFinalSnapshot=False)
    raise AssertionError("not refused")
except ClientError as error:
    assert error.response["Error"]["Code"] == "InvalidParameterCombination" and "disable deletion pro" in str(error), error
modify("tf-plain", DeletionProtection=False)
delete("tf-plain", FinalDBSnapshotIdentifier="tf-last", SkipFinalSnapshot=False)
for snapshot in "tf-first", "tf-second", "tf-last":
    rds.delete_db_snapshot(DBSnapshotIdentifier=snapshot)
rds.delete_db_parameter_group(DBParameterGroupName="tf-own")
rds.delete_db_subnet_group(DBSubnetGroupName="tf-own")
for call, name in (
    (rds.describe_db_parameter_groups, {"DBParameterGroupName": "tf-own"}),
    (rds.describe_db_subnet_groups, {"DBSubnetGroupName": "tf-own"}),
    (rds.describe_db_instances, {"DBInstanceIdentifier": "tf-plain"}),
    (rds.describe_db_snapshots, {"DBSnapshotIdentifier": "tf-last"}),
):
    try:
        call(**name)
        raise AssertionError(f"still there: {name}")
    except ClientError as error:
        assert "NotFound" in error.response["Error"]["Code"], error

# With MySQL: the parameters that most configurations set, and an option group
if rds.describe_db_engine_versions(Engine="mysql")["DBEngineVersions"]:
    rds.create_option_group(
        EngineName="mysql", MajorEngineVersion="8.0", OptionGroupDescription="Managed by Terraform", OptionGroupName="tf-mysql"
    )
    rds.modify_option_group(
        ApplyImmediately=True, OptionGroupName="tf-mysql", OptionsToInclude=[{"OptionName": "MARIADB_AUDIT_PLUGIN"}]
    )
    rds.create_db_parameter_group(
        DBParameterGroupFamily="mysql8.0", DBParameterGroupName="tf-mysql", Description="Managed by Terraform"
    )
    wanted = {"character_set_client": "utf8mb4", "character_set_server": "latin1", "require_secure_transport": "1"}
    rds.modify_db_parameter_group(
        DBParameterGroupName="tf-mysql",
        Parameters=[
            {"ApplyMethod": "immediate", "ParameterName": name, "ParameterValue": value} for name, value in wanted.items()
        ],
    )
    own = rds.describe_db_parameters(DBParameterGroupName="tf-mysql", Source="user")["Parameters"]
    assert {each["ParameterName"]: each["ParameterValue"] for each in own} == wanted, own
    mysql = {"DBParameterGroupName": "tf-mysql", "OptionGroupName": "tf-mysql"}
    rds.create_db_instance(
        AllocatedStorage=20,
        BackupRetentionPeriod=0,
        DBInstanceClass="db.t4g.large",
        DBInstanceIdentifier="tf-mysql",
        DBName="app",
        Engine="mysql",
        EngineVersion="8.0",
        MasterUserPassword="correct-horse",
        MasterUsername="app",
        **mysql,
    )
    same(await_instance("tf-mysql"), **mysql)
    # Dynamic: the running server takes it over.
    rds.modify_db_parameter_group(
        DBParameterGroupName="tf-mysql",
        Parameters=[{"ApplyMethod": "immediate", "ParameterName": "collation_server", "ParameterValue": "latin1_bin"}],
    )
    same(await_instance("tf-mysql"), **mysql)
    try:
        rds.delete_option_group(OptionGroupName="tf-mysql")
        raise AssertionError("not refused")
    except ClientError as error:
        assert error.response["Error"]["Code"] == "InvalidOptionGroupStateFault", error
    delete("tf-mysql", SkipFinalSnapshot=True)
    rds.delete_option_group(OptionGroupName="tf-mysql")
    rds.delete_db_parameter_group(DBParameterGroupName="tf-mysql")
