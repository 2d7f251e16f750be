set -- --resource-arn "$(aws rds describe-db-clusters --db-cluster-identifier prod --query 'DBClusters[0].DBClusterArn' --output text)" \
  --secret-arn "$(aws rds describe-db-clusters --db-cluster-identifier prod --query 'DBClusters[0].MasterUserSecret.SecretArn' --output text)"
aws rds-data execute-statement "$@" --sql "CREATE TABLE cli (id int PRIMARY KEY, name text)"
aws rds-data execute-statement "$@" --sql "INSERT INTO cli VALUES (:id, :name)" \
  --parameters '[{"name":"id","value":{"longValue":1}},{"name":"name","value":{"stringValue":"one"}}]'
test "$(aws rds-data execute-statement "$@" --sql "SELECT name FROM cli" --query 'records[0][0].stringValue' --output text)" = one
aws rds disable-http-endpoint --resource-arn "$2"
if aws rds-data execute-statement "$@" --sql "SELECT 1" 2>refused; then exit 1; fi
aws rds enable-http-endpoint --resource-arn "$2"
grep -q HttpEndpointNotEnabledException refused
