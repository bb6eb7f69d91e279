"""Loads the handler, and turns its values and errors into JSON."""

import decimal
import importlib
import json
import os
import sys
import traceback

OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))

# Runtimes since Python 3.12 write text as it is (observed).
ESCAPES = os.environ.get("AWS_EXECUTION_ENV", "").endswith(("3.8", "3.9", "3.10", "3.11"))


class Fault(Exception):
    """An error of the runtime itself: ``error_type`` is what the caller sees."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.trace = list(trace)


def load(name):
    """Loads ``folder/module.function``."""
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        reason = "not enough values to unpack (expected 2, got 1)"
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '{}': {}".format(name, reason))
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module {} as a handler module".format(module_name)
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = "Unable to import module '{}': {}".format(module_name, error)
        raise Fault("Runtime.ImportModuleError", message) from error
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        message = "Syntax error in module '{}': {}".format(module_name, error)
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from error
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        message = "Handler '{}' missing on module '{}'".format(function_name, module_name)
        raise Fault("Runtime.HandlerNotFound", message) from error


def from_json(event):
    try:
        return json.loads(event)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: {}".format(error)) from error


def to_json(value):
    if isinstance(value, bytes):
        return value
    try:
        return json.dumps(value, default=_number, ensure_ascii=ESCAPES).encode()
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: {}".format(error)) from error


def _number(value):
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type {} is not JSON serializable".format(type(value).__name__))


def describe(error, request_id):
    """The error object that the caller gets."""
    if isinstance(error, Fault):
        error_type, trace = error.error_type, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if not frame.filename.startswith(OWN_FOLDER + os.sep)]
        error_type, trace = type(error).__name__, traceback.format_list(own)
    return {"errorMessage": str(error), "errorType": error_type, "requestId": request_id, "stackTrace": trace}
