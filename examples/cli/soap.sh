#!/usr/bin/env bash
# A SOAP service behind POST /prices that takes and gives JSON: templates make XML of it and back.
# Needs aws, curl, node and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" "$@"; }

# The SOAP service lives as long as this script holds the other end of its standard input.
coproc SERVICE { exec node soap/service.mjs; }
read -r service <&"${SERVICE[0]}"

# The CLI takes maps of templates as JSON: this makes one of a file.
template() { # media type, file
  node -p 'JSON.stringify({ [process.argv[1]]: require("fs").readFileSync(process.argv[2], "utf8") })' "$1" "$2"
}

api_id=$(aws apigateway create-rest-api --name prices --query id --output text)
root_id=$(aws apigateway get-resources --rest-api-id "$api_id" --query 'items[?path==`/`].id' --output text)
resource_id=$(aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$root_id" --path-part prices \
  --query id --output text)
method() { # operation, further options
  aws apigateway "$1" --rest-api-id "$api_id" --resource-id "$resource_id" --http-method POST "${@:2}" >/dev/null
}

method put-method --authorization-type NONE
method put-integration --type HTTP --integration-http-method POST --uri "$service/prices" \
  --passthrough-behavior NEVER \
  --request-parameters "{\"integration.request.header.Content-Type\": \"'text/xml'\"}" \
  --request-templates "$(template application/json soap/request.vtl)"

# What the service answers with status 200, and its faults, which come with status 500.
method put-method-response --status-code 200
method put-integration-response --status-code 200 \
  --response-templates "$(template application/json soap/response.vtl)"
method put-method-response --status-code 404
method put-integration-response --status-code 404 --selection-pattern '5\d{2}' \
  --response-templates "$(template application/json soap/fault.vtl)"

aws apigateway create-deployment --rest-api-id "$api_id" --stage-name dev >/dev/null

prices="$url/_aws/execute-api/$api_id/dev/prices"
post() { # body, media type
  curl -sS -w ' %{http_code}\n' -H "Content-Type: ${2:-application/json}" -d "$1" "$prices"
}
post '{"item": "book"}'
post '{"item": "salt & pepper"}'
post '{"item": "unicorn"}'
post '<item>book</item>' text/xml
