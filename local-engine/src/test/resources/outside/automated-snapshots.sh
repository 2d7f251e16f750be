# Snapshots that nobody asked for: the newest is found, restored and copied, and goes with its instance.
wait_for() { for _ in $(seq 150); do test "$(eval "$1")" = "$2" && return; sleep 0.2; done; false; }
refused() {
  code=$1
  shift
  ! answer=$("$@" 2>&1) && echo "$answer" | grep -q "($code)"
}
newest() {
  aws rds describe-db-cluster-snapshots --db-cluster-identifier prod --snapshot-type automated \
    --query "max_by(DBClusterSnapshots, &SnapshotCreateTime).$1" --output text
}
wait_for 'newest Status' available
name=$(newest DBClusterSnapshotIdentifier)
echo "$name" | grep -Exq 'rds:prod-[0-9]{4}(-[0-9]{2}){4}'
refused InvalidDBClusterSnapshotStateFault aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier "$name"
refused InvalidDBClusterSnapshotStateFault aws rds modify-db-cluster-snapshot-attribute \
  --db-cluster-snapshot-identifier "$name" --attribute-name restore --values-to-add 111122223333
refused InvalidParameterValue aws rds create-db-cluster-snapshot --db-cluster-identifier prod \
  --db-cluster-snapshot-identifier rds:mine
aws rds add-tags-to-resource --resource-name "$(newest DBClusterSnapshotArn)" --tags Key=by,Value=cli
aws rds copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier "$name" \
  --target-db-cluster-snapshot-identifier auto-kept --copy-tags
copy() { aws rds describe-db-cluster-snapshots --db-cluster-snapshot-identifier auto-kept --query "DBClusterSnapshots[0].$1" --output text; }
wait_for 'copy Status' available
test "$(copy '[SnapshotType,TagList[0].Key]')" = "$(printf 'manual\tby')"
aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier auto-kept
aws rds restore-db-cluster-from-snapshot --db-cluster-identifier nightly --snapshot-identifier "$name" \
  --engine aurora-postgresql
aws rds wait db-cluster-available --db-cluster-identifier nightly
aws rds delete-db-cluster --db-cluster-identifier nightly --skip-final-snapshot

# What they and the history amount to is the automated backup of their cluster.
backup() { aws rds describe-db-cluster-automated-backups --db-cluster-identifier "$1" --output text --query "DBClusterAutomatedBackups[0].$2"; }
test "$(backup prod Status)" = active
backup prod RestoreWindow.LatestTime | grep -Eq '^[0-9]{4}-'
resource=$(backup prod DbClusterResourceId)
test "$(aws rds describe-db-cluster-automated-backups --db-cluster-resource-id "$resource" --output text \
  --query 'DBClusterAutomatedBackups[].DBClusterIdentifier')" = prod
refused DBClusterAutomatedBackupNotFoundFault backup nowhere Status

aws rds create-db-instance --db-instance-identifier auto --engine postgres --db-instance-class db.t4g.micro \
  --allocated-storage 20 --master-username shop --master-user-password correct-horse
own() {
  aws rds describe-db-snapshots --db-instance-identifier auto --snapshot-type automated --query "$1" --output text
}
wait_for 'own "DBSnapshots[0].Status"' available
name=$(own 'DBSnapshots[0].DBSnapshotIdentifier')
backups() { aws rds describe-db-instance-automated-backups --output text --query "DBInstanceAutomatedBackups[?DBInstanceIdentifier=='auto'].$1"; }
test "$(backups Status)" = active
arn=$(backups DBInstanceAutomatedBackupsArn)
test "$(aws rds describe-db-instance-automated-backups --db-instance-automated-backups-arn "$arn" --output text \
  --query 'DBInstanceAutomatedBackups[].DBInstanceIdentifier')" = auto
refused InvalidDBSnapshotState aws rds delete-db-snapshot --db-snapshot-identifier "$name"
aws rds describe-events --source-type db-instance --source-identifier auto --output text >events
grep -q 'Backing up DB instance' events
grep -q 'Finished DB Instance backup' events
aws rds restore-db-instance-from-db-snapshot --db-instance-identifier auto-again --db-snapshot-identifier "$name"
shown() { aws rds describe-db-instances --db-instance-identifier auto-again --query 'DBInstances[0].DBInstanceStatus' --output text; }
wait_for shown available
refused InvalidParameterCombination aws rds delete-db-instance --db-instance-identifier auto --skip-final-snapshot \
  --no-delete-automated-backups
aws rds modify-db-instance --db-instance-identifier auto --backup-retention-period 0 --apply-immediately
wait_for 'own "length(DBSnapshots)"' 0
test -z "$(backups Status)"
refused DBInstanceAutomatedBackupNotFound aws rds describe-db-instance-automated-backups --db-instance-identifier auto
aws rds modify-db-instance --db-instance-identifier auto --backup-retention-period 1 --apply-immediately
for each in auto auto-again; do
  aws rds delete-db-instance --db-instance-identifier "$each" --skip-final-snapshot --delete-automated-backups
done
wait_for 'own "length(DBSnapshots)"' 0
