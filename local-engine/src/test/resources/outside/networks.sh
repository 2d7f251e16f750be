# The little of EC2 that databases need.
refused() { "$@" 2>&1 && return 1 || return 0; }
vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
test "$(aws ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute enableDnsSupport --query EnableDnsSupport.Value)" = true
test "$(aws ec2 describe-subnets --filters "Name=vpc-id,Values=$vpc" --query 'length(Subnets)')" = 6
zones=$(aws ec2 describe-availability-zones --filters Name=state,Values=available --query 'AvailabilityZones[].ZoneName' --output text)
test "$(aws ec2 describe-subnets --query 'Subnets[].AvailabilityZone' --output text | tr '\t' '\n' | sort -u)" = "$(echo "$zones" | tr '\t' '\n' | sort)"
group=$(aws ec2 create-security-group --group-name cli --description "from the shell" --vpc-id "$vpc" \
  --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id "$group" --protocol tcp --port 5432 --cidr 10.0.0.0/8
test "$(aws ec2 describe-security-groups --group-ids "$group" --output text \
  --query 'SecurityGroups[0].[GroupName,IpPermissions[0].FromPort,IpPermissions[0].IpRanges[0].CidrIp]')" \
  = "$(printf 'cli\t5432\t10.0.0.0/8')"
refused aws ec2 create-security-group --group-name cli --description again --vpc-id "$vpc" | grep -q InvalidGroup.Duplicate
aws ec2 delete-security-group --group-id "$group"
refused aws ec2 describe-security-groups --group-ids "$group" | grep -q InvalidGroup.NotFound
AWS_SECRET_ACCESS_KEY=not-the-secret refused aws ec2 describe-vpcs | grep -q AuthFailure
