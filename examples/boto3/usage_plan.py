#!/usr/bin/env python3
"""GET /forecast for those who have an API key: 100 calls a second, 200 at once, a million a month.

Needs boto3 and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
"""

import os
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import boto3

URL = os.environ.get("GATEHOUSE_URL", "http://127.0.0.1:4566")

apigateway = boto3.client(
    "apigateway",
    endpoint_url=URL,
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)

api_id = apigateway.create_rest_api(name="forecast")["id"]
root_id = apigateway.get_resources(restApiId=api_id)["items"][0]["id"]
resource_id = apigateway.create_resource(restApiId=api_id, parentId=root_id, pathPart="forecast")["id"]
method = {"restApiId": api_id, "resourceId": resource_id, "httpMethod": "GET"}
apigateway.put_method(**method, authorizationType="NONE", apiKeyRequired=True)
apigateway.put_method_response(**method, statusCode="200")
apigateway.put_integration(**method, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
apigateway.put_integration_response(
    **method, statusCode="200", responseTemplates={"application/json": '{"forecast": "sun"}'}
)
apigateway.create_deployment(restApiId=api_id, stageName="prod")

plan_id = apigateway.create_usage_plan(
    name="basic",
    throttle={"burstLimit": 200, "rateLimit": 100},
    quota={"limit": 1_000_000, "period": "MONTH"},
    apiStages=[{"apiId": api_id, "stage": "prod"}],
)["id"]
key = apigateway.create_api_key(name="ada", enabled=True)
apigateway.create_usage_plan_key(usagePlanId=plan_id, keyId=key["id"], keyType="API_KEY")


def status(headers):
    request = urllib.request.Request(f"{URL}/_aws/execute-api/{api_id}/prod/forecast", headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


with_key = {"x-api-key": key["value"]}
print("without a key:", status({}))
print("with the key:", status(with_key))

with ThreadPoolExecutor(max_workers=8) as callers:
    statuses = list(callers.map(status, [with_key] * 600))
print("over the rate:", *sorted(set(statuses)))

today = datetime.now(timezone.utc).strftime("%Y-%m-%d")
usage = apigateway.get_usage(usagePlanId=plan_id, keyId=key["id"], startDate=today, endDate=today)
used, remaining = usage["items"][key["id"]][0]
assert used == 1 + statuses.count(200), (used, statuses.count(200))
print("get_usage shows each call that was admitted:", used + remaining, "in all")
