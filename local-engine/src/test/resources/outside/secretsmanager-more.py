import boto3

secrets = boto3.client("secretsmanager")
password = secrets.get_random_password(PasswordLength=20, ExcludePunctuation=True)["RandomPassword"]
assert len(password) == 20 and password.isalnum(), password
one = secrets.create_secret(Name="py/one", SecretString="first")
secrets.create_secret(Name="py/two", SecretString="other")
secrets.update_secret(SecretId="py/one", SecretString="second", Description="changed")
versions = secrets.list_secret_version_ids(SecretId="py/one")["Versions"]
by_stage = {stage: each["VersionId"] for each in versions for stage in each["VersionStages"]}
assert by_stage["AWSPREVIOUS"] == one["VersionId"], versions
secrets.update_secret_version_stage(
    SecretId="py/one",
    VersionStage="AWSCURRENT",
    MoveToVersionId=one["VersionId"],
    RemoveFromVersionId=by_stage["AWSCURRENT"],
)
both = secrets.batch_get_secret_value(SecretIdList=["py/one", "py/two"])["SecretValues"]
assert {each["SecretString"] for each in both} == {"first", "other"}, both
secrets.tag_resource(SecretId="py/one", Tags=[{"Key": "by", "Value": "py"}, {"Key": "for", "Value": "now"}])
secrets.untag_resource(SecretId="py/one", TagKeys=["for"])
(listed,) = secrets.list_secrets(Filters=[{"Key": "name", "Values": ["py/one"]}])["SecretList"]
assert listed["Tags"] == [{"Key": "by", "Value": "py"}] and listed["Description"] == "changed", listed
secrets.delete_secret(SecretId="py/one", RecoveryWindowInDays=7)
try:
    secrets.get_secret_value(SecretId="py/one")
    raise AssertionError("it is to be deleted")
except secrets.exceptions.InvalidRequestException:
    pass
secrets.restore_secret(SecretId="py/one")
assert secrets.get_secret_value(SecretId="py/one")["SecretString"] == "first"
for name in ("py/one", "py/two"):
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
