version=$(aws rds describe-db-clusters --db-cluster-identifier prod --query 'DBClusters[0].EngineVersion' --output text)
family=aurora-postgresql${version%%.*}
aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name cli --description "from the shell" \
  --db-parameter-group-family "$family"
aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name cli \
  --parameters ParameterName=work_mem,ParameterValue=8192,ApplyMethod=immediate
test "$(aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name cli --source user --output text \
  --query 'Parameters[?ParameterName==`work_mem`].ParameterValue')" = 8192
aws rds copy-db-cluster-parameter-group --source-db-cluster-parameter-group-identifier cli \
  --target-db-cluster-parameter-group-identifier cli-copy --target-db-cluster-parameter-group-description copied
aws rds reset-db-cluster-parameter-group --db-cluster-parameter-group-name cli --reset-all-parameters
aws rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name cli
aws rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name cli-copy
