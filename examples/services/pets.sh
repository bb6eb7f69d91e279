#!/usr/bin/env bash
# POST /pets writes to DynamoDB, and GET /pets/{kind} queries it: no code, just templates both ways.
# Needs aws, curl, node, a DynamoDB at DYNAMODB_URL (default http://127.0.0.1:4567, the port of `npx dynalite`), and a
# gateway at GATEHOUSE_URL (default http://127.0.0.1:4566) that was started with gatehouse.json of this folder:
#   SERVICES_ACCESS_KEY_ID=test SERVICES_SECRET_ACCESS_KEY=test gatehouse start --config examples/services/gatehouse.json
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
dynamodb=${DYNAMODB_URL:-http://127.0.0.1:4567}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
role=arn:aws:iam::123456789012:role/api-pets

# A second run starts with an empty table.
tables() { command aws --endpoint-url "$dynamodb" dynamodb "$@" >/dev/null; }
if tables delete-table --table-name Pets 2>/dev/null; then tables wait table-not-exists --table-name Pets; fi
tables create-table --table-name Pets --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=kind,AttributeType=S AttributeName=name,AttributeType=S \
  --key-schema AttributeName=kind,KeyType=HASH AttributeName=name,KeyType=RANGE
tables wait table-exists --table-name Pets

aws() { command aws --endpoint-url "$url" "$@"; }

api_id=$(aws apigateway create-rest-api --name dynamodb-pets --query id --output text)
root_id=$(aws apigateway get-resources --rest-api-id "$api_id" --query 'items[?path==`/`].id' --output text)
pets_id=$(aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$root_id" --path-part pets \
  --query id --output text)
kind_id=$(aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$pets_id" --path-part '{kind}' \
  --query id --output text)
# The CLI takes maps of templates as JSON: this makes one of a file.
template() { # file
  node -p 'JSON.stringify({ "application/json": require("fs").readFileSync(process.argv[1], "utf8") })' "$1"
}
operation() { # resource, verb, operation of DynamoDB, request template
  local method=(--rest-api-id "$api_id" --resource-id "$1" --http-method "$2")
  aws apigateway put-method "${method[@]}" --authorization-type NONE >/dev/null
  aws apigateway put-integration "${method[@]}" --type AWS --integration-http-method POST --credentials "$role" \
    --uri "arn:aws:apigateway:us-east-1:dynamodb:action/$3" --passthrough-behavior NEVER \
    --request-templates "$(template "$4")" >/dev/null
}
respond() { # resource, verb, status, pattern over DynamoDB's status, response template
  local method=(--rest-api-id "$api_id" --resource-id "$1" --http-method "$2" --status-code "$3")
  aws apigateway put-method-response "${method[@]}" >/dev/null
  aws apigateway put-integration-response "${method[@]}" --selection-pattern "$4" \
    --response-templates "$(template "$5")" >/dev/null
}

operation "$pets_id" POST PutItem pets/put-item.vtl
respond "$pets_id" POST 201 200 pets/created.vtl
respond "$pets_id" POST 409 '4\d\d' pets/error.vtl
operation "$kind_id" GET Query pets/query.vtl
respond "$kind_id" GET 200 '' pets/list.vtl
aws apigateway create-deployment --rest-api-id "$api_id" --stage-name dev >/dev/null

pets="$url/_aws/execute-api/$api_id/dev/pets"
post() { curl -sS -w ' %{http_code}\n' -H "Content-Type: ${2:-application/json}" -d "$1" "$pets"; }
post '{"kind": "dog", "name": "Rex", "price": 249.99}'
post '{"kind": "dog", "name": "Zoë \"Z\"", "price": 100}'
post '{"kind": "cat", "name": "Tom", "price": 0.5}'
post '{"kind": "dog", "name": "Rex", "price": 1}'
post 'name=Rex' text/plain
curl -sS -w ' %{http_code}\n' "$pets/dog"
