aws secretsmanager create-secret --name cli/one --secret-string first --tags Key=by,Value=cli
aws secretsmanager put-secret-value --secret-id cli/one --secret-string second
test "$(aws secretsmanager get-secret-value --secret-id cli/one --query SecretString --output text)" = second
test "$(aws secretsmanager get-secret-value --secret-id cli/one --version-stage AWSPREVIOUS \
  --query SecretString --output text)" = first
aws secretsmanager delete-secret --secret-id cli/one --force-delete-without-recovery
managed=$(aws rds describe-db-clusters --db-cluster-identifier prod \
  --query 'DBClusters[0].MasterUserSecret.SecretArn' --output text)
if aws secretsmanager delete-secret --secret-id "$managed" 2>refused; then exit 1; fi
grep -q InvalidRequestException refused
