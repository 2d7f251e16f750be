aws rds create-db-cluster-snapshot --db-cluster-identifier prod --db-cluster-snapshot-identifier cli-1 \
  --tags Key=by,Value=cli
until test "$(aws rds describe-db-cluster-snapshots --db-cluster-snapshot-identifier cli-1 \
  --query 'DBClusterSnapshots[0].Status' --output text)" = available; do sleep 0.2; done
aws rds copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier cli-1 \
  --target-db-cluster-snapshot-identifier cli-2 --copy-tags
aws rds modify-db-cluster-snapshot-attribute --db-cluster-snapshot-identifier cli-1 --attribute-name restore \
  --values-to-add 111122223333
test "$(aws rds describe-db-cluster-snapshot-attributes --db-cluster-snapshot-identifier cli-1 --output text \
  --query 'DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes[0].AttributeValues[0]')" = 111122223333
aws rds restore-db-cluster-from-snapshot --db-cluster-identifier cli-restored --snapshot-identifier cli-1 \
  --engine aurora-postgresql
until test "$(aws rds describe-db-clusters --db-cluster-identifier cli-restored \
  --query 'DBClusters[0].Status' --output text)" = available; do sleep 0.2; done
aws rds delete-db-cluster --db-cluster-identifier cli-restored --skip-final-snapshot
aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier cli-1
