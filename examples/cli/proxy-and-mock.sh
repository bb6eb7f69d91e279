#!/usr/bin/env bash
# /products/{proxy+} passed on to a web server, and /health that the gateway answers by itself.
# Needs aws, curl, node and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" "$@"; }

# The web server lives as long as this script holds the other end of its standard input.
coproc BACKEND { exec node backend.mjs; }
read -r backend <&"${BACKEND[0]}"

api_id=$(aws apigateway create-rest-api --name shop --query id --output text)
root_id=$(aws apigateway get-resources --rest-api-id "$api_id" --query 'items[?path==`/`].id' --output text)

create_resource() { # parent id, path part
  aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$1" --path-part "$2" --query id --output text
}
method() { # operation, resource id, verb, further options
  aws apigateway "$1" --rest-api-id "$api_id" --resource-id "$2" --http-method "$3" "${@:4}" >/dev/null
}

products_id=$(create_resource "$root_id" products)
proxy_id=$(create_resource "$products_id" '{proxy+}')
method put-method "$proxy_id" ANY --authorization-type NONE \
  --request-parameters method.request.path.proxy=true
method put-integration "$proxy_id" ANY --type HTTP_PROXY --integration-http-method ANY \
  --uri "$backend/catalogue/{proxy}" \
  --request-parameters integration.request.path.proxy=method.request.path.proxy

health_id=$(create_resource "$root_id" health)
method put-method "$health_id" GET --authorization-type NONE
method put-method-response "$health_id" GET --status-code 200
method put-integration "$health_id" GET --type MOCK \
  --request-templates '{"application/json": "{\"statusCode\": 200}"}'
method put-integration-response "$health_id" GET --status-code 200 \
  --response-templates '{"application/json": "{\"status\": \"ok\"}"}'

aws apigateway create-deployment --rest-api-id "$api_id" --stage-name dev >/dev/null

invoke="$url/_aws/execute-api/$api_id/dev"
curl -sS --fail-with-body "$invoke/products/books/42?page=2"
echo
curl -sS --fail-with-body -X DELETE "$invoke/products/books/42"
echo
curl -sS --fail-with-body "$invoke/health"
echo
