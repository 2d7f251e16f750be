# A cluster on MariaDB, its copy-on-write clone, and a client of MySQL that reads the rows.
version=$(aws rds describe-db-engine-versions --engine aurora-mysql --default-only \
  --query 'DBEngineVersions[0].EngineVersion' --output text)
aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name mysql-cli --description "from the shell" \
  --db-parameter-group-family aurora-mysql8.0
aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name mysql-cli --parameters \
  ParameterName=max_connections,ParameterValue=77,ApplyMethod=immediate
aws rds create-db-cluster --db-cluster-identifier my --engine aurora-mysql --engine-version "$version" --database-name shop \
  --master-username admin --master-user-password correct-horse --db-cluster-parameter-group-name mysql-cli
test "$(aws rds describe-db-clusters --db-cluster-identifier my --query 'DBClusters[0].Port')" = 3306
refused() { "$@" 2>&1 && return 1 || return 0; }
refused aws rds create-db-instance --db-instance-identifier wrong --db-cluster-identifier my \
  --db-instance-class db.r6g.large --engine aurora-postgresql | grep -q "doesn't match the engine name"
refused aws rds create-db-cluster --db-cluster-identifier plain --engine mysql --master-username admin \
  --master-user-password correct-horse | grep -q "Invalid DB engine: mysql"
available() {
  aws rds create-db-instance --db-instance-identifier "$1-1" --db-cluster-identifier "$1" \
    --db-instance-class db.r6g.large --engine aurora-mysql
  until test "$(aws rds describe-db-instances --db-instance-identifier "$1-1" \
    --query 'DBInstances[0].DBInstanceStatus' --output text)" = available; do sleep 0.2; done
}
sql() {
  host=$(aws rds describe-db-clusters --db-cluster-identifier "$1" --query 'DBClusters[0].Endpoint' --output text)
  MYSQL_PWD=$2 mariadb --no-defaults --host="$host" --port=3306 --user=admin --skip-column-names shop --execute="$3"
}
available my
sql my correct-horse 'create table item (id int primary key, name text); insert into item values (1, "tea"), (2, "ink")'
test "$(sql my correct-horse 'select @@max_connections')" = 77
aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier my-clone --source-db-cluster-identifier my \
  --restore-type copy-on-write --use-latest-restorable-time
available my-clone
test "$(sql my-clone correct-horse 'select group_concat(name order by id) from item')" = tea,ink
sql my-clone correct-horse 'delete from item'
test "$(sql my correct-horse 'select count(*) from item')" = 2
aws rds modify-db-cluster --db-cluster-identifier my-clone --master-user-password battery-staple --apply-immediately
for _ in $(seq 50); do sql my-clone battery-staple 'select 1' && break; sleep 0.2; done
test "$(sql my-clone battery-staple 'select count(*) from item')" = 0
for cluster in my-clone my; do
  aws rds delete-db-instance --db-instance-identifier "$cluster-1" --skip-final-snapshot
  aws rds delete-db-cluster --db-cluster-identifier "$cluster" --skip-final-snapshot
done
