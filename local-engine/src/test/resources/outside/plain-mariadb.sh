# Plain instances of MariaDB and of MySQL, both on the system's MariaDB.
described() { aws rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
until_is() { for _ in $(seq 100); do test "$(described "$1" DBInstanceStatus)" = "$2" && return; sleep 0.2; done; false; }
ask() {
  MYSQL_PWD=correct-horse mariadb --no-defaults --host="$(described "$1" Endpoint.Address)" --port=3306 --user=admin \
    --skip-column-names shop --execute="$2"
}
real=$(aws rds describe-db-engine-versions --engine mysql --query 'DBEngineVersions[0].DBEngineVersionDescription' --output text)
for engine in mariadb mysql; do
  aws rds create-db-instance --db-instance-identifier "$engine" --engine "$engine" --db-instance-class db.t4g.micro \
    --allocated-storage 20 --master-username admin --master-user-password correct-horse --db-name shop
done
for engine in mariadb mysql; do
  until_is "$engine" available
  ask "$engine" "create table item (id int primary key); insert into item values (1)"
  test "$(ask "$engine" "select @@log_bin")" = 1
  ask "$engine" "select version()" | grep -q "${real#MariaDB }"
  aws rds create-db-snapshot --db-instance-identifier "$engine" --db-snapshot-identifier "$engine-1"
  until_is "$engine" available
  ask "$engine" "insert into item values (2)"
  aws rds restore-db-instance-from-db-snapshot --db-instance-identifier "$engine-copy" --db-snapshot-identifier "$engine-1"
  until_is "$engine-copy" available
  test "$(ask "$engine-copy" 'select count(*) from item')" = 1
  for each in "$engine" "$engine-copy"; do
    aws rds delete-db-instance --db-instance-identifier "$each" --skip-final-snapshot
  done
  aws rds delete-db-snapshot --db-snapshot-identifier "$engine-1"
done
