# The RDS Data API of a cluster on MariaDB.
import time

import boto3

rds, data = boto3.client("rds"), boto3.client("rds-data")
rds.create_db_cluster(
    DBClusterIdentifier="mydata",
    Engine="aurora-mysql",
    DatabaseName="shop",
    MasterUsername="admin",
    ManageMasterUserPassword=True,
    EnableHttpEndpoint=True,
)
rds.create_db_instance(
    DBInstanceIdentifier="mydata-1", DBClusterIdentifier="mydata", DBInstanceClass="db.r6g.large", Engine="aurora-mysql"
)
for _ in range(300):
    if rds.describe_db_instances(DBInstanceIdentifier="mydata-1")["DBInstances"][0]["DBInstanceStatus"] == "available":
        break
    time.sleep(0.2)
cluster = rds.describe_db_clusters(DBClusterIdentifier="mydata")["DBClusters"][0]
assert cluster["HttpEndpointEnabled"], cluster
at = {"resourceArn": cluster["DBClusterArn"], "secretArn": cluster["MasterUserSecret"]["SecretArn"]}


def run(sql, **more):
    return data.execute_statement(sql=sql, **at, **more)


def fails(code, words, sql, **more):
    try:
        run(sql, **more)
    except data.exceptions.ClientError as e:
        assert e.response["Error"]["Code"] == code and words in e.response["Error"]["Message"], e
        return
    raise AssertionError(sql + " did not fail")


def value(name, hint=None, **field):
    return {"name": name, "value": field, **({"typeHint": hint} if hint else {})}


run("CREATE TABLE item (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(80), price decimal(8,2), at datetime, ok boolean)")
made = run(
    "INSERT INTO item (name, price, at, ok) VALUES (:n, :p, :t, :ok)",
    parameters=[
        value("n", stringValue="it's \\ `:tea`"),
        value("p", "DECIMAL", stringValue="2.50"),
        value("t", "TIMESTAMP", stringValue="2030-01-31 12:00:00"),
        value("ok", booleanValue=True),
    ],
)
assert made["numberOfRecordsUpdated"] == 1 and made["generatedFields"] == [{"longValue": 1}], made
row = run("SELECT id, name, price, at, ok, NULL, 1.5e0, x'00ff', 18446744073709551615 FROM item")["records"][0]
assert row == [
    {"longValue": 1},
    {"stringValue": "it's \\ `:tea`"},
    {"stringValue": "2.50"},
    {"stringValue": "2030-01-31 12:00:00"},
    {"booleanValue": True},
    {"isNull": True},
    {"doubleValue": 1.5},
    {"blobValue": b"\x00\xff"},
    {"stringValue": "18446744073709551615"},
], row
named = run("SELECT id AS number FROM item", includeResultMetadata=True)["columnMetadata"][0]
assert (named["label"], named["name"], named["typeName"]) == ("number", "id", "BIGINT"), named
assert run("SELECT name FROM item WHERE id = 0", formatRecordsAs="JSON")["formattedRecords"] == "[]"

sets = [[value("n", stringValue=name)] for name in ("ink", "jam")]
batch = data.batch_execute_statement(sql="INSERT INTO item (name) VALUES (:n)", parameterSets=sets, **at)
assert [each["generatedFields"] for each in batch["updateResults"]] == [[{"longValue": 2}], [{"longValue": 3}]], batch
try:
    data.batch_execute_statement(
        sql="INSERT INTO item (id) VALUES (:i)",
        parameterSets=[[value("i", longValue=9)], [value("i", longValue=1)]],
        **at,
    )
    raise AssertionError("there is a row 1")
except data.exceptions.ClientError as e:
    assert "Duplicate entry '1'" in e.response["Error"]["Message"], e
assert run("SELECT count(*) FROM item")["records"] == [[{"longValue": 3}]]

transaction = data.begin_transaction(**at)["transactionId"]
run("DELETE FROM item", transactionId=transaction)
assert run("SELECT count(*) FROM item")["records"] == [[{"longValue": 3}]]
data.rollback_transaction(transactionId=transaction, **at)
transaction = data.begin_transaction(**at)["transactionId"]
run("DELETE FROM item WHERE id = 3", transactionId=transaction)
data.commit_transaction(transactionId=transaction, **at)
assert run("SELECT count(*) FROM item")["records"] == [[{"longValue": 2}]]

fails("DatabaseErrorException", "Table 'shop.nowhere' doesn't exist; Error code: 1146; SQLState: 42S02", "SELECT 1 FROM nowhere")
fails("ValidationException", "Multistatements", "SELECT 1; SELECT 2")
fails("BadRequestException", "Cannot find parameter: a", "SELECT :a # and no :b")
assert run("SELECT repeat('x', 70000)")["records"] == [[{"stringValue": "x" * 70000}]]
fails("UnsupportedResultException", "size limit", "SELECT repeat('x', 10000) FROM seq_1_to_2000")
assert run("SELECT database()", database="mysql")["records"] == [[{"stringValue": "mysql"}]]
assert rds.describe_db_clusters(DBClusterIdentifier="mydata")["DBClusters"][0]["HttpEndpointEnabled"]
rds.disable_http_endpoint(ResourceArn=at["resourceArn"])
fails("HttpEndpointNotEnabledException", "not enabled", "SELECT 1")
rds.enable_http_endpoint(ResourceArn=at["resourceArn"])
assert run("SELECT 1")["records"] == [[{"longValue": 1}]]

rds.delete_db_instance(DBInstanceIdentifier="mydata-1", SkipFinalSnapshot=True)
rds.delete_db_cluster(DBClusterIdentifier="mydata", SkipFinalSnapshot=True)
