import boto3

rds = boto3.client("rds")
subnets = [each["SubnetId"] for each in boto3.client("ec2").describe_subnets()["Subnets"]]


def described():
    (group,) = rds.describe_db_subnet_groups(DBSubnetGroupName="py")["DBSubnetGroups"]
    return group["DBSubnetGroupDescription"], {each["SubnetIdentifier"] for each in group["Subnets"]}


made = rds.create_db_subnet_group(DBSubnetGroupName="py", DBSubnetGroupDescription="one", SubnetIds=subnets[:2])
assert made["DBSubnetGroup"]["SubnetGroupStatus"] == "Complete", made
assert described() == ("one", set(subnets[:2])), described()
rds.modify_db_subnet_group(DBSubnetGroupName="py", DBSubnetGroupDescription="two", SubnetIds=subnets[:3])
assert described() == ("two", set(subnets[:3])), described()
try:
    rds.modify_db_subnet_group(DBSubnetGroupName="py", SubnetIds=["subnet-0123456789abcdef0", subnets[0]])
    raise AssertionError("there is no such subnet")
except rds.exceptions.InvalidSubnet:
    pass
rds.delete_db_subnet_group(DBSubnetGroupName="py")
try:
    described()
    raise AssertionError("it is gone")
except rds.exceptions.DBSubnetGroupNotFoundFault:
    pass
