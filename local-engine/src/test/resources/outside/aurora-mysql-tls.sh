# TLS of the servers of a cluster on MariaDB: at all of its endpoints; who is turned away; and no other authority.
rds() { aws rds "$@"; }
cluster() { rds describe-db-clusters --db-cluster-identifier mytls --query "DBClusters[0].$1" --output text; }
instance() { rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
await() { for attempt in $(seq 300); do test "$("${@:2}")" = "$1" && return; sleep 0.1; done; echo "not $1: ${*:2}"; return 1; }
refused() { if "${@:2}" 2>error; then echo "not refused: ${*:2}"; return 1; fi; grep -q "$1" error || { cat error; return 1; }; }
# sql HOST [OPTION ...] QUESTION
sql() {
  MYSQL_PWD=correct-horse mariadb --no-defaults --host="$1" --port=3306 --user=admin --skip-column-names "${@:2:$#-2}" \
    --execute="${*: -1}"
}
verified() {
  sql "$1" --ssl-ca="$DB_ARTIFACT_DB_CA_BUNDLE" --ssl-verify-server-cert "show status like 'ssl_version'" | grep -q TLSv1
}

rds create-db-cluster-parameter-group --db-cluster-parameter-group-name mytls --db-parameter-group-family aurora-mysql8.0 \
  --description TLS
rds create-db-cluster --db-cluster-identifier mytls --engine aurora-mysql --db-cluster-parameter-group-name mytls \
  --master-username admin --master-user-password correct-horse
for number in 1 2; do
  rds create-db-instance --db-instance-identifier mytls-$number --db-cluster-identifier mytls --db-instance-class db.r6g.large \
    --engine aurora-mysql
  await available instance mytls-$number DBInstanceStatus
done
hosts="$(cluster Endpoint) $(cluster ReaderEndpoint) $(instance mytls-1 Endpoint.Address) $(instance mytls-2 Endpoint.Address)"
for host in $hosts; do
  verified "$host"
  test "$(sql "$host" --skip-ssl 'select 1')" = 1
done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key -out other.pem -subj /CN=other -days 2
refused 'self-signed certificate\|certificate verify failed' sql "$(cluster Endpoint)" --ssl-ca=other.pem --ssl-verify-server-cert 'select 1'

require() {
  rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name mytls \
    --parameters "ParameterName=require_secure_transport,ParameterValue=$1,ApplyMethod=immediate"
  await in-sync cluster 'DBClusterMembers[?IsClusterWriter].DBClusterParameterGroupStatus'
}
require ON
await 1 sql "$(instance mytls-2 Endpoint.Address)" --ssl 'select @@require_secure_transport'
for host in $hosts; do
  verified "$host"
  refused 'Access denied' sql "$host" --skip-ssl 'select 1'
done
# A reader follows its writer all the same, also one that is made now.
rds create-db-instance --db-instance-identifier mytls-3 --db-cluster-identifier mytls --db-instance-class db.r6g.large \
  --engine aurora-mysql
await available instance mytls-3 DBInstanceStatus
sql "$(cluster Endpoint)" --ssl 'create database shop; create table shop.item (id int primary key); insert into shop.item values (7)'
for number in 2 3; do
  await 7 sql "$(instance mytls-$number Endpoint.Address)" --ssl 'select id from shop.item'
done
require OFF
for host in $hosts; do await 1 sql "$host" --skip-ssl 'select 1'; done

for number in 3 2 1; do rds delete-db-instance --db-instance-identifier mytls-$number; done
rds delete-db-cluster --db-cluster-identifier mytls --skip-final-snapshot
