import boto3

cluster = boto3.client("rds").describe_db_clusters(DBClusterIdentifier="prod")["DBClusters"][0]
data = boto3.client("rds-data")
at = {"resourceArn": cluster["DBClusterArn"], "secretArn": cluster["MasterUserSecret"]["SecretArn"]}
data.execute_statement(sql="CREATE TABLE py (id int, at timestamp, ok boolean)", **at)
transaction = data.begin_transaction(**at)["transactionId"]
sets = [[{"name": "id", "value": {"longValue": number}}] for number in range(5)]
data.batch_execute_statement(
    sql="INSERT INTO py VALUES (:id, '2030-01-31 12:00:00', true)", parameterSets=sets, transactionId=transaction, **at
)
data.rollback_transaction(transactionId=transaction, resourceArn=at["resourceArn"], secretArn=at["secretArn"])
assert data.execute_statement(sql="SELECT count(*) FROM py", **at)["records"] == [[{"longValue": 0}]]
data.batch_execute_statement(sql="INSERT INTO py VALUES (:id, '2030-01-31 12:00:00', true)", parameterSets=sets, **at)
rows = data.execute_statement(sql="SELECT id, ok FROM py ORDER BY id", **at)["records"]
assert rows[4] == [{"longValue": 4}, {"booleanValue": True}], rows
# Names that are numbers, and an empty id of a transaction, are what other clients send.
numbered = [{"name": str(number), "value": {"longValue": number}} for number in (1, 2)]
sum = data.execute_statement(sql="SELECT :1 + :2", parameters=numbered, transactionId="", **at)
assert sum["records"] == [[{"longValue": 3}]], sum
try:
    data.execute_statement(sql="SELECT nothing FROM nowhere", **at)
    raise AssertionError("there is no such table")
except data.exceptions.ClientError as e:
    assert e.response["Error"]["Code"] == "DatabaseErrorException", e
