# The request is that of docs/local-engine.md.
local_engine() {
  curl --fail --silent --show-error --aws-sigv4 "aws:amz:$AWS_REGION:db-artifact-local" \
    --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "$@" "$AWS_ENDPOINT_URL/_local/misbehaviour"
}
echo '{"rules": [{"action": "rds:DescribeDBInstances", "calls": [1, 2], "fault": {"code": "Throttling"}},
  {"action": "rds:DescribeEvents", "fault": {"code": "InvalidParameterValue", "message": "as asked"}}]}' >rules.json
local_engine --request PUT --data-binary @rules.json
aws rds describe-db-instances
if aws rds describe-events 2>refused; then exit 1; fi
grep -q 'InvalidParameterValue.*as asked' refused
local_engine --request DELETE
aws rds describe-events
