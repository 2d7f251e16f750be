role=$(aws iam get-role --role-name loader --query Role.Arn --output text)
aws rds add-role-to-db-cluster --db-cluster-identifier prod --role-arn "$role" --feature-name s3Import
until test "$(aws rds describe-db-clusters --db-cluster-identifier prod --output text \
  --query 'DBClusters[0].AssociatedRoles[0].Status')" = ACTIVE; do sleep 0.2; done
aws rds remove-role-from-db-cluster --db-cluster-identifier prod --role-arn "$role" --feature-name s3Import
