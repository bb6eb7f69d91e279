#!/usr/bin/env bash
# /products/{id} in front of a slow web server, whose answers a stage's cache keeps: by their id, until they are flushed.
# Needs aws, curl, node and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$url" "$@"; }

# The web server lives as long as this script holds the other end of its standard input. It numbers its answers.
coproc BACKEND { exec node cache/products.mjs; }
read -r backend <&"${BACKEND[0]}"

api_id=$(aws apigateway create-rest-api --name products --query id --output text)
root_id=$(aws apigateway get-resources --rest-api-id "$api_id" --query 'items[?path==`/`].id' --output text)
create_resource() { # parent id, path part
  aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$1" --path-part "$2" --query id --output text
}
products_id=$(create_resource "$root_id" products)
product_id=$(create_resource "$products_id" '{id}')
method=(--rest-api-id "$api_id" --resource-id "$product_id" --http-method GET)
aws apigateway put-method "${method[@]}" --authorization-type NONE \
  --request-parameters method.request.path.id=true >/dev/null
aws apigateway put-integration "${method[@]}" --type HTTP_PROXY --integration-http-method GET \
  --uri "$backend/{id}" --request-parameters integration.request.path.id=method.request.path.id \
  --cache-key-parameters method.request.path.id >/dev/null
aws apigateway create-deployment --rest-api-id "$api_id" --stage-name dev >/dev/null

aws apigateway update-stage --rest-api-id "$api_id" --stage-name dev --query cacheClusterStatus --output text \
  --patch-operations op=replace,path=/cacheClusterEnabled,value=true op=replace,path=/cacheClusterSize,value=0.5

call() { # id, further options of curl
  curl -sS --fail-with-body "$url/_aws/execute-api/$api_id/dev/products/$1" "${@:2}"
  echo
}
call lamp
call lamp
call chair

aws apigateway flush-stage-cache --rest-api-id "$api_id" --stage-name dev
call lamp

# Whoever calls may have the web server asked, and replaces what is kept for all.
aws apigateway update-stage --rest-api-id "$api_id" --stage-name dev \
  --patch-operations 'op=replace,path=/*/*/caching/enabled,value=true' \
  'op=replace,path=/*/*/caching/requireAuthorizationForCacheControl,value=false' >/dev/null
call lamp -H 'Cache-Control: max-age=0'
call lamp
