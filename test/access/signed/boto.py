"""Signs the calls of a JSON file with botocore and makes them. Prints their answers as JSON."""

import http.client
import json
import sys
from urllib.parse import quote, urlsplit

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def body_of(call):
    return call.get("body", "").encode()


def signed(call):
    headers = dict(call.get("headers", {}))
    # botocore reads the host from the URL, and takes the default port of its scheme away.
    url = "http://" + call["host"] + call["path"]
    query = "&".join(f"{quote(n, safe='')}={quote(v, safe='')}" for n, v in call.get("query", {}).items())
    if query:
        url += "?" + query
    request = AWSRequest(method=call.get("method", "GET"), url=url, data=body_of(call), headers=headers)
    key = call.get("key")
    if key:
        credentials = Credentials(key["accessKeyId"], key["secretAccessKey"], key.get("sessionToken"))
        if "expiresSeconds" in call:
            SigV4QueryAuth(credentials, "execute-api", "us-east-1", call["expiresSeconds"]).add_auth(request)
        else:
            SigV4Auth(credentials, "execute-api", "us-east-1").add_auth(request)
    return request.prepare()


def answer(call):
    request = signed(call)
    target = urlsplit(request.url)
    gateway = urlsplit(call["gateway"])
    connection = http.client.HTTPConnection(gateway.hostname, gateway.port, timeout=20)
    path = target.path + ("?" + target.query if target.query else "")
    headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
    connection.request(request.method, path, body_of(call), {**headers, "Host": call["host"]})
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return {"status": response.status, "errorType": response.getheader("x-amzn-errortype", ""), "body": body}


with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps([answer(call) for call in json.load(file)]))
