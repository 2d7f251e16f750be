import boto3

assumed = boto3.client("sts").assume_role(
    RoleArn="arn:aws:iam::000000000000:role/reader", RoleSessionName="py"
)["Credentials"]
session = boto3.Session(
    aws_access_key_id=assumed["AccessKeyId"],
    aws_secret_access_key=assumed["SecretAccessKey"],
    aws_session_token=assumed["SessionToken"],
)
arn = session.client("sts").get_caller_identity()["Arn"]
assert arn == "arn:aws:sts::000000000000:assumed-role/reader/py", arn
assert session.client("rds").describe_db_clusters()["DBClusters"]
