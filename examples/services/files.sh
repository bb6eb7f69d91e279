#!/usr/bin/env bash
# PUT /files/{name} stores the bytes that it gets in S3, and GET gives them back: no code, just an integration with S3.
# Needs aws, curl, node, an S3 at S3_URL (default http://127.0.0.1:4568, the port of `npx s3rver`), and a gateway at
# GATEHOUSE_URL (default http://127.0.0.1:4566) that was started with gatehouse.json of this folder and the key of that S3:
#   SERVICES_ACCESS_KEY_ID=S3RVER SERVICES_SECRET_ACCESS_KEY=S3RVER gatehouse start --config examples/services/gatehouse.json
set -euo pipefail
cd "$(dirname "$0")"

url=${GATEHOUSE_URL:-http://127.0.0.1:4566}
s3=${S3_URL:-http://127.0.0.1:4568}
export AWS_ACCESS_KEY_ID=S3RVER AWS_SECRET_ACCESS_KEY=S3RVER AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
role=arn:aws:iam::123456789012:role/api-files

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A second run finds the bucket.
command aws --endpoint-url "$s3" s3api create-bucket --bucket files >/dev/null 2>&1 || true

aws() { command aws --endpoint-url "$url" "$@"; }

# Every body is binary: it reaches S3 byte by byte.
api_id=$(aws apigateway create-rest-api --name files --binary-media-types '*/*' --query id --output text)
root_id=$(aws apigateway get-resources --rest-api-id "$api_id" --query 'items[?path==`/`].id' --output text)
files_id=$(aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$root_id" --path-part files \
  --query id --output text)
file_id=$(aws apigateway create-resource --rest-api-id "$api_id" --parent-id "$files_id" --path-part '{name}' \
  --query id --output text)
method() { # operation, verb, further options
  aws apigateway "$1" --rest-api-id "$api_id" --resource-id "$file_id" --http-method "$2" "${@:3}" >/dev/null
}

for verb in PUT GET; do
  method put-method "$verb" --authorization-type NONE \
    --request-parameters method.request.path.name=true,method.request.header.Content-Type=false
  method put-integration "$verb" --type AWS --integration-http-method "$verb" --credentials "$role" \
    --uri 'arn:aws:apigateway:us-east-1:s3:path/files/{name}' \
    --request-parameters integration.request.path.name=method.request.path.name,integration.request.header.Content-Type=method.request.header.Content-Type
  method put-method-response "$verb" --status-code 200 \
    --response-parameters method.response.header.Content-Type=true,method.response.header.ETag=true
  method put-integration-response "$verb" --status-code 200 --selection-pattern '' --response-parameters \
    method.response.header.Content-Type=integration.response.header.Content-Type,method.response.header.ETag=integration.response.header.ETag
  method put-method-response "$verb" --status-code 404
  # A template needs text.
  method put-integration-response "$verb" --status-code 404 --selection-pattern 404 --content-handling CONVERT_TO_TEXT \
    --response-templates '{"application/json": "{\"message\": \"There is no such file\"}"}'
done
aws apigateway create-deployment --rest-api-id "$api_id" --stage-name dev >/dev/null

files="$url/_aws/execute-api/$api_id/dev/files"
# Each byte there is, a thousand times.
node -e 'process.stdout.write(Buffer.from(Array.from({ length: 256_000 }, (_, i) => i % 256)))' >"$work/sent.png"
curl -sS -X PUT -o /dev/null -w 'PUT %{http_code}\n' -H 'Content-Type: image/png' --data-binary "@$work/sent.png" \
  "$files/every%20byte.png"
curl -sS -o "$work/got.png" -w 'GET %{http_code} %{content_type}\n' "$files/every%20byte.png"
cmp "$work/sent.png" "$work/got.png" && echo 'the same bytes'
curl -sS -w ' %{http_code}\n' -H 'Accept: application/json' "$files/none.png"
