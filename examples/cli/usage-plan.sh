#!/usr/bin/env bash
# GET /forecast for those who have an API key: 100 calls a second, 200 at once, a million a month.
# Needs aws, curl and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" apigateway "$@"; }

api_id=$(aws create-rest-api --name forecast --query id --output text)
root_id=$(aws get-resources --rest-api-id "$api_id" --query 'items[0].id' --output text)
resource_id=$(aws create-resource --rest-api-id "$api_id" --parent-id "$root_id" --path-part forecast --query id --output text)
method() { # operation, further options
  aws "$1" --rest-api-id "$api_id" --resource-id "$resource_id" --http-method GET "${@:2}" >/dev/null
}
method put-method --authorization-type NONE --api-key-required
method put-method-response --status-code 200
method put-integration --type MOCK --request-templates '{"application/json": "{\"statusCode\": 200}"}'
method put-integration-response --status-code 200 --response-templates '{"application/json": "{\"forecast\": \"sun\"}"}'
aws create-deployment --rest-api-id "$api_id" --stage-name prod >/dev/null

plan_id=$(aws create-usage-plan --name basic --throttle burstLimit=200,rateLimit=100 \
  --quota limit=1000000,period=MONTH --api-stages apiId="$api_id",stage=prod --query id --output text)
read -r key_id key < <(aws create-api-key --name ada --enabled --query '[id,value]' --output text)
aws create-usage-plan-key --usage-plan-id "$plan_id" --key-id "$key_id" --key-type API_KEY >/dev/null

forecast="$url/_aws/execute-api/$api_id/prod/forecast"
echo "without a key: $(curl -sS -w ' %{http_code}' "$forecast")"
echo "with the key: $(curl -sS -w ' %{http_code}' -H "x-api-key: $key" "$forecast")"

# Six hundred calls, many at a time.
statuses=$(curl -sS -Z -o /dev/null -w '%{http_code}\n' -H "x-api-key: $key" "$forecast?call=[1-600]" 2>/dev/null)
echo "over the rate: $(sort -u <<<"$statuses" | paste -sd ' ')"

today=$(date -u +%F)
read -r used remaining < <(aws get-usage --usage-plan-id "$plan_id" --key-id "$key_id" \
  --start-date "$today" --end-date "$today" --query 'values(items)[0][0]' --output text)
admitted=$((1 + $(grep -c 200 <<<"$statuses")))
[ "$used" = "$admitted" ] && echo "get-usage shows each call that was admitted: $((used + remaining)) in all"
