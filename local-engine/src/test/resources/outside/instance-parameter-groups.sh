# Groups of instances, and what groups begin with.
version=$(aws rds describe-db-clusters --db-cluster-identifier prod --query 'DBClusters[0].EngineVersion' --output text)
family=aurora-postgresql${version%%.*}
value() {
  aws rds describe-db-parameters --db-parameter-group-name "$1" --source user --output text \
    --query 'Parameters[?ParameterName==`work_mem`].ParameterValue'
}
aws rds create-db-parameter-group --db-parameter-group-name cli-i --description "from the shell" --db-parameter-group-family "$family"
aws rds modify-db-parameter-group --db-parameter-group-name cli-i \
  --parameters ParameterName=work_mem,ParameterValue=8192,ApplyMethod=immediate
aws rds copy-db-parameter-group --source-db-parameter-group-identifier cli-i \
  --target-db-parameter-group-identifier cli-i-copy --target-db-parameter-group-description copied
test "$(value cli-i-copy)" = 8192
aws rds reset-db-parameter-group --db-parameter-group-name cli-i --reset-all-parameters
test -z "$(value cli-i)"
test "$(aws rds describe-db-parameter-groups --db-parameter-group-name cli-i-copy \
  --query 'DBParameterGroups[0].[DBParameterGroupFamily,Description]' --output text)" = "$(printf '%s\tcopied' "$family")"
aws rds delete-db-parameter-group --db-parameter-group-name cli-i
aws rds delete-db-parameter-group --db-parameter-group-name cli-i-copy
aws rds describe-db-cluster-parameter-groups --query 'DBClusterParameterGroups[].DBClusterParameterGroupName' --output text \
  | grep -q "default.$family"
for of in engine-default-cluster-parameters engine-default-parameters; do
  case $of in
  *cluster*) found=$(aws rds describe-engine-default-cluster-parameters --db-parameter-group-family "$family" \
    --query 'length(EngineDefaults.Parameters)') ;;
  *) found=$(aws rds describe-engine-default-parameters --db-parameter-group-family "$family" \
    --query 'length(EngineDefaults.Parameters)') ;;
  esac
  test "$found" -gt 100
done
