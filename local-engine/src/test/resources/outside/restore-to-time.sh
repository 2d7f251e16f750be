shows() { aws rds describe-db-clusters --db-cluster-identifier "$1" --query "DBClusters[0].$2" --output text; }
goes_back() { test "$(shows prod '[EarliestRestorableTime == LatestRestorableTime]')" = False; }
until goes_back; do sleep 0.2; done
time=$(shows prod LatestRestorableTime)

refused() {
  code=$1
  shift
  ! answer=$(aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier cli-then \
    --source-db-cluster-identifier prod "$@" 2>&1) && echo "$answer" | grep -q "($code)"
}
refused InvalidParameterCombination --restore-to-time "$time" --use-latest-restorable-time
refused InvalidParameterCombination --restore-to-time "$time" --restore-type copy-on-write
refused InvalidParameterValue --restore-to-time 2020-01-31T12:00:00Z
refused InvalidParameterValue --restore-to-time 2100-01-31T12:00:00Z
refused InvalidParameterCombination

aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier cli-then \
  --source-db-cluster-identifier prod --restore-to-time "$time"
until test "$(shows cli-then Status)" = available; do sleep 0.2; done
aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier cli-first \
  --source-db-cluster-identifier prod --restore-to-time "$(shows prod EarliestRestorableTime)"
until test "$(shows cli-first Status)" = available; do sleep 0.2; done
aws rds delete-db-cluster --db-cluster-identifier cli-then --skip-final-snapshot
aws rds delete-db-cluster --db-cluster-identifier cli-first --skip-final-snapshot
