#!/usr/bin/env python3
"""GET /products/{id} in front of a web server, whose answers the cache of a stage keeps: made with boto3 and called.

Needs boto3 and a running gateway at GATEHOUSE_URL (default http://127.0.0.1:4566).
"""

import os
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3

URL = os.environ.get("GATEHOUSE_URL", "http://127.0.0.1:4566")


class Products(BaseHTTPRequestHandler):
    """Numbers its answers."""

    answers = 0

    def do_GET(self):
        Products.answers += 1
        body = f"{self.path} {Products.answers}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Products)
threading.Thread(target=server.serve_forever, daemon=True).start()
backend = f"http://127.0.0.1:{server.server_port}"

apigateway = boto3.client(
    "apigateway",
    endpoint_url=URL,
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
api_id = apigateway.create_rest_api(name="products")["id"]
root_id = apigateway.get_resources(restApiId=api_id)["items"][0]["id"]
products_id = apigateway.create_resource(restApiId=api_id, parentId=root_id, pathPart="products")["id"]
product_id = apigateway.create_resource(restApiId=api_id, parentId=products_id, pathPart="{id}")["id"]
method = {"restApiId": api_id, "resourceId": product_id, "httpMethod": "GET"}
parameter = "method.request.path.id"
apigateway.put_method(**method, authorizationType="NONE", requestParameters={parameter: True})
apigateway.put_integration(
    **method,
    type="HTTP_PROXY",
    integrationHttpMethod="GET",
    uri=backend + "/{id}",
    requestParameters={"integration.request.path.id": parameter},
    cacheKeyParameters=[parameter],
)
stage = {"restApiId": api_id, "stageName": "dev"}
apigateway.create_deployment(**stage)
answer = apigateway.update_stage(
    **stage,
    patchOperations=[
        {"op": "replace", "path": "/cacheClusterEnabled", "value": "true"},
        {"op": "replace", "path": "/cacheClusterSize", "value": "0.5"},
    ],
)
print(answer["cacheClusterSize"], answer["cacheClusterStatus"])


def call(product):
    with urllib.request.urlopen(f"{URL}/_aws/execute-api/{api_id}/dev/products/{product}") as response:
        print(response.read().decode())


call("lamp")
call("lamp")
call("chair")
apigateway.flush_stage_cache(**stage)
call("lamp")
server.shutdown()
