# A plain instance of PostgreSQL: snapshot, restores, changes, stop and start.
described() { aws rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
until_is() { for _ in $(seq 100); do test "$(described "$1" DBInstanceStatus)" = "$2" && return; sleep 0.2; done; false; }
snapshot_is() {
  for _ in $(seq 100); do
    test "$(aws rds describe-db-snapshots --db-snapshot-identifier "$1" --query 'DBSnapshots[0].Status' --output text)" = "$2" && return
    sleep 0.2
  done
  false
}
ask() {
  PGPASSWORD="$2" psql -XAtq -h "$(described "$1" Endpoint.Address)" -p "$(described "$1" Endpoint.Port)" -U shop orders -c "$3"
}
test "$(aws rds create-db-instance --db-instance-identifier plain --engine postgres --db-instance-class db.t4g.micro \
  --allocated-storage 20 --master-username shop --master-user-password correct-horse --db-name orders \
  --backup-retention-period 7 --copy-tags-to-snapshot --deletion-protection --multi-az --tags Key=by,Value=cli \
  --query 'DBInstance.[DBInstanceStatus,DBClusterIdentifier,MultiAZ]' --output text)" = "$(printf 'creating\tNone\tTrue')"
until_is plain available
test "$(aws rds describe-db-clusters --query "length(DBClusters[?DBClusterIdentifier=='plain'])")" = 0
ask plain correct-horse "create table item (id int); insert into item values (1)"

aws rds create-db-snapshot --db-instance-identifier plain --db-snapshot-identifier plain-1
snapshot_is plain-1 available
aws rds modify-db-snapshot --db-snapshot-identifier plain-1 --engine-version "$(described plain EngineVersion)"
ask plain correct-horse "insert into item values (2)"
aws rds restore-db-instance-from-db-snapshot --db-instance-identifier plain-then --db-snapshot-identifier plain-1 \
  --allocated-storage 400
aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier plain \
  --target-db-instance-identifier plain-now --use-latest-restorable-time --port 5555
until_is plain-then available
until_is plain-now available
test "$(ask plain-then correct-horse 'select count(*) from item')" = 1
test "$(described plain-then '[StorageType,Iops,StorageThroughput]')" = "$(printf 'gp3\t12000\t500')"
test "$(described plain-now Endpoint.Port)" = 5555
ask plain-now correct-horse "delete from item"
test "$(ask plain correct-horse 'select count(*) from item')" = 2

aws rds modify-db-instance --db-instance-identifier plain --master-user-password battery-staple --no-deletion-protection \
  --allocated-storage 30
test "$(described plain PendingModifiedValues.AllocatedStorage)" = 30
for _ in $(seq 50); do ask plain battery-staple 'select 1' && break; sleep 0.2; done
aws rds modify-db-instance --db-instance-identifier plain --apply-immediately
test "$(described plain AllocatedStorage)" = 30
aws rds stop-db-instance --db-instance-identifier plain
until_is plain stopped
aws rds start-db-instance --db-instance-identifier plain
until_is plain available
test "$(ask plain battery-staple 'select count(*) from item')" = 2
aws rds delete-db-instance --db-instance-identifier plain --final-db-snapshot-identifier plain-last
snapshot_is plain-last available
for each in plain-then plain-now; do
  aws rds delete-db-instance --db-instance-identifier "$each" --skip-final-snapshot
done
for each in plain-1 plain-last; do aws rds delete-db-snapshot --db-snapshot-identifier "$each"; done
