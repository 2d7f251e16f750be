# What the account may have, and what is waiting.
test "$(aws rds describe-account-attributes --output text \
  --query 'AccountQuotas[?AccountQuotaName==`DBClusters`].Max')" -gt 1
test "$(aws rds describe-certificates --query 'Certificates[0].CertificateType' --output text)" = CA
test "$(aws rds describe-pending-maintenance-actions --query 'length(PendingMaintenanceActions)')" = 0
test "$(aws iam list-roles --query 'length(Roles)')" -ge 0
test "$(aws rds describe-event-categories --source-type db-cluster-snapshot --output text \
  --query 'EventCategoriesMapList[0].EventCategories[0]')" = backup
# The option group that an instance names is one of those that there are.
group=$(aws rds describe-db-instances --db-instance-identifier prod-1 --output text \
  --query 'DBInstances[0].OptionGroupMemberships[0].OptionGroupName')
test "$(aws rds describe-option-groups --option-group-name "$group" --output text \
  --query 'OptionGroupsList[0].EngineName')" = aurora-postgresql
aws rds describe-option-groups --engine-name aurora-postgresql --output text \
  --query 'OptionGroupsList[].OptionGroupName' | tr '\t' '\n' >groups
grep -Fqx "$group" groups
