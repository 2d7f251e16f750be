test "$(aws sts get-caller-identity --query Account --output text)" = 000000000000
aws sts assume-role --role-arn arn:aws:iam::000000000000:role/reader --role-session-name cli >role.json
session=$(aws sts get-session-token --duration-seconds 900 --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
read -r id secret token <<<"$session"
AWS_ACCESS_KEY_ID=$id AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token aws rds describe-db-clusters
