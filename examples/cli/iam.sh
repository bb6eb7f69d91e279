#!/usr/bin/env bash
# A user with an access key, a role that the user may assume, and who STS says that each of them is.
# Needs aws and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
unset AWS_SESSION_TOKEN
aws() { command aws --endpoint-url "$url" "$@"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
account=$(aws sts get-caller-identity --query Account --output text)
invoke_policy=arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess

# A second run starts anew.
for key in $(aws iam list-access-keys --user-name alice --query 'AccessKeyMetadata[].AccessKeyId' --output text 2>"$work/log"); do
  aws iam delete-access-key --user-name alice --access-key-id "$key"
done
aws iam detach-user-policy --user-name alice --policy-arn "$invoke_policy" 2>"$work/log" || true
aws iam delete-user --user-name alice 2>"$work/log" || true
aws iam delete-role --role-name visitor 2>"$work/log" || true

aws iam create-user --user-name alice --query User.Arn --output text
aws iam attach-user-policy --user-name alice --policy-arn "$invoke_policy"
aws iam list-attached-user-policies --user-name alice --query 'AttachedPolicies[].PolicyName' --output text
read -r key_id secret < <(aws iam create-access-key --user-name alice \
  --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)

aws iam create-role --role-name visitor --query Role.Arn --output text --assume-role-policy-document '{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::'"$account"':user/alice"},
    "Action": "sts:AssumeRole"
  }
}'

# From here on as alice.
export AWS_ACCESS_KEY_ID=$key_id AWS_SECRET_ACCESS_KEY=$secret
aws sts get-caller-identity --query Arn --output text
read -r key_id secret token < <(aws sts assume-role --role-arn "arn:aws:iam::$account:role/visitor" \
  --role-session-name tour --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)

# And as the role.
export AWS_ACCESS_KEY_ID=$key_id AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token
aws sts get-caller-identity --query Arn --output text
