#!/usr/bin/env bash
# A Lambda function behind GET /items, made with the AWS CLI, deployed to the stage dev and called.
# Needs aws, curl, zip and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" "$@"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zip -qj "$work/items.zip" items/index.mjs

# A second run starts anew.
aws lambda delete-function --function-name items 2>/dev/null || true

function_arn=$(aws lambda create-function --function-name items --runtime nodejs24.x --handler index.handler \
  --role arn:aws:iam::123456789012:role/items --zip-file "fileb://$work/items.zip" \
  --query FunctionArn --output text)

api_id=$(aws apigateway create-rest-api --name items --query id --output text)
root_id=$(aws apigateway get-resources --rest-api-id "$api_id" --query 'items[?path==`/`].id' --output text)
resource_id=$(aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$root_id" --path-part items \
  --query id --output text)

aws apigateway put-method --rest-api-id "$api_id" --resource-id "$resource_id" --http-method GET \
  --authorization-type NONE >"$work/log"
aws apigateway put-integration --rest-api-id "$api_id" --resource-id "$resource_id" --http-method GET \
  --type AWS_PROXY --integration-http-method POST \
  --uri "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/$function_arn/invocations" >"$work/log"

account=$(cut -d: -f5 <<<"$function_arn")
aws lambda add-permission --function-name items --statement-id apigateway --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com \
  --source-arn "arn:aws:execute-api:us-east-1:$account:$api_id/*/GET/items" >"$work/log"

aws apigateway create-deployment --rest-api-id "$api_id" --stage-name dev >"$work/log"

curl -sS --fail-with-body "$url/_aws/execute-api/$api_id/dev/items"
echo
