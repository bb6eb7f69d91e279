#!/usr/bin/env python3
"""A Python function behind GET /hello, made with boto3, deployed to the stage prod and called.

Needs boto3 and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
"""

import io
import os
import urllib.request
import zipfile

import boto3

URL = os.environ.get("GATEHOUSE_URL", "http://127.0.0.1:4566")
REGION = "us-east-1"
SOURCE = '''
import json

def handler(event, context):
    name = (event["queryStringParameters"] or {}).get("name", "world")
    return {"statusCode": 200, "body": json.dumps({"message": f"Hello, {name}!"})}
'''


def client(service):
    return boto3.client(
        service,
        endpoint_url=URL,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def zipped(name, text):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


aws_lambda = client("lambda")
apigateway = client("apigateway")

# A second run starts anew.
try:
    aws_lambda.delete_function(FunctionName="hello")
except aws_lambda.exceptions.ResourceNotFoundException:
    pass

function_arn = aws_lambda.create_function(
    FunctionName="hello",
    Runtime="python3.13",
    Handler="hello.handler",
    Role="arn:aws:iam::123456789012:role/hello",
    Code={"ZipFile": zipped("hello.py", SOURCE)},
)["FunctionArn"]
account = function_arn.split(":")[4]

api_id = apigateway.create_rest_api(name="hello")["id"]
resources = apigateway.get_resources(restApiId=api_id)["items"]
root_id = next(item["id"] for item in resources if item["path"] == "/")
resource_id = apigateway.create_resource(restApiId=api_id, parentId=root_id, pathPart="hello")["id"]

method = {"restApiId": api_id, "resourceId": resource_id, "httpMethod": "GET"}
apigateway.put_method(**method, authorizationType="NONE")
apigateway.put_integration(
    **method,
    type="AWS_PROXY",
    integrationHttpMethod="POST",
    uri=f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function_arn}/invocations",
)
aws_lambda.add_permission(
    FunctionName="hello",
    StatementId="apigateway",
    Action="lambda:InvokeFunction",
    Principal="apigateway.amazonaws.com",
    SourceArn=f"arn:aws:execute-api:{REGION}:{account}:{api_id}/*/GET/hello",
)
apigateway.create_deployment(restApiId=api_id, stageName="prod")

with urllib.request.urlopen(f"{URL}/_aws/execute-api/{api_id}/prod/hello?name=Ada") as answer:
    print(answer.read().decode())

for page in apigateway.get_paginator("get_rest_apis").paginate():
    for api in page["items"]:
        print(api["name"], api["id"])
