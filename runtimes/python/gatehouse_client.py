"""Speaks the Lambda Runtime API over sockets that the gateway has passed on, one for each direction."""

import json
import os
import re
import socket

PREFIX = b"/2018-06-01/runtime/"
NEXT = b"GET " + PREFIX + b"invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n"
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


class RuntimeClient:
    """An answer and the poll for the next invocation leave in one write."""

    def __init__(self, source, target):
        for descriptor in (source, target):
            os.set_inheritable(descriptor, False)
        self._input = socket.socket(fileno=source)
        self._output = socket.socket(fileno=target)
        self._received = b""
        self._pending = NEXT

    def next(self):
        """Waits for an invocation: returns its headers (names in lower case) and its event's JSON."""
        self._send(self._pending)
        while True:
            head, body = self._read_response()
            if head.startswith(b"HTTP/1.1 200"):
                return _parse_headers(head), body

    def finish(self, request_id, body, error_type=None):
        """Answers the invocation, together with the poll for the next."""
        path = b"invocation/" + request_id.encode() + (b"/response" if error_type is None else b"/error")
        self._pending = _post(path, body, error_type) + NEXT

    def fail_init(self, failure):
        self._send(_post(b"init/error", json.dumps(failure).encode(), failure["errorType"]))
        self._read_response()

    def _send(self, data):
        try:
            self._output.sendall(data)
        except OSError:
            os._exit(1)

    def _read_response(self):
        parts = self._received
        while True:
            end = parts.find(b"\r\n\r\n")
            if end >= 0:
                head = parts[:end]
                length = CONTENT_LENGTH.search(head)
                stop = end + 4 + (int(length.group(1)) if length else 0)
                if len(parts) < stop:
                    parts += self._receive_exactly(stop - len(parts))
                self._received = parts[stop:]
                return head, parts[end + 4 : stop]
            parts += self._receive(65536)

    def _receive_exactly(self, count):
        received = []
        while count > 0:
            data = self._receive(min(count, 1048576))
            received.append(data)
            count -= len(data)
        return b"".join(received)

    def _receive(self, count):
        try:
            data = self._input.recv(count)
        except OSError:
            data = b""
        if not data:
            os._exit(1)  # The gateway has gone.
        return data


def _post(path, body, error_type):
    headers = b""
    if error_type is not None:
        name = "".join(c if 32 <= ord(c) < 127 else "?" for c in error_type).encode()
        headers = b"Content-Type: application/vnd.aws.lambda.error+json\r\nLambda-Runtime-Function-Error-Type: " + name + b"\r\n"
    length = b"Content-Length: " + str(len(body)).encode()
    return b"POST " + PREFIX + path + b" HTTP/1.1\r\nHost: runtime\r\n" + headers + length + b"\r\n\r\n" + body


def _parse_headers(head):
    headers = {}
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return headers
