import boto3

rds = boto3.client("rds")
version = rds.describe_db_clusters(DBClusterIdentifier="prod")["DBClusters"][0]["EngineVersion"]
family = "aurora-postgresql" + version.split(".")[0]
rds.create_db_parameter_group(DBParameterGroupName="py", DBParameterGroupFamily=family, Description="from Python")
change = {"ParameterName": "log_min_duration_statement", "ParameterValue": "500", "ApplyMethod": "immediate"}
rds.modify_db_parameter_group(DBParameterGroupName="py", Parameters=[change])
pages = rds.get_paginator("describe_db_parameters").paginate(DBParameterGroupName="py", Source="user")
chosen = [each for page in pages for each in page["Parameters"]]
assert [(each["ParameterName"], each["ParameterValue"]) for each in chosen] == [("log_min_duration_statement", "500")]
rds.delete_db_parameter_group(DBParameterGroupName="py")
try:
    rds.delete_db_parameter_group(DBParameterGroupName="py")
    raise AssertionError("the group is gone")
except rds.exceptions.DBParameterGroupNotFoundFault:
    pass
