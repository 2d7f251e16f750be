# What Terraform's AWS provider does around databases: a role for enhanced monitoring, option groups, event
# subscriptions, the default certificate authority, and what its data sources ask.
import json
import time

import boto3
from botocore.exceptions import ClientError

rds, iam, dns, ec2 = (boto3.client(name) for name in ("rds", "iam", "route53", "ec2"))


def refused(code, words, call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code and words in str(error), error
        return
    raise AssertionError(f"not refused: {parameters}")


def tags(arn):
    return {each["Key"]: each["Value"] for each in rds.list_tags_for_resource(ResourceName=arn)["TagList"]}


# aws_iam_role, aws_iam_role_policy_attachment: what terraform-aws-modules makes for enhanced monitoring
def trusting(service):
    statement = {"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": service}, "Sid": ""}
    return {"Statement": [statement], "Version": "2012-10-17"}


watcher = "tf-rds-monitoring-20300131115900000000000001"
made = iam.create_role(
    AssumeRolePolicyDocument=json.dumps(trusting("monitoring.rds.amazonaws.com")),
    Description="Watches databases",
    MaxSessionDuration=3600,
    Path="/",
    RoleName=watcher,
    Tags=[{"Key": "by", "Value": "terraform"}],
)["Role"]


def find_role():
    return iam.get_role(RoleName=watcher)["Role"]


assert find_role()["AssumeRolePolicyDocument"] == trusting("monitoring.rds.amazonaws.com"), find_role()
assert (made["Arn"], made["RoleId"]) == (find_role()["Arn"], find_role()["RoleId"])
assert iam.list_role_policies(RoleName=watcher)["PolicyNames"] == []
refused("EntityAlreadyExists", watcher, iam.create_role, RoleName=watcher, AssumeRolePolicyDocument=json.dumps(trusting("x")))
policy = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
iam.attach_role_policy(PolicyArn=policy, RoleName=watcher)
attached = iam.get_paginator("list_attached_role_policies").paginate(RoleName=watcher).build_full_result()
assert attached["AttachedPolicies"] == [{"PolicyArn": policy, "PolicyName": "AmazonRDSEnhancedMonitoringRole"}]
iam.update_assume_role_policy(PolicyDocument=json.dumps(trusting("rds.amazonaws.com")), RoleName=watcher)
iam.update_role_description(Description="Watches all databases", RoleName=watcher)
iam.update_role(MaxSessionDuration=7200, RoleName=watcher)
iam.put_role_permissions_boundary(PermissionsBoundary="arn:aws:iam::aws:policy/PowerUserAccess", RoleName=watcher)
iam.untag_role(RoleName=watcher, TagKeys=["by"])
iam.tag_role(RoleName=watcher, Tags=[{"Key": "stage", "Value": "test"}])
role = find_role()
assert role["AssumeRolePolicyDocument"] == trusting("rds.amazonaws.com"), role
assert (role["Description"], role["MaxSessionDuration"]) == ("Watches all databases", 7200), role
assert role["PermissionsBoundary"]["PermissionsBoundaryArn"].endswith("PowerUserAccess"), role
assert role["Tags"] == iam.list_role_tags(RoleName=watcher)["Tags"] == [{"Key": "stage", "Value": "test"}], role
iam.delete_role_permissions_boundary(RoleName=watcher)
assert "PermissionsBoundary" not in find_role()

# inline_policy
reading = {"Statement": [{"Action": "s3:GetObject", "Effect": "Allow", "Resource": "*"}], "Version": "2012-10-17"}
iam.put_role_policy(PolicyDocument=json.dumps(reading), PolicyName="read", RoleName=watcher)
assert iam.list_role_policies(RoleName=watcher)["PolicyNames"] == ["read"]
assert iam.get_role_policy(PolicyName="read", RoleName=watcher)["PolicyDocument"] == reading
refused("DeleteConflict", "detach", iam.delete_role, RoleName=watcher)
iam.delete_role_policy(PolicyName="read", RoleName=watcher)

# aws_rds_cluster and aws_rds_cluster_instance that are watched with it
rds.create_db_cluster(
    DBClusterIdentifier="tf-watched",
    Engine="aurora-postgresql",
    MasterUsername="app",
    ManageMasterUserPassword=True,
    MonitoringInterval=30,
    MonitoringRoleArn=made["Arn"],
)
rds.create_db_instance(
    DBClusterIdentifier="tf-watched",
    DBInstanceClass="db.r6g.large",
    DBInstanceIdentifier="tf-watched-0",
    Engine="aurora-postgresql",
    MonitoringInterval=60,
    MonitoringRoleArn=made["Arn"],
)
rds.get_waiter("db_instance_available").wait(DBInstanceIdentifier="tf-watched-0", WaiterConfig={"Delay": 1})
cluster = rds.describe_db_clusters(DBClusterIdentifier="tf-watched")["DBClusters"][0]
instance = rds.describe_db_instances(DBInstanceIdentifier="tf-watched-0")["DBInstances"][0]
assert (cluster["MonitoringInterval"], cluster["MonitoringRoleArn"]) == (30, made["Arn"]), cluster
assert (instance["MonitoringInterval"], instance["MonitoringRoleArn"]) == (60, made["Arn"]), instance
valid = rds.describe_valid_db_instance_modifications(DBInstanceIdentifier="tf-watched-0")
assert valid["ValidDBInstanceModificationsMessage"]["Storage"] == [], valid

# aws_db_event_subscription
topic = "arn:aws:sns:{}:{}:alarms".format(*cluster["DBClusterArn"].split(":")[3:5])
wish = {"Enabled": True, "SnsTopicArn": topic, "SubscriptionName": "tf-alarms"}
created = rds.create_event_subscription(
    EventCategories=["failover", "failure"],
    SourceIds=["tf-watched"],
    SourceType="db-cluster",
    Tags=[{"Key": "by", "Value": "terraform"}],
    **wish,
)["EventSubscription"]
assert (created["CustSubscriptionId"], created["Status"]) == ("tf-alarms", "creating"), created


def find_subscription():
    """Until it is active: what waitEventSubscriptionCreated waits for."""
    for _ in range(100):
        found = rds.describe_event_subscriptions(SubscriptionName="tf-alarms")["EventSubscriptionsList"]
        if found[0]["Status"] == "active":
            return found[0]
        time.sleep(0.1)
    raise AssertionError(found)


found = find_subscription()
assert (found["SourceIdsList"], found["SourceType"]) == (["tf-watched"], "db-cluster"), found
assert (found["Enabled"], found["SnsTopicArn"], found["CustomerAwsId"]) == (True, topic, topic.split(":")[4]), found
assert tags(found["EventSubscriptionArn"]) == {"by": "terraform"}
refused("SubscriptionAlreadyExist", "tf-alarms", rds.create_event_subscription, **wish)
rds.modify_event_subscription(
    SubscriptionName="tf-alarms", Enabled=False, EventCategories=["failover"], SourceType="db-cluster"
)
found = find_subscription()
assert (found["Enabled"], found["EventCategoriesList"]) == (False, ["failover"]), found
rds.remove_source_identifier_from_subscription(SourceIdentifier="tf-watched", SubscriptionName="tf-alarms")
assert find_subscription()["SourceIdsList"] == []
rds.add_source_identifier_to_subscription(SourceIdentifier="tf-watched", SubscriptionName="tf-alarms")
assert find_subscription()["SourceIdsList"] == ["tf-watched"]
rds.add_tags_to_resource(ResourceName=found["EventSubscriptionArn"], Tags=[{"Key": "stage", "Value": "test"}])
assert tags(found["EventSubscriptionArn"]) == {"by": "terraform", "stage": "test"}
rds.delete_event_subscription(SubscriptionName="tf-alarms")
refused("SubscriptionNotFound", "tf-alarms", rds.describe_event_subscriptions, SubscriptionName="tf-alarms")

# aws_rds_certificate, whose reading looks for the one that overrides
def overriding():
    found = rds.describe_certificates()["Certificates"]
    return [each["CertificateIdentifier"] for each in found if each.get("CustomerOverride")]


assert overriding() == []
rds.modify_certificates(CertificateIdentifier="rds-ca-rsa4096-g1")
assert overriding() == ["rds-ca-rsa4096-g1"]
assert rds.describe_certificates()["DefaultCertificateForNewLaunches"] == "rds-ca-rsa4096-g1"
rds.modify_certificates(RemoveCustomerOverride=True)
assert overriding() == []

# aws_rds_orderable_db_instance, aws_rds_engine_version, aws_db_event_categories
options = rds.describe_orderable_db_instance_options(Engine="postgres", MaxRecords=1000)["OrderableDBInstanceOptions"]
assert len(options) > 100 and {each["Engine"] for each in options} == {"postgres"}
assert rds.describe_db_engine_versions(
    Engine="aurora-postgresql", DefaultOnly=True, ListSupportedCharacterSets=True, ListSupportedTimezones=True
)["DBEngineVersions"]
assert rds.describe_event_categories(SourceType="db-cluster")["EventCategoriesMapList"]

# aws_db_option_group
if rds.describe_db_engine_versions(Engine="mysql")["DBEngineVersions"]:
    offered = rds.describe_option_group_options(EngineName="mysql", MajorEngineVersion="8.0")["OptionGroupOptions"]
    assert [each["Name"] for each in offered] == ["MARIADB_AUDIT_PLUGIN"], offered
    group = rds.create_option_group(
        EngineName="mysql",
        MajorEngineVersion="8.0",
        OptionGroupDescription="Managed by Terraform",
        OptionGroupName="tf-options",
        Tags=[{"Key": "by", "Value": "terraform"}],
    )["OptionGroup"]
    audit = {
        "OptionName": "MARIADB_AUDIT_PLUGIN",
        "OptionSettings": [
            {"Name": "SERVER_AUDIT_EVENTS", "Value": "CONNECT"},
            {"Name": "SERVER_AUDIT_FILE_ROTATIONS", "Value": "37"},
        ],
    }
    rds.modify_option_group(ApplyImmediately=True, OptionGroupName="tf-options", OptionsToInclude=[audit])

    def find_options():
        return rds.describe_option_groups(OptionGroupName="tf-options")["OptionGroupsList"][0]["Options"]

    # The provider leaves out what has its default.
    changed = [
        {"Name": each["Name"], "Value": each["Value"]}
        for each in find_options()[0]["OptionSettings"]
        if each.get("Value") != each.get("DefaultValue")
    ]
    assert changed == audit["OptionSettings"], changed
    assert tags(group["OptionGroupArn"]) == {"by": "terraform"}
    rds.copy_option_group(
        SourceOptionGroupIdentifier="tf-options",
        TargetOptionGroupDescription="the same",
        TargetOptionGroupIdentifier="tf-options-too",
    )
    rds.delete_option_group(OptionGroupName="tf-options-too")
    rds.modify_option_group(ApplyImmediately=True, OptionGroupName="tf-options", OptionsToRemove=["MARIADB_AUDIT_PLUGIN"])
    assert find_options() == []
    rds.delete_option_group(OptionGroupName="tf-options")
    refused("OptionGroupNotFoundFault", "tf-options", rds.describe_option_groups, OptionGroupName="tf-options")

# aws_route53_zone with force_destroy
zone = dns.create_hosted_zone(CallerReference="tf-force", Name="force.example")["HostedZone"]["Id"].split("/")[-1]
assert dns.get_dnssec(HostedZoneId=zone)["Status"]["ServeSignature"] == "NOT_SIGNING"
dns.delete_hosted_zone(Id=zone)

# Destroyed
rds.delete_db_instance(DBInstanceIdentifier="tf-watched-0")
rds.get_waiter("db_instance_deleted").wait(DBInstanceIdentifier="tf-watched-0", WaiterConfig={"Delay": 1})
rds.delete_db_cluster(DBClusterIdentifier="tf-watched", SkipFinalSnapshot=True, DeleteAutomatedBackups=True)
rds.get_waiter("db_cluster_deleted").wait(DBClusterIdentifier="tf-watched", WaiterConfig={"Delay": 1})
iam.detach_role_policy(PolicyArn=policy, RoleName=watcher)
assert iam.list_instance_profiles_for_role(RoleName=watcher)["InstanceProfiles"] == []
iam.delete_role(RoleName=watcher)
refused("NoSuchEntity", watcher, iam.get_role, RoleName=watcher)
