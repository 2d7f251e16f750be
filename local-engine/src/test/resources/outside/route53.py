import boto3

dns = boto3.client("route53")
zone = dns.create_hosted_zone(Name="py.example", CallerReference="py")["HostedZone"]["Id"]


def change(action, name):
    record = {"Name": name, "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": '"x"'}]}
    return {"Action": action, "ResourceRecordSet": record}


names = ["n%d.py.example" % number for number in range(20)]
answer = dns.change_resource_record_sets(
    HostedZoneId=zone, ChangeBatch={"Changes": [change("CREATE", name) for name in names]}
)
assert answer["ChangeInfo"]["Status"] == "PENDING"
pages = dns.get_paginator("list_resource_record_sets").paginate(HostedZoneId=zone, PaginationConfig={"PageSize": 7})
found = [each["Name"] for page in pages for each in page["ResourceRecordSets"] if each["Type"] == "TXT"]
assert found == sorted(name + "." for name in names), found
try:
    dns.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [change("CREATE", "new.py.example"), change("CREATE", names[0])]}
    )
    raise AssertionError("a name is taken")
except dns.exceptions.InvalidChangeBatch:
    pass
dns.change_resource_record_sets(
    HostedZoneId=zone, ChangeBatch={"Changes": [change("DELETE", name) for name in names]}
)
dns.delete_hosted_zone(Id=zone)

ec2 = boto3.client("ec2")
region = ec2.meta.region_name
network = {"VPCRegion": region, "VPCId": ec2.describe_vpcs()["Vpcs"][0]["VpcId"]}
private = [
    dns.create_hosted_zone(Name="in%d.example" % number, VPC=network, CallerReference="in%d" % number)["HostedZone"]["Id"]
    for number in range(3)
]
pages, token = [], {}
while not pages or token:
    page = dns.list_hosted_zones_by_vpc(VPCId=network["VPCId"], VPCRegion=region, MaxItems="2", **token)
    pages.append(page["HostedZoneSummaries"])
    token = {"NextToken": page["NextToken"]} if "NextToken" in page else {}
found = ["/hostedzone/" + zone["HostedZoneId"] for page in pages for zone in page]
assert [len(page) for page in pages] == [2, 1] and sorted(found) == sorted(private), pages
for zone in private:
    dns.delete_hosted_zone(Id=zone)
