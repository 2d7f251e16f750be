zone=$(aws route53 create-hosted-zone --name cli.example --caller-reference cli --query HostedZone.Id --output text)
batch='{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"db.cli.example","Type":"CNAME","TTL":60,"ResourceRecords":[{"Value":"prod.example"}]}}]}'
change=$(aws route53 change-resource-record-sets --hosted-zone-id "$zone" --change-batch "$batch" \
  --query ChangeInfo.Id --output text)
aws route53 wait resource-record-sets-changed --id "$change"
test "$(aws route53 list-resource-record-sets --hosted-zone-id "$zone" --output text \
  --query 'ResourceRecordSets[?Type==`CNAME`].Name')" = db.cli.example.
aws route53 change-resource-record-sets --hosted-zone-id "$zone" --change-batch "$(echo "$batch" | sed s/UPSERT/DELETE/)"
aws route53 delete-hosted-zone --id "$zone"
