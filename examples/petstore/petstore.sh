#!/usr/bin/env bash
# The pet store's API, imported, deployed and called; then exported as OpenAPI 3.0 and as Swagger 2.0, each imported again,
# deployed and called. All three print the same.
# Needs aws, curl, node and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" "$@"; }

exports=$(mktemp -d)
trap 'rm -r "$exports"' EXIT

# The store lives as long as this script holds the other end of its standard input.
coproc STORE { exec node store.mjs; }
read -r store <&"${STORE[0]}"

import_and_deploy() { # document
  local api_id
  api_id=$(aws apigateway import-rest-api --fail-on-warnings --body "fileb://$1" --query id --output text)
  aws apigateway create-documentation-version --rest-api-id "$api_id" --documentation-version 1 >/dev/null
  aws apigateway create-deployment --rest-api-id "$api_id" --stage-name prod --variables "store=$store" >/dev/null
  aws apigateway update-stage --rest-api-id "$api_id" --stage-name prod \
    --patch-operations op=replace,path=/documentationVersion,value=1 >/dev/null
  echo "$api_id"
}

call() { # API id, path, options of curl
  curl -sS -w '\n%{http_code} %{content_type}\n' "${@:3}" "$url/_aws/execute-api/$1/prod$2"
}

call_all() { # API id
  echo "$2:"
  call "$1" /
  call "$1" '/pets?type=cat'
  call "$1" /pets/3
  call "$1" /pets/99
  call "$1" /pets --json '{"type": "gecko", "price": 12.5}'
  call "$1" /pets --json '{"type": "dragon"}'
  call "$1" /pets -X OPTIONS -o /dev/null -D - | grep -i '^access-control' | tr -d '\r' | sort
}

api_id=$(import_and_deploy petstore.json)
call_all "$api_id" 'as imported'
for type in oas30 swagger; do
  aws apigateway get-export --rest-api-id "$api_id" --stage-name prod --export-type "$type" \
    --parameters '{"extensions": "apigateway,documentation"}' "$exports/$type.json" >/dev/null
  call_all "$(import_and_deploy "$exports/$type.json")" "exported as $type"
done
