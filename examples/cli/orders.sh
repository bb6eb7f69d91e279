#!/usr/bin/env bash
# A Lambda function behind POST /orders that knows nothing of HTTP: templates make its event and the answers, patterns over
# its errors choose the status, and a MOCK answers the browsers' CORS preflight.
# Needs aws, curl, node, zip and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" "$@"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zip -qj "$work/orders.zip" orders/index.mjs

# A second run starts anew.
aws lambda delete-function --function-name orders 2>/dev/null || true

function_arn=$(aws lambda create-function --function-name orders --runtime nodejs24.x --handler index.handler \
  --role arn:aws:iam::123456789012:role/orders --zip-file "fileb://$work/orders.zip" \
  --query FunctionArn --output text)

api_id=$(aws apigateway create-rest-api --name orders --query id --output text)
root_id=$(aws apigateway get-resources --rest-api-id "$api_id" --query 'items[?path==`/`].id' --output text)
resource_id=$(aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$root_id" --path-part orders \
  --query id --output text)
# The CLI takes maps of templates as JSON: this makes one of a file.
template() { # file
  node -p 'JSON.stringify({ "application/json": require("fs").readFileSync(process.argv[1], "utf8") })' "$1"
}
method() { # operation, verb, further options
  aws apigateway "$1" --rest-api-id "$api_id" --resource-id "$resource_id" --http-method "$2" "${@:3}" >/dev/null
}

method put-method POST --authorization-type NONE
method put-integration POST --type AWS --integration-http-method POST \
  --uri "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/$function_arn/invocations" \
  --request-templates "$(template orders/event.vtl)"

respond() { # status, pattern over the error, template
  method put-method-response POST --status-code "$1" \
    --response-parameters method.response.header.Access-Control-Allow-Origin=true
  method put-integration-response POST --status-code "$1" --selection-pattern "$2" \
    --response-parameters "{\"method.response.header.Access-Control-Allow-Origin\": \"'*'\"}" \
    --response-templates "$(template "$3")"
}
respond 201 '' orders/created.vtl
respond 400 'BadRequest: .*' orders/error.vtl
respond 404 'NotFound: .*' orders/error.vtl

method put-method OPTIONS --authorization-type NONE
method put-integration OPTIONS --type MOCK --request-templates '{"application/json": "{\"statusCode\": 204}"}'
method put-method-response OPTIONS --status-code 204 --response-parameters \
  method.response.header.Access-Control-Allow-Origin=true,method.response.header.Access-Control-Allow-Methods=true
method put-integration-response OPTIONS --status-code 204 --response-parameters \
  "{\"method.response.header.Access-Control-Allow-Origin\": \"'*'\", \"method.response.header.Access-Control-Allow-Methods\": \"'OPTIONS,POST'\"}"

account=$(cut -d: -f5 <<<"$function_arn")
aws lambda add-permission --function-name orders --statement-id apigateway --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com \
  --source-arn "arn:aws:execute-api:us-east-1:$account:$api_id/*/POST/orders" >/dev/null
aws apigateway create-deployment --rest-api-id "$api_id" --stage-name dev >/dev/null

orders="$url/_aws/execute-api/$api_id/dev/orders?customer=ada"
post() { # body
  curl -sS -w ' %{http_code} %header{location}\n' -H 'Content-Type: application/json' -d "$1" "$orders"
}
post '{"item": "book", "quantity": 2}'
post '{"item": "book", "quantity": 0}'
post '{"item": "unicorn", "quantity": 1}'
curl -sS -X OPTIONS -o /dev/null -w '%{http_code} %header{access-control-allow-methods}\n' "$orders"
