"""A cluster that may pause does so when nobody comes, and is back for whoever does. Five minutes are a second here.

CloudWatch, where AWS shows a capacity of 0, is not offered: events tell of it, on AWS too.
"""

import socket
import time

import boto3
from botocore.config import Config

NAME = "sleepy"
PAUSED = "Successfully paused the DB instance."
RESUMED = "Successfully resumed the DB instance."
rds = boto3.client("rds")
# DatabaseResumingException is what boto3 would try again by itself.
data = boto3.client("rds-data", config=Config(retries={"total_max_attempts": 1}))


def cluster():
    return rds.describe_db_clusters(DBClusterIdentifier=NAME)["DBClusters"][0]


def instance():
    return rds.describe_db_instances(DBInstanceIdentifier=NAME + "-1")["DBInstances"][0]


def until(what, holds):
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("waited in vain for " + what)


def told(message):
    events = rds.describe_events(SourceType="db-instance", SourceIdentifier=NAME + "-1", Duration=60)["Events"]
    return [each for each in events if each["Message"] == message]


rds.create_db_cluster(
    DBClusterIdentifier=NAME,
    Engine="aurora-postgresql",
    MasterUsername="shop",
    ManageMasterUserPassword=True,
    EnableHttpEndpoint=True,
    ServerlessV2ScalingConfiguration={"MinCapacity": 0, "MaxCapacity": 4, "SecondsUntilAutoPause": 300},
)
rds.create_db_instance(
    DBInstanceIdentifier=NAME + "-1", DBClusterIdentifier=NAME, DBInstanceClass="db.serverless", Engine="aurora-postgresql"
)
until("the instance", lambda: instance()["DBInstanceStatus"] == "available" and cluster()["Status"] == "available")
scaling = cluster()["ServerlessV2ScalingConfiguration"]
assert scaling == {"MinCapacity": 0.0, "MaxCapacity": 4.0, "SecondsUntilAutoPause": 300}, scaling

until("the pause", lambda: told(PAUSED))
assert told(PAUSED)[0]["EventCategories"] == ["notification", "serverless"], told(PAUSED)
assert told("Initiated pause for the DB instance."), "a pause is told of when it begins, too"
assert (cluster()["Status"], instance()["DBInstanceStatus"]) == ("available", "available")

at = {"resourceArn": cluster()["DBClusterArn"], "secretArn": cluster()["MasterUserSecret"]["SecretArn"]}
try:
    data.execute_statement(sql="SELECT 1", **at)
    raise AssertionError("it is paused")
except data.exceptions.DatabaseResumingException as resuming:
    print(resuming)


def answers():
    try:
        return data.execute_statement(sql="SELECT 1", **at)["records"] == [[{"longValue": 1}]]
    except data.exceptions.DatabaseResumingException:
        return False


until("an answer", answers)
until("the resume", lambda: len(told(RESUMED)) == 1)
assert told("Initiated resume for the DB instance.")

until("another pause", lambda: len(told(PAUSED)) == 2)
# Whether the server speaks TLS is the first thing that a client of PostgreSQL asks.
with socket.create_connection((cluster()["Endpoint"], cluster()["Port"]), timeout=20) as connection:
    connection.sendall(b"\0\0\0\x08\x04\xd2\x16\x2f")
    assert connection.recv(1) == b"S"
assert len(told(RESUMED)) == 2

rds.modify_db_cluster(DBClusterIdentifier=NAME, ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 4})
until("the capacity", lambda: "SecondsUntilAutoPause" not in cluster()["ServerlessV2ScalingConfiguration"])
until("the instance", lambda: instance()["DBInstanceStatus"] == "available" and cluster()["Status"] == "available")
rds.delete_db_instance(DBInstanceIdentifier=NAME + "-1", SkipFinalSnapshot=True)
rds.delete_db_cluster(DBClusterIdentifier=NAME, SkipFinalSnapshot=True)
