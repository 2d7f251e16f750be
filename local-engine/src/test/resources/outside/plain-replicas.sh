# A plain instance of PostgreSQL in an older minor version: its replicas, an upgrade, a promotion, and its end.
described() { aws rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
until_is() { for _ in $(seq 150); do test "$(described "$1" DBInstanceStatus)" = "$2" && return; sleep 0.2; done; false; }
ask() {
  PGPASSWORD=correct-horse psql -XAtq -h "$(described "$1" Endpoint.Address)" -p "$(described "$1" Endpoint.Port)" -U shop postgres -c "$2"
}
until_says() { for _ in $(seq 50); do test "$(ask "$1" "$2")" = "$3" && return; sleep 0.1; done; false; }
refused() {
  local why=$1 answer
  shift
  if answer=$("$@" 2>&1); then false; fi
  grep -q "$why" <<<"$answer"
}

old=$(aws rds describe-db-engine-versions --engine postgres --default-only --query 'DBEngineVersions[0].MajorEngineVersion' --output text).1
new=$(aws rds describe-db-engine-versions --engine postgres --engine-version "$old" \
  --query 'DBEngineVersions[0].ValidUpgradeTarget[0].EngineVersion' --output text)
refused InvalidParameterCombination aws rds create-db-instance --db-instance-identifier source --engine postgres --engine-version "$old.9" \
  --db-instance-class db.t4g.micro --allocated-storage 20 --master-username shop --master-user-password correct-horse
aws rds create-db-instance --db-instance-identifier source --engine postgres --engine-version "$old" \
  --db-instance-class db.t4g.micro --allocated-storage 20 --master-username shop --master-user-password correct-horse
until_is source available
test "$(described source EngineVersion)" = "$old"
ask source "create table item (id int); insert into item values (1)"

for each in 'left --allocated-storage 400' right; do
  test "$(aws rds create-db-instance-read-replica --source-db-instance-identifier source --db-instance-identifier $each \
    --query 'DBInstance.DBInstanceStatus' --output text)" = creating
done
until_is left available
until_is right available
test "$(described left '[StorageType,Iops,StorageThroughput]')" = "$(printf 'gp3\t12000\t500')"
test "$(described source 'join(`,`,ReadReplicaDBInstanceIdentifiers)')" = left,right
test "$(described left '[ReadReplicaSourceDBInstanceIdentifier,StatusInfos[0].Status]')" = "$(printf 'source\treplicating')"
ask source "insert into item values (2)"
until_says left "select count(*) from item" 2
until_says right "select count(*) from item" 2
refused "read-only transaction" ask left "insert into item values (3)"
refused InvalidDBInstanceState aws rds stop-db-instance --db-instance-identifier source

aws rds modify-db-instance --db-instance-identifier source --engine-version "$new"
test "$(described source '[EngineVersion,PendingModifiedValues.EngineVersion]')" = "$(printf '%s\t%s' "$old" "$new")"
test "$(aws rds modify-db-instance --db-instance-identifier source --apply-immediately \
  --query 'DBInstance.DBInstanceStatus' --output text)" = upgrading
for each in source left right; do
  until_is $each available
  test "$(described $each EngineVersion)" = "$new"
done
refused InvalidParameterCombination aws rds modify-db-instance --db-instance-identifier source --engine-version "$old"
ask source "insert into item values (4)"
until_says left "select count(*) from item" 3

aws rds promote-read-replica --db-instance-identifier left
until_is left available
ask left "insert into item values (5)"
test "$(ask source 'select count(*) from item')" = 3
test "$(described source 'join(`,`,ReadReplicaDBInstanceIdentifiers)')" = right
until_says right "select count(*) from item" 3
aws rds delete-db-instance --db-instance-identifier source --skip-final-snapshot
aws rds wait db-instance-deleted --db-instance-identifier source
until_is right available
ask right "insert into item values (6)"
test "$(ask left 'select sum(id) from item') $(ask right 'select sum(id) from item')" = "12 13"
for each in left right; do
  aws rds delete-db-instance --db-instance-identifier $each --skip-final-snapshot
done
