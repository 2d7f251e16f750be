import time

import boto3
from botocore.exceptions import ClientError

rds = boto3.client("rds")
secrets = boto3.client("secretsmanager")


def described(name):
    return rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]


def wait_for(what, condition):
    deadline = time.time() + 60
    while not condition():
        assert time.time() < deadline, what
        time.sleep(0.1)


def until_is(name, status):
    wait_for(name + " " + status, lambda: described(name)["DBInstanceStatus"] == status)


def snapshot(name):
    return rds.describe_db_snapshots(DBSnapshotIdentifier=name)["DBSnapshots"][0]


def refused(code, action, **request):
    try:
        action(**request)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, e
        return
    raise AssertionError(code)


options = rds.describe_orderable_db_instance_options(Engine="postgres", DBInstanceClass="db.t4g.micro")
assert {each["StorageType"] for each in options["OrderableDBInstanceOptions"]} >= {"gp2", "gp3"}
version = rds.describe_db_engine_versions(Engine="postgres", DefaultOnly=True)["DBEngineVersions"][0]
rds.create_db_parameter_group(
    DBParameterGroupName="own", Description="own", DBParameterGroupFamily=version["DBParameterGroupFamily"]
)
made = rds.create_db_instance(
    DBInstanceIdentifier="own",
    Engine="postgres",
    EngineVersion=version["EngineVersion"],
    DBInstanceClass="db.t4g.micro",
    AllocatedStorage=20,
    MasterUsername="shop",
    ManageMasterUserPassword=True,
    DBParameterGroupName="own",
    Tags=[{"Key": "by", "Value": "boto3"}],
)["DBInstance"]
assert made["DBInstanceStatus"] == "creating" and "DBClusterIdentifier" not in made
until_is("own", "available")
arn = described("own")["MasterUserSecret"]["SecretArn"]
assert secrets.describe_secret(SecretId=arn)["OwningService"] == "rds"

rds.create_db_snapshot(DBSnapshotIdentifier="own-1", DBInstanceIdentifier="own")
wait_for("own-1", lambda: snapshot("own-1")["Status"] == "available")
until_is("own", "available")
rds.copy_db_snapshot(SourceDBSnapshotIdentifier="own-1", TargetDBSnapshotIdentifier="own-2", CopyTags=True)
wait_for("own-2", lambda: snapshot("own-2")["Status"] == "available")
listed = rds.get_paginator("describe_db_snapshots").paginate(DBInstanceIdentifier="own", SnapshotType="manual")
assert [s["DBSnapshotIdentifier"] for page in listed for s in page["DBSnapshots"]] == ["own-1", "own-2"]
rds.add_tags_to_resource(ResourceName=snapshot("own-2")["DBSnapshotArn"], Tags=[{"Key": "a", "Value": "b"}])
assert snapshot("own-2")["TagList"] == [{"Key": "a", "Value": "b"}]
rds.modify_db_snapshot_attribute(
    DBSnapshotIdentifier="own-1", AttributeName="restore", ValuesToAdd=["111122223333"]
)
shared = rds.describe_db_snapshot_attributes(DBSnapshotIdentifier="own-1")["DBSnapshotAttributesResult"]
assert shared["DBSnapshotAttributes"][0]["AttributeValues"] == ["111122223333"]

role = {"DBInstanceIdentifier": "own", "RoleArn": "arn:aws:iam::000000000000:role/loader", "FeatureName": "s3Import"}
rds.add_role_to_db_instance(**role)
wait_for("the role", lambda: described("own")["AssociatedRoles"][0]["Status"] == "ACTIVE")
refused("DBInstanceRoleAlreadyExists", rds.add_role_to_db_instance, **role)
rds.remove_role_from_db_instance(**role)
refused("DBInstanceRoleNotFound", rds.remove_role_from_db_instance, **role)

refused("DBInstanceAlreadyExists", rds.modify_db_instance, DBInstanceIdentifier="own", NewDBInstanceIdentifier="prod-1")
rds.modify_db_instance(DBInstanceIdentifier="own", NewDBInstanceIdentifier="own-new", ApplyImmediately=True)
until_is("own-new", "available")
rds.reboot_db_instance(DBInstanceIdentifier="own-new")
until_is("own-new", "available")
refused("InvalidDBInstanceState", rds.start_db_instance, DBInstanceIdentifier="own-new")
refused("InvalidParameterCombination", rds.stop_db_instance, DBInstanceIdentifier="prod-1")
refused("InvalidParameterValue", rds.create_db_snapshot, DBSnapshotIdentifier="x", DBInstanceIdentifier="prod-1")
refused("DBSnapshotAlreadyExists", rds.create_db_snapshot, DBSnapshotIdentifier="own-1", DBInstanceIdentifier="own-new")
refused("DBSnapshotNotFound", rds.delete_db_snapshot, DBSnapshotIdentifier="nowhere")
happened = rds.describe_events(SourceType="db-snapshot", SourceIdentifier="Own-1")["Events"]
assert [e["Message"] for e in happened] == ["Creating manual snapshot", "Manual snapshot created"]

rds.delete_db_instance(DBInstanceIdentifier="own-new", SkipFinalSnapshot=True)
wait_for("the end", lambda: not [i for i in rds.describe_db_instances()["DBInstances"] if i["DBInstanceIdentifier"] == "own-new"])
refused("ResourceNotFoundException", secrets.describe_secret, SecretId=arn)
for each in ["own-1", "own-2"]:
    rds.delete_db_snapshot(DBSnapshotIdentifier=each)
rds.delete_db_parameter_group(DBParameterGroupName="own")
