"""The function's log: ``print`` and ``logging`` go to standard output, as on Lambda."""

import logging
import sys
import time

_request_id = ""


class _Filter(logging.Filter):
    def filter(self, record):
        record.aws_request_id = _request_id
        return True


def set_up():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    formatter = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    handler.addFilter(_Filter())
    logging.getLogger().addHandler(handler)


def begin(request_id):
    """Names the invocation in all further lines."""
    global _request_id
    _request_id = request_id


def flush():
    """Writes what is buffered, so that it is in the log before the answer that follows."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass  # The function has closed it.


def failure(error):
    """Logs an error object as one event: Lambda keeps its line breaks as carriage returns."""
    lines = ["[ERROR] {errorType}: {errorMessage}".format(**error)]
    lines.append("Traceback (most recent call last):")
    for entry in error["stackTrace"]:
        # Leading spaces as no-break spaces, as Lambda does: log viewers keep them.
        lines.extend(_keep_indentation(line) for line in entry.splitlines())
    sys.stdout.write("\r".join(lines) + "\n")


def _keep_indentation(line):
    text = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(text)) + text
