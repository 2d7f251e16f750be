aws rds create-db-cluster --db-cluster-identifier prod --engine aurora-postgresql --master-username shop \
  --manage-master-user-password --enable-http-endpoint --tags Key=team,Value=orders
aws rds create-db-instance --db-instance-identifier prod-1 --db-cluster-identifier prod \
  --db-instance-class db.r6g.large --engine aurora-postgresql
until test "$(aws rds describe-db-instances --db-instance-identifier prod-1 \
  --query 'DBInstances[0].DBInstanceStatus' --output text)" = available; do sleep 0.2; done
