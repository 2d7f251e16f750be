# On MariaDB, too, a reader shows what the writer writes, refuses to write itself, and takes over.
rds() { aws rds "$@"; }
cluster() { rds describe-db-clusters --db-cluster-identifier mypair --query "DBClusters[0].$1" --output text; }
instance() { rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
await() { for attempt in $(seq 300); do test "$("${@:2}")" = "$1" && return; sleep 0.1; done; echo "not $1: ${*:2}"; return 1; }
client() { MYSQL_PWD=$3 mariadb --no-defaults --host="$1" --port=3306 --user="$2" --skip-column-names shop --execute="$4"; }
sql() { client "$1" admin correct-horse "$2"; }
refused() { if "${@:2}" 2>error; then echo "not refused: ${*:2}"; return 1; fi; grep -q "$1" error || { cat error; return 1; }; }
member() {
  rds create-db-instance --db-instance-identifier "mypair-$1" --db-cluster-identifier mypair \
    --db-instance-class db.r6g.large --engine aurora-mysql --promotion-tier "$1"
  await available instance "mypair-$1" DBInstanceStatus
}

rds create-db-cluster --db-cluster-identifier mypair --engine aurora-mysql --database-name shop \
  --master-username admin --master-user-password correct-horse
member 1
writer=$(cluster Endpoint) readers=$(cluster ReaderEndpoint)
sql "$writer" 'create table sold (id int primary key)'
sql "$writer" "create user clerk identified by 'clerk-pass'; grant all on shop.* to clerk; create procedure sell() insert into sold select max(id) + 1 from sold"
(for i in $(seq 1000); do echo "insert into sold values ($i);"; done) | client "$writer" admin correct-horse "$(cat)"

member 2
test "$(cluster 'DBClusterMembers[?IsClusterWriter].DBInstanceIdentifier')" = mypair-1
test "$(cluster 'DBClusterMembers[?!IsClusterWriter].DBInstanceIdentifier')" = mypair-2
reader=$(instance mypair-2 Endpoint.Address)
await 1000 sql "$readers" 'select count(*) from sold'
sql "$writer" 'insert into sold values (1001)'
await 1001 sql "$reader" 'select count(*) from sold'
test "$(sql "$reader" 'select @@read_only')$(sql "$writer" 'select @@read_only')" = 10
# It receives, it does the same, over TLS, and knows the writer by its certificate.
sql "$reader" 'show slave status\G' | grep -cx Yes | grep -qx 4
for try in 'delete from sold' 'create table mine (id int)' 'call sell()' 'create user mine'; do
  refused 'ERROR 1290.*read-only' sql "$reader" "$try"
  refused 'ERROR' client "$readers" clerk clerk-pass "$try"
done
for try in 'set global read_only = 0' 'stop slave' 'set session sql_log_bin = 0' "grant super on *.* to clerk"; do
  refused 'Access denied' sql "$reader" "$try"
done

rds create-db-cluster-endpoint --db-cluster-identifier mypair --db-cluster-endpoint-identifier mypair-any \
  --endpoint-type ANY --static-members mypair-1
await available rds describe-db-cluster-endpoints --db-cluster-endpoint-identifier mypair-any \
  --query 'DBClusterEndpoints[0].Status' --output text
any=$(rds describe-db-cluster-endpoints --db-cluster-endpoint-identifier mypair-any \
  --query 'DBClusterEndpoints[0].Endpoint' --output text)
test "$(sql "$any" 'select @@read_only')" = 0

rds failover-db-cluster --db-cluster-identifier mypair --target-db-instance-identifier mypair-2
await available cluster Status
test "$(cluster 'DBClusterMembers[?IsClusterWriter].DBInstanceIdentifier')" = mypair-2
sql "$writer" 'call sell()'
await 1002 sql "$readers" 'select count(*) from sold'
test "$(sql "$any" 'select @@read_only')" = 1

rds modify-db-cluster --db-cluster-identifier mypair --master-user-password battery-staple --apply-immediately
sql() { client "$1" admin battery-staple "$2" 2>&1 || true; }
await 1002 sql "$readers" 'select count(*) from sold'

rds reboot-db-instance --db-instance-identifier mypair-1
await available instance mypair-1 DBInstanceStatus
await 1002 sql "$(instance mypair-1 Endpoint.Address)" 'select count(*) from sold'
rds stop-db-cluster --db-cluster-identifier mypair
await stopped cluster Status
rds start-db-cluster --db-cluster-identifier mypair
await available cluster Status
sql "$writer" 'call sell()'
await 1003 sql "$readers" 'select count(*) from sold'

rds restore-db-cluster-to-point-in-time --db-cluster-identifier mypair-clone --source-db-cluster-identifier mypair \
  --restore-type copy-on-write --use-latest-restorable-time
rds create-db-instance --db-instance-identifier mypair-clone-1 --db-cluster-identifier mypair-clone \
  --db-instance-class db.r6g.large --engine aurora-mysql
await available instance mypair-clone-1 DBInstanceStatus
accounts='select count(*) from mysql.global_priv where user like "rdsrepladmin%"'
test "$(sql "$(instance mypair-clone-1 Endpoint.Address)" "$accounts")" = 0
test "$(sql "$writer" "$accounts")" = 1
rds delete-db-instance --db-instance-identifier mypair-clone-1
rds delete-db-cluster --db-cluster-identifier mypair-clone --skip-final-snapshot

rds delete-db-instance --db-instance-identifier mypair-2
until ! instance mypair-2 DBInstanceStatus 2>/dev/null; do sleep 0.1; done
await 1003 sql "$writer" 'select count(*) from sold'
test "$(sql "$readers" 'select @@read_only')" = 0
test "$(sql "$writer" "$accounts")" = 0
rds delete-db-instance --db-instance-identifier mypair-1
rds delete-db-cluster --db-cluster-identifier mypair --skip-final-snapshot
