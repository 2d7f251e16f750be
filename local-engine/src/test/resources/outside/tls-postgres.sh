# TLS of the servers of a cluster: at all of its endpoints, whoever writes; who is turned away; and no other authority.
rds() { aws rds "$@"; }
cluster() { rds describe-db-clusters --db-cluster-identifier "$1" --query "DBClusters[0].$2" --output text; }
instance() { rds describe-db-instances --db-instance-identifier "$1" --query "DBInstances[0].$2" --output text; }
endpoint() { rds describe-db-cluster-endpoints --db-cluster-endpoint-identifier "$1" --query "DBClusterEndpoints[0].$2" --output text; }
await() { for attempt in $(seq 300); do test "$("${@:2}")" = "$1" && return; sleep 0.1; done; echo "not $1: ${*:2}"; return 1; }
refused() { if "${@:2}" 2>error; then echo "not refused: ${*:2}"; return 1; fi; grep -q "$1" error || { cat error; return 1; }; }
# sql HOST HOW ..., the last word being the question
sql() {
  PGPASSWORD=correct-horse psql -XAtq -v ON_ERROR_STOP=1 -d "host=$1 port=5432 user=shop dbname=postgres sslmode=$2 sslrootcert=$bundle ${*:3:$#-3}" -c "${*: -1}"
}
verified() { test "$(sql "$1" verify-full 'select ssl from pg_stat_ssl where pid = pg_backend_pid()')" = t; }
bundle=$DB_ARTIFACT_DB_CA_BUNDLE

family=$(rds describe-db-engine-versions --engine aurora-postgresql --default-only --query 'DBEngineVersions[0].DBParameterGroupFamily' --output text)
rds create-db-cluster-parameter-group --db-cluster-parameter-group-name tls --db-parameter-group-family "$family" --description TLS
test "$(rds describe-db-cluster-parameters --db-cluster-parameter-group-name tls \
  --query "Parameters[?ParameterName=='rds.force_ssl'].[ParameterValue,Source,ApplyType]" --output text)" = "$(printf '1\tsystem\tdynamic')"
rds create-db-cluster --db-cluster-identifier tls --engine aurora-postgresql --db-cluster-parameter-group-name tls \
  --master-username shop --master-user-password correct-horse
for number in 1 2; do
  rds create-db-instance --db-instance-identifier tls-$number --db-cluster-identifier tls --db-instance-class db.r6g.large \
    --engine aurora-postgresql
done
for number in 1 2; do await available instance tls-$number DBInstanceStatus; done
rds create-db-cluster-endpoint --db-cluster-identifier tls --db-cluster-endpoint-identifier tls-any --endpoint-type ANY
await available endpoint tls-any Status

hosts="$(cluster tls Endpoint) $(cluster tls ReaderEndpoint) $(endpoint tls-any Endpoint)
  $(instance tls-1 Endpoint.Address) $(instance tls-2 Endpoint.Address)"
for host in $hosts; do
  verified "$host"
  refused 'no pg_hba.conf entry for host .*, no encryption' sql "$host" disable 'select 1'
done
writer=$(cluster tls Endpoint)
refused 'does not match host name "elsewhere.example"' sql "elsewhere.example" verify-full "hostaddr=$writer" 'select 1'
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key -out other.pem -subj /CN=other -days 2
bundle=other.pem
refused 'certificate verify failed' sql "$writer" verify-full 'select 1'
bundle=$DB_ARTIFACT_DB_CA_BUNDLE
# What DescribeCertificates and DescribeDBInstances tell is what the certificates say.
test "$(rds describe-certificates --query 'Certificates[0].Thumbprint' --output text)" = \
  "$(openssl x509 -in "$bundle" -noout -fingerprint -sha1 | sed 's/.*=//; s/://g' | tr A-F a-f)"
shown() { openssl s_client -starttls postgres -connect "$1:5432" </dev/null 2>error | openssl x509 -noout "${@:2}"; }
ends=$(instance tls-1 CertificateDetails.ValidTill)
test "$(date -d "$ends" +%s)" = "$(date -d "$(shown "$(instance tls-1 Endpoint.Address)" -enddate | sed 's/notAfter=//')" +%s)"

force() {
  rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name tls \
    --parameters "ParameterName=rds.force_ssl,ParameterValue=$1,ApplyMethod=immediate"
  await in-sync cluster tls 'DBClusterMembers[?IsClusterWriter].DBClusterParameterGroupStatus'
}
takes() { sql "$1" disable 'select 1' 2>error || sed -n 's/.*\(no encryption\)$/\1/p' error; }
force 0
for host in $hosts; do await 1 takes "$host"; verified "$host"; await off sql "$host" verify-full 'show rds.force_ssl'; done
force 1
for host in $hosts; do await 'no encryption' takes "$host"; verified "$host"; await on sql "$host" verify-full 'show rds.force_ssl'; done

rds failover-db-cluster --db-cluster-identifier tls --target-db-instance-identifier tls-2
await available cluster tls Status
for number in 1 2; do await available instance tls-$number DBInstanceStatus; done
for host in $hosts; do verified "$host"; done
test "$(sql "$(instance tls-2 Endpoint.Address)" verify-full 'select pg_is_in_recovery()')" = f

rds restore-db-cluster-to-point-in-time --db-cluster-identifier tls-copy --source-db-cluster-identifier tls \
  --restore-type copy-on-write --use-latest-restorable-time
rds create-db-instance --db-instance-identifier tls-copy-1 --db-cluster-identifier tls-copy --db-instance-class db.r6g.large \
  --engine aurora-postgresql
await available instance tls-copy-1 DBInstanceStatus
verified "$(cluster tls-copy Endpoint)"
test "$(shown "$(cluster tls-copy Endpoint)" -pubkey)" != "$(shown "$writer" -pubkey)"
refused 'does not match host name' sql "$(cluster tls-copy Endpoint)" verify-full "hostaddr=$writer" 'select 1'

for id in tls-copy-1 tls-1 tls-2; do rds delete-db-instance --db-instance-identifier $id; done
for id in tls-copy tls; do rds delete-db-cluster --db-cluster-identifier $id --skip-final-snapshot; done
