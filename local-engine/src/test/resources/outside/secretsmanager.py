import json
import time

import boto3

rds = boto3.client("rds")
secrets = boto3.client("secretsmanager")


def master():
    return rds.describe_db_clusters(DBClusterIdentifier="prod")["DBClusters"][0]["MasterUserSecret"]


def password():
    return json.loads(secrets.get_secret_value(SecretId=master()["SecretArn"])["SecretString"])["password"]


old = password()
secrets.rotate_secret(SecretId=master()["SecretArn"])
deadline = time.time() + 30
while (password() == old or master()["SecretStatus"] != "active") and time.time() < deadline:
    time.sleep(0.1)
assert password() != old and master()["SecretStatus"] == "active"
# The new password is the real one.
answer = boto3.client("rds-data").execute_statement(
    resourceArn=rds.describe_db_clusters(DBClusterIdentifier="prod")["DBClusters"][0]["DBClusterArn"],
    secretArn=master()["SecretArn"],
    sql="SELECT current_user::text",
)
assert answer["records"] == [[{"stringValue": "shop"}]]
try:
    secrets.get_secret_value(SecretId="nowhere")
    raise AssertionError("there is no such secret")
except secrets.exceptions.ResourceNotFoundException:
    pass
