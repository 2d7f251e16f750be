# What the account may have, and what is waiting.
test "$(aws rds describe-account-attributes --output text \
  --query 'AccountQuotas[?AccountQuotaName==`DBClusters`].Max')" -gt 1
test "$(aws rds describe-certificates --query 'Certificates[0].CertificateType' --output text)" = CA
test "$(aws rds describe-pending-maintenance-actions --query 'length(PendingMaintenanceActions)')" = 0
test "$(aws iam list-roles --query 'length(Roles)')" -ge 0
