import boto3

dns = boto3.client("route53")
before = dns.get_hosted_zone_count()["HostedZoneCount"]
zone = dns.create_hosted_zone(Name="py-zones.example", CallerReference="py-zones")["HostedZone"]["Id"].split("/")[-1]
assert dns.get_hosted_zone_count()["HostedZoneCount"] == before + 1
assert zone in [each["Id"].split("/")[-1] for each in dns.list_hosted_zones()["HostedZones"]]
first = dns.list_hosted_zones_by_name(DNSName="py-zones.example", MaxItems="1")["HostedZones"][0]
assert first["Name"] == "py-zones.example.", first
commented = dns.update_hosted_zone_comment(Id=zone, Comment="seen")["HostedZone"]
assert commented["Config"]["Comment"] == "seen", commented
dns.change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone, AddTags=[{"Key": "by", "Value": "py"}])
tags = dns.list_tags_for_resource(ResourceType="hostedzone", ResourceId=zone)["ResourceTagSet"]["Tags"]
assert tags == [{"Key": "by", "Value": "py"}], tags
dns.delete_hosted_zone(Id=zone)
assert dns.get_hosted_zone_count()["HostedZoneCount"] == before
