"""The Python runtime: loads the function's handler, then runs invocations until the gateway closes the connection."""

import json
import os
import sys
import time

import gatehouse_handler as handlers
import gatehouse_log as log
from gatehouse_client import RuntimeClient
from gatehouse_context import LambdaContext


def main():
    client = RuntimeClient(int(sys.argv.pop(1)), int(sys.argv.pop(1)))
    task_root = os.environ["LAMBDA_TASK_ROOT"]
    # The folder of this file comes first in sys.path; the function's own code has to.
    sys.path[0] = task_root
    log.set_up()
    try:
        handler = handlers.load(os.environ["_HANDLER"])
    except BaseException as error:  # A module may even call sys.exit().
        failure = handlers.describe(error, "")
        log.failure(failure)
        client.fail_init(failure)
        sys.exit(1)
    while True:
        headers, event = client.next()
        client.finish(*run(handler, headers, event))


def run(handler, headers, event):
    """Runs one invocation: returns its request id, its JSON, and the error type if it failed."""
    request_id = headers["lambda-runtime-aws-request-id"]
    log.begin(request_id)
    set_trace_id(headers.get("lambda-runtime-trace-id", ""))
    error_type = None
    try:
        body = handlers.to_json(handler(handlers.from_json(event), LambdaContext(headers)))
    except Exception as error:
        failure = handlers.describe(error, request_id)
        log.failure(failure)
        body, error_type = json.dumps(failure).encode(), failure["errorType"]
    log.flush()
    return request_id, body, error_type


def set_trace_id(trace_id):
    """Names the trace in the environment: the first one and those that are sampled, see the Node.js runtime."""
    if "_X_AMZN_TRACE_ID" not in os.environ or "Sampled=1" in trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id


if __name__ == "__main__":
    if hasattr(time, "tzset"):
        time.tzset()
    main()
