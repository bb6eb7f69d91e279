#!/usr/bin/env bash
# A Lambda function behind two HTTP APIs, made with the AWS CLI: one by quick create, and one part by part.
# Needs aws, curl, zip and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" --output text "$@"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zip -qj "$work/greetings.zip" greetings/index.mjs

# A second run starts anew.
aws lambda delete-function --function-name greetings 2>/dev/null || true

function_arn=$(aws lambda create-function --function-name greetings --runtime nodejs24.x --handler index.handler \
  --role arn:aws:iam::123456789012:role/greetings --zip-file "fileb://$work/greetings.zip" --query FunctionArn)
account=$(cut -d: -f5 <<<"$function_arn")

# All APIs of the account may call the function.
aws lambda add-permission --function-name greetings --statement-id apis --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com --source-arn "arn:aws:execute-api:us-east-1:$account:*" >"$work/log"

# Quick create: the integration, the route $default and the stage $default, which deploys every change, come with the API.
quick=$(aws apigatewayv2 create-api --name quick --protocol-type HTTP --target "$function_arn" --query ApiId)
curl -sS --fail-with-body "$url/_aws/execute-api/$quick/anywhere"
echo

# The same, part by part, with a route of its own.
api=$(aws apigatewayv2 create-api --name greetings --protocol-type HTTP --query ApiId)
integration=$(aws apigatewayv2 create-integration --api-id "$api" --integration-type AWS_PROXY \
  --integration-uri "$function_arn" --payload-format-version 2.0 --query IntegrationId)
aws apigatewayv2 create-route --api-id "$api" --route-key 'GET /hello/{name}' --target "integrations/$integration" >"$work/log"
aws apigatewayv2 create-stage --api-id "$api" --stage-name '$default' --auto-deploy >"$work/log"
curl -sS --fail-with-body "$url/_aws/execute-api/$api/hello/Ada"
echo
