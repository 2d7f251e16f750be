# A plain instance of PostgreSQL from its first day to its last.
described() { aws rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
until_is() { for _ in $(seq 300); do test "$(described "$1" DBInstanceStatus)" = "$2" && return; sleep 0.2; done; false; }
snapshot_is() {
  for _ in $(seq 300); do
    test "$(aws rds describe-db-snapshots --db-snapshot-identifier "$1" --query 'DBSnapshots[0].Status' --output text)" = "$2" && return
    sleep 0.2
  done
  false
}
ask() { PGPASSWORD="$2" psql -XAtq -h "$(described "$1" Endpoint.Address)" -p "$(described "$1" Endpoint.Port)" -U shop orders -c "$3"; }

test "$(aws rds create-db-instance --db-instance-identifier plain --engine postgres --db-instance-class db.t4g.micro \
  --allocated-storage 20 --master-username shop --master-user-password correct-horse --db-name orders \
  --backup-retention-period 7 --copy-tags-to-snapshot --deletion-protection --multi-az --tags Key=by,Value=cli \
  --query 'DBInstance.[DBInstanceStatus,DBClusterIdentifier,MultiAZ]' --output text)" = "$(printf 'creating\tNone\tTrue')"
aws rds wait db-instance-available --db-instance-identifier plain
test "$(aws rds describe-db-clusters --query "length(DBClusters[?DBClusterIdentifier=='plain'])")" = 0
ask plain correct-horse "create table item (id int); insert into item values (1)"

aws rds create-db-snapshot --db-instance-identifier plain --db-snapshot-identifier plain-1
snapshot_is plain-1 available
aws rds copy-db-snapshot --source-db-snapshot-identifier plain-1 --target-db-snapshot-identifier plain-2 --copy-tags
snapshot_is plain-2 available
test "$(aws rds describe-db-snapshots --db-instance-identifier plain --snapshot-type manual \
  --query 'DBSnapshots[].DBSnapshotIdentifier' --output text)" = "$(printf 'plain-1\tplain-2')"
test "$(aws rds list-tags-for-resource --resource-name arn:aws:rds:us-west-2:000000000000:snapshot:plain-2 \
  --query 'TagList[0].Value' --output text)" = cli
aws rds modify-db-snapshot-attribute --db-snapshot-identifier plain-1 --attribute-name restore \
  --values-to-add 111122223333
test "$(aws rds describe-db-snapshot-attributes --db-snapshot-identifier plain-1 --output text \
  --query 'DBSnapshotAttributesResult.DBSnapshotAttributes[0].AttributeValues[0]')" = 111122223333
ask plain correct-horse "insert into item values (2)"

aws rds restore-db-instance-from-db-snapshot --db-instance-identifier plain-then --db-snapshot-identifier plain-2
aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier plain \
  --target-db-instance-identifier plain-now --use-latest-restorable-time --port 5555
aws rds wait db-instance-available --db-instance-identifier plain-then
aws rds wait db-instance-available --db-instance-identifier plain-now
test "$(ask plain-then correct-horse 'select count(*) from item')" = 1
test "$(ask plain-now correct-horse 'select count(*) from item')" = 2
test "$(described plain-now Endpoint.Port)" = 5555
ask plain-now correct-horse "delete from item"
test "$(ask plain correct-horse 'select count(*) from item')" = 2

aws rds modify-db-instance --db-instance-identifier plain --master-user-password battery-staple --no-deletion-protection \
  --allocated-storage 30 --db-instance-class db.t4g.small
test "$(described plain PendingModifiedValues.AllocatedStorage)" = 30
for _ in $(seq 100); do ask plain battery-staple 'select 1' && break; sleep 0.2; done
aws rds modify-db-instance --db-instance-identifier plain --apply-immediately
test "$(described plain '[AllocatedStorage,DBInstanceClass]')" = "$(printf '30\tdb.t4g.small')"
until_is plain available
aws rds reboot-db-instance --db-instance-identifier plain --force-failover
until_is plain available

aws rds stop-db-instance --db-instance-identifier plain --db-snapshot-identifier plain-3
until_is plain stopped
snapshot_is plain-3 available
! ask plain battery-staple 'select 1'
aws rds start-db-instance --db-instance-identifier plain
until_is plain available
ask plain battery-staple 'select 1'

aws rds modify-db-instance --db-instance-identifier plain --new-db-instance-identifier plain-new --apply-immediately
until_is plain-new available
test "$(ask plain-new battery-staple 'select count(*) from item')" = 2
aws rds add-role-to-db-instance --db-instance-identifier plain-new --feature-name s3Import \
  --role-arn arn:aws:iam::000000000000:role/loader
for _ in $(seq 100); do test "$(described plain-new 'AssociatedRoles[0].Status')" = ACTIVE && break; sleep 0.2; done
aws rds remove-role-from-db-instance --db-instance-identifier plain-new --feature-name s3Import \
  --role-arn arn:aws:iam::000000000000:role/loader

aws rds delete-db-instance --db-instance-identifier plain-new --final-db-snapshot-identifier plain-last
aws rds wait db-instance-deleted --db-instance-identifier plain-new
snapshot_is plain-last available
for each in plain-then plain-now; do
  aws rds delete-db-instance --db-instance-identifier "$each" --skip-final-snapshot
  aws rds wait db-instance-deleted --db-instance-identifier "$each"
done
for each in plain-1 plain-2 plain-3 plain-last; do aws rds delete-db-snapshot --db-snapshot-identifier "$each"; done
aws rds wait db-snapshot-deleted --db-snapshot-identifier plain-last
