# A reader shows what the writer writes, takes over from it, and is chosen by custom endpoints.
rds() { aws rds "$@"; }
cluster() { rds describe-db-clusters --db-cluster-identifier pair --query "DBClusters[0].$1" --output text; }
instance() { rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
await() { for attempt in $(seq 300); do test "$("${@:2}")" = "$1" && return; sleep 0.1; done; echo "not $1: ${*:2}"; return 1; }
sql() { PGPASSWORD=correct-horse PGSSLMODE=prefer psql -XAt -v ON_ERROR_STOP=1 -h "$1" -p 5432 -U shop -d postgres -c "$2"; }
refused() { if "${@:2}" 2>error; then echo "not refused: ${*:2}"; return 1; fi; grep -q "$1" error || { cat error; return 1; }; }

rds create-db-cluster --db-cluster-identifier pair --engine aurora-postgresql --master-username shop \
  --master-user-password correct-horse
for number in 1 2; do
  rds create-db-instance --db-instance-identifier pair-$number --db-cluster-identifier pair \
    --db-instance-class db.r6g.large --engine aurora-postgresql --promotion-tier $number
done
await available instance pair-1 DBInstanceStatus
await available instance pair-2 DBInstanceStatus
test "$(cluster 'DBClusterMembers[?IsClusterWriter].DBInstanceIdentifier')" = pair-1
test "$(cluster 'DBClusterMembers[?!IsClusterWriter].DBInstanceIdentifier')" = pair-2

sql "$(cluster Endpoint)" 'create table sold as select generate_series(1, 1000) as id'
await 1000 sql "$(cluster ReaderEndpoint)" "select count(*) from sold"
test "$(sql "$(instance pair-2 Endpoint.Address)" 'select pg_is_in_recovery()')" = t
test "$(sql "$(instance pair-1 Endpoint.Address)" 'select pg_is_in_recovery()')" = f
refused 'read-only transaction' sql "$(cluster ReaderEndpoint)" 'delete from sold'

rds create-db-cluster-endpoint --db-cluster-identifier pair --db-cluster-endpoint-identifier pair-any \
  --endpoint-type ANY --static-members pair-1
await available rds describe-db-cluster-endpoints --db-cluster-endpoint-identifier pair-any \
  --query 'DBClusterEndpoints[0].Status' --output text
any=$(rds describe-db-cluster-endpoints --db-cluster-endpoint-identifier pair-any \
  --query 'DBClusterEndpoints[0].Endpoint' --output text)
test "$(sql "$any" 'select pg_is_in_recovery()')" = f

refused InvalidDBInstanceState rds failover-db-cluster --db-cluster-identifier pair \
  --target-db-instance-identifier pair-1
rds failover-db-cluster --db-cluster-identifier pair --target-db-instance-identifier pair-2
await available cluster Status
test "$(cluster 'DBClusterMembers[?IsClusterWriter].DBInstanceIdentifier')" = pair-2
sql "$(cluster Endpoint)" 'insert into sold values (1001)'
await 1001 sql "$(cluster ReaderEndpoint)" "select count(*) from sold"
test "$(sql "$any" 'select pg_is_in_recovery()')" = t
# Not through a pipe: grep that has found enough ends, and then the writer of the other end fails.
rds describe-events --source-type db-cluster --source-identifier pair --output text >events
grep -q 'Completed failover to DB instance: pair-2' events

rds modify-db-cluster --db-cluster-identifier pair --master-user-password battery-staple --apply-immediately
sql() { PGPASSWORD=battery-staple psql -XAt -v ON_ERROR_STOP=1 -h "$1" -p 5432 -U shop -d postgres -c "$2" 2>&1 || true; }
await 1001 sql "$(cluster ReaderEndpoint)" "select count(*) from sold"

rds delete-db-instance --db-instance-identifier pair-2
until ! instance pair-2 DBInstanceStatus 2>/dev/null; do sleep 0.1; done
await 1001 sql "$(cluster Endpoint)" "select count(*) from sold"
test "$(sql "$(cluster ReaderEndpoint)" 'select pg_is_in_recovery()')" = f
rds delete-db-instance --db-instance-identifier pair-1
rds delete-db-cluster --db-cluster-identifier pair --skip-final-snapshot
