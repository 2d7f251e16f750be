import time

import boto3

rds = boto3.client("rds")


def status(name):
    return rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=name)["DBClusterSnapshots"][0]["Status"]


made = rds.create_db_cluster_snapshot(DBClusterSnapshotIdentifier="py-1", DBClusterIdentifier="prod")
assert made["DBClusterSnapshot"]["Status"] == "creating"
deadline = time.time() + 60
while status("py-1") != "available" and time.time() < deadline:
    time.sleep(0.1)
assert status("py-1") == "available"
try:
    rds.create_db_cluster_snapshot(DBClusterSnapshotIdentifier="py-1", DBClusterIdentifier="prod")
    raise AssertionError("the name is taken")
except rds.exceptions.DBClusterSnapshotAlreadyExistsFault:
    pass
rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier="py-1")
try:
    while time.time() < deadline:
        status("py-1")
        time.sleep(0.1)
    raise AssertionError("the snapshot stays")
except rds.exceptions.DBClusterSnapshotNotFoundFault:
    pass
