# The log files of servers: those of a writer and of its reader, of PostgreSQL and of MariaDB.
described() { aws rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
until_is() { for _ in $(seq 300); do test "$(described "$1" DBInstanceStatus)" = "$2" && return; sleep 0.2; done; false; }
logs() { aws rds describe-db-log-files --db-instance-identifier "$@"; }
download() { aws rds download-db-log-file-portion --db-instance-identifier "$@" --output text; }
sql() { PGPASSWORD=correct-horse PGSSLMODE=prefer psql -XAt -h "$(described "$1" Endpoint.Address)" -U shop -d postgres -c "$2"; }
refused() { if "${@:2}" 2>error; then echo "not refused: ${*:2}"; return 1; fi; grep -q "$1" error || { cat error; return 1; }; }

aws rds create-db-cluster --db-cluster-identifier told --engine aurora-postgresql --master-username shop \
  --master-user-password correct-horse
for number in 1 2; do
  aws rds create-db-instance --db-instance-identifier told-$number --db-cluster-identifier told \
    --db-instance-class db.r6g.large --engine aurora-postgresql
done
family=$(aws rds describe-db-engine-versions --engine mariadb --default-only --output text \
  --query 'DBEngineVersions[0].DBParameterGroupFamily')
aws rds create-db-parameter-group --db-parameter-group-name talkative --db-parameter-group-family "$family" \
  --description "writes down everything"
aws rds modify-db-parameter-group --db-parameter-group-name talkative --parameters \
  ParameterName=general_log,ParameterValue=1,ApplyMethod=immediate \
  ParameterName=slow_query_log,ParameterValue=1,ApplyMethod=immediate \
  ParameterName=long_query_time,ParameterValue=0,ApplyMethod=immediate
aws rds create-db-instance --db-instance-identifier told-maria --engine mariadb --db-instance-class db.t4g.micro \
  --allocated-storage 20 --master-username shop --master-user-password correct-horse --db-parameter-group-name talkative
for each in told-1 told-2 told-maria; do until_is "$each" available; done

before=$(date +%s)000
refused "division by zero" sql told-1 "select 1/0 as for_the_writer"
refused "division by zero" sql told-2 "select 1/0 as for_the_reader"
name=$(logs told-1 --filename-contains postgresql.log --file-last-written "$before" --output text \
  --query 'DescribeDBLogFiles[-1].LogFileName')
[[ $name =~ ^error/postgresql\.log\.[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]
test "$(logs told-1 --file-size 1000000000 --query 'length(DescribeDBLogFiles)')" = 0
test "$(logs told-1 --filename-contains slowquery --query 'length(DescribeDBLogFiles)')" = 0

# The whole file, at once and line by line; the command line ends each portion with an end of line of its own.
download told-1 --log-file-name "$name" --starting-token 0 >whole
grep -q "STATEMENT: .*for_the_writer" whole
if grep -q for_the_reader whole; then false; fi
download told-1 --log-file-name "$name" --starting-token 0 --page-size 5 >in-portions
diff <(grep . whole) <(grep . in-portions | head -n "$(grep -c . whole)")
download told-2 --log-file-name "$name" --number-of-lines 1 >newest
grep -q "STATEMENT: .*for_the_reader" newest

refused DBLogFileNotFoundFault download told-1 --log-file-name error/postgresql.log.2001-01-01
refused DBLogFileNotFoundFault download told-1 --log-file-name error/../../../state/engine.json
refused DBInstanceNotFound logs nowhere
refused InvalidParameterValue download told-1 --log-file-name "$name" --starting-token behind

MYSQL_PWD=correct-horse mariadb --no-defaults --host="$(described told-maria Endpoint.Address)" --user=shop \
  --execute="select 'to be seen'"
test "$(logs told-maria --query 'DescribeDBLogFiles[].LogFileName' --output text | tr '\t' ' ')" = \
  "error/mysql-error.log general/mysql-general.log slowquery/mysql-slowquery.log"
aws rds modify-db-instance --db-instance-identifier told-maria --master-user-password battery-staple --apply-immediately
for _ in $(seq 50); do
  MYSQL_PWD=battery-staple mariadb --no-defaults --host="$(described told-maria Endpoint.Address)" --user=shop \
    --execute="select 1" && break
  sleep 0.2
done
for each in error/mysql-error general/mysql-general slowquery/mysql-slowquery; do
  download told-maria --log-file-name "$each.log" --starting-token 0
done >maria
grep -q "ready for connections" maria
test "$(grep -c "select 'to be seen'" maria)" = 2
if grep -iE "battery-staple|correct-horse|identified|'\*[0-9A-F]{40}'" maria; then false; fi

for each in told-maria told-2 told-1; do aws rds delete-db-instance --db-instance-identifier "$each" --skip-final-snapshot; done
aws rds delete-db-cluster --db-cluster-identifier told --skip-final-snapshot
for _ in $(seq 100); do described told-maria DBInstanceStatus 2>error || break; sleep 0.2; done
aws rds delete-db-parameter-group --db-parameter-group-name talkative
