# An upgrade to another major version is rehearsed on a clone: what breaks is seen, and then what does not.
majors=$(aws rds describe-db-major-engine-versions --engine aurora-postgresql --output text \
  --query 'DBMajorEngineVersions[].MajorEngineVersion')
read -r old new _ <<<"$(tr '\t' '\n' <<<"$majors" | sort -n | sed -n '1p;$p' | tr '\n' ' ')"
target=$(aws rds describe-db-engine-versions --engine aurora-postgresql --engine-version "$old" --default-only --output text \
  --query 'DBEngineVersions[0].ValidUpgradeTarget[?IsMajorVersionUpgrade==`true`].EngineVersion | [-1]')
if test "$old" = "$new" || test "$target" = None; then
  echo "there is one major version of PostgreSQL here, or nothing that leads to another"
  exit 0
fi
describe() { aws rds describe-db-clusters --db-cluster-identifier "$1" --query "DBClusters[0].$2" --output text; }
until_is() { for _ in $(seq 600); do test "$(describe "$1" Status)" = "$2" && return; sleep 0.2; done; false; }
sql() { PGPASSWORD=correct-horse PGSSLMODE=prefer psql -XAtq -v ON_ERROR_STOP=1 -h "$(describe "$1" Endpoint)" -U shop -d postgres -c "$2"; }
as_ada() { PGPASSWORD=first-programmer PGSSLMODE=prefer psql -XAtq -h "$(describe "$1" Endpoint)" -U ada -d postgres -c "$2"; }
instance() {
  aws rds create-db-instance --db-instance-identifier "$1-1" --db-cluster-identifier "$1" \
    --db-instance-class db.r6g.large --engine aurora-postgresql
  aws rds wait db-instance-available --db-instance-identifier "$1-1"
}
upgrade() {
  aws rds modify-db-cluster --db-cluster-identifier rehearsal --engine-version "$target" --apply-immediately "$@"
}
log_of_upgrade() {
  name=$(aws rds describe-db-log-files --db-instance-identifier rehearsal-1 --filename-contains "$1" --output text \
    --query 'DescribeDBLogFiles[0].LogFileName')
  aws rds download-db-log-file-portion --db-instance-identifier rehearsal-1 --log-file-name "$name" --output text >log
}
refused() { if "${@:2}" 2>error; then echo "not refused: ${*:2}"; return 1; fi; grep -q "$1" error || { cat error; return 1; }; }

aws rds create-db-cluster --db-cluster-identifier aging --engine aurora-postgresql --engine-version "$old" \
  --master-username shop --master-user-password correct-horse
instance aging
PGPASSWORD=correct-horse pgbench -h "$(describe aging Endpoint)" -U shop -i -s 1 -q postgres
sql aging "create role ada login password 'first-programmer'"
sql aging "grant select on pgbench_accounts to ada"
sql aging "create function twice(i int) returns int language sql as 'select 2 * i'"
sql aging "create extension pg_stat_statements"
sql aging "select lo_from_bytea(4711, 'a large object')"
sql aging "create view written as select buffers_backend from pg_stat_bgwriter"

aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier rehearsal --source-db-cluster-identifier aging \
  --restore-type copy-on-write --use-latest-restorable-time
instance rehearsal
sum="select count(*) || ' ' || sum(aid) || ' ' || twice(4) || ' ' || convert_from(lo_get(4711), 'UTF8') from pgbench_accounts"
before=$(sql rehearsal "$sum")

refused "AllowMajorVersionUpgrade flag must be present" upgrade
if test "$old" -lt 17 && test "$new" -ge 17; then
  # PostgreSQL 17 has moved what this view shows.
  upgrade --allow-major-version-upgrade
  until_is rehearsal available
  [[ $(describe rehearsal EngineVersion) = $old.* ]]
  aws rds describe-events --source-type db-cluster --source-identifier rehearsal --query 'Events[].Message' >events
  grep -q "cannot be upgraded: .*buffers_backend" events
  log_of_upgrade pg_upgrade_internal
  grep -q buffers_backend log
  test "$(sql rehearsal "$sum")" = "$before"
fi

sql rehearsal "drop view written"
sql rehearsal "create table t (f regproc)"
upgrade --allow-major-version-upgrade
until_is rehearsal available
log_of_upgrade pg_upgrade_precheck
grep -q regproc log

sql rehearsal "drop table t"
test "$(upgrade --allow-major-version-upgrade --query 'DBCluster.Status' --output text)" = upgrading
until_is rehearsal available
test "$(describe rehearsal EngineVersion)" = "$target"
test "$(describe rehearsal DBClusterParameterGroup)" = "default.aurora-postgresql$new"
test "$(sql rehearsal 'show server_version_num' | cut -c1-2)" = "$new"
test "$(sql rehearsal "$sum")" = "$before"
test "$(as_ada rehearsal 'select count(*) from pgbench_accounts')" = 100000
aws rds describe-db-cluster-snapshots --db-cluster-identifier rehearsal --snapshot-type automated --output text \
  --query 'DBClusterSnapshots[].DBClusterSnapshotIdentifier' >snapshots
grep preupgrade- snapshots || echo "no snapshot, where nothing shares blocks"

# Nothing more to do, and nothing was done to the source.
test "$(upgrade --query 'DBCluster.Status' --output text)" = available
[[ $(describe aging EngineVersion) = $old.* ]]
test "$(sql aging "$sum")" = "$before"
test "$(sql aging 'select count(*) from written')" = 1
