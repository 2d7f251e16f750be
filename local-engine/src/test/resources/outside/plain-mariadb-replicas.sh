# Plain instances of MariaDB and of MySQL: a binary log with backups, replicas, an upgrade, a promotion, and the source's end.
described() { aws rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
until_is() { for _ in $(seq 150); do test "$(described "$1" DBInstanceStatus)" = "$2" && return; sleep 0.2; done; false; }
ask() {
  MYSQL_PWD=correct-horse mariadb --no-defaults --host="$(described "$1" Endpoint.Address)" --port="$(described "$1" Endpoint.Port)" \
    --user=admin --skip-column-names shop --execute="$2"
}
until_says() { for _ in $(seq 100); do test "$(ask "$1" "$2")" = "$3" && return; sleep 0.1; done; false; }
refused() {
  local why=$1 answer
  shift
  if answer=$("$@" 2>&1); then false; fi
  grep -q "$why" <<<"$answer"
}
replica() {
  aws rds create-db-instance-read-replica --db-instance-identifier "$1" --source-db-instance-identifier source --query 'DBInstance.DBInstanceStatus' --output text
}
accounts='select count(*) from mysql.global_priv where user like "rdsrepladmin%"'

aws rds create-db-instance --db-instance-identifier source --engine mysql --engine-version 8.0.40 --backup-retention-period 0 \
  --db-instance-class db.t4g.micro --allocated-storage 20 --master-username admin --master-user-password correct-horse --db-name shop
until_is source available
test "$(ask source 'select @@log_bin')" = 0
refused 'InvalidDBInstanceState.*backups are not enabled' replica left
ask source 'create table item (id int primary key); insert into item values (1)'
test "$(aws rds modify-db-instance --db-instance-identifier source --backup-retention-period 1 --apply-immediately \
  --query 'DBInstance.DBInstanceStatus' --output text)" = modifying
until_is source available
test "$(ask source 'select @@log_bin')" = 1

for each in left right; do
  test "$(replica $each)" = creating
done
until_is left available
until_is right available
test "$(described source 'join(`,`,ReadReplicaDBInstanceIdentifiers)')" = left,right
test "$(described left '[ReadReplicaSourceDBInstanceIdentifier,StatusInfos[0].Status,Engine]')" = "$(printf 'source\treplicating\tmysql')"
ask source 'insert into item values (2)'
until_says left 'select count(*) from item' 2
until_says right 'select count(*) from item' 2
refused 'ERROR 1290.*read-only' ask left 'insert into item values (3)'
refused InvalidDBInstanceState aws rds stop-db-instance --db-instance-identifier source
refused InvalidDBInstanceState aws rds create-db-instance-read-replica --db-instance-identifier third --source-db-instance-identifier left
refused InvalidParameterValue aws rds modify-db-instance --db-instance-identifier source --backup-retention-period 0

test "$(aws rds modify-db-instance --db-instance-identifier source --engine-version 8.0.42 --apply-immediately \
  --query 'DBInstance.DBInstanceStatus' --output text)" = upgrading
for each in source left right; do
  until_is $each available
  test "$(described $each EngineVersion)" = 8.0.42
done
aws rds modify-db-instance --db-instance-identifier source --db-port-number 3399
until_is source available
until_is left available
until_is right available
ask source 'insert into item values (4)'
until_says left 'select count(*) from item' 3

test "$(aws rds promote-read-replica --db-instance-identifier left --query 'DBInstance.DBInstanceStatus' --output text)" = modifying
until_is left available
ask left 'insert into item values (5)'
test "$(ask left 'select @@read_only, @@log_bin, @@innodb_flush_log_at_trx_commit')" = "$(printf '0\t1\t1')"
test -z "$(ask left 'show slave status')"
test "$(ask source 'select count(*) from item') $(ask source "$accounts")" = '3 1'
test "$(described source 'join(`,`,ReadReplicaDBInstanceIdentifiers)')" = right
until_says right 'select count(*) from item' 3
aws rds delete-db-instance --db-instance-identifier source --skip-final-snapshot
aws rds wait db-instance-deleted --db-instance-identifier source
until_is right available
ask right 'insert into item values (6)'
test "$(ask left 'select sum(id) from item') $(ask right 'select sum(id) from item')" = '12 13'

aws rds create-db-instance-read-replica --db-instance-identifier again --source-db-instance-identifier left
until_is again available
ask left 'insert into item values (7)'
until_says again 'select sum(id) from item' 19
for each in again left right; do
  aws rds delete-db-instance --db-instance-identifier $each --skip-final-snapshot
done
