"""A cluster with a reader is rebooted, failed over, stopped and started; its custom endpoint follows."""

import time

import boto3

rds = boto3.client("rds")


def cluster():
    return rds.describe_db_clusters(DBClusterIdentifier="power")["DBClusters"][0]


def until(state):
    for _ in range(300):
        instances = rds.describe_db_instances(Filters=[{"Name": "db-cluster-id", "Values": ["power"]}])["DBInstances"]
        states = {cluster()["Status"]} | {each["DBInstanceStatus"] for each in instances}
        if states == {state}:
            return
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {state}: {states}")


def writer():
    return next(each["DBInstanceIdentifier"] for each in cluster()["DBClusterMembers"] if each["IsClusterWriter"])


rds.create_db_cluster(
    DBClusterIdentifier="power", Engine="aurora-postgresql", MasterUsername="shop", MasterUserPassword="correct-horse"
)
for name in ("power-1", "power-2"):
    rds.create_db_instance(
        DBInstanceIdentifier=name,
        DBClusterIdentifier="power",
        DBInstanceClass="db.r6g.large",
        Engine="aurora-postgresql",
    )
until("available")
rds.create_db_cluster_endpoint(
    DBClusterIdentifier="power", DBClusterEndpointIdentifier="own", EndpointType="ANY", StaticMembers=["power-1"]
)
changed = rds.modify_db_cluster_endpoint(DBClusterEndpointIdentifier="own", StaticMembers=["power-2"])
assert changed["StaticMembers"] == ["power-2"], changed
assert writer() == "power-1"
rds.failover_db_cluster(DBClusterIdentifier="power", TargetDBInstanceIdentifier="power-2")
for _ in range(100):
    if writer() == "power-2":
        break
    time.sleep(0.2)
assert writer() == "power-2"
until("available")
try:
    rds.reboot_db_cluster(DBClusterIdentifier="power")
    raise AssertionError("only Multi-AZ clusters are rebooted as a whole")
except rds.exceptions.ClientError as refused:
    print(refused)
rds.stop_db_cluster(DBClusterIdentifier="power")
until("stopped")
rds.start_db_cluster(DBClusterIdentifier="power")
until("available")
rds.delete_db_cluster_endpoint(DBClusterEndpointIdentifier="own")
for name in ("power-1", "power-2"):
    rds.delete_db_instance(DBInstanceIdentifier=name)
rds.delete_db_cluster(DBClusterIdentifier="power", SkipFinalSnapshot=True)
