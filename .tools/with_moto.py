"""Runs a command with moto's DynamoDB on a loopback port.

    python .tools/with_moto.py go test ./internal/dynamo/...

The command gets the server's address in DYNAMODB_ENDPOINT, and made-up credentials, so that it does not use real ones.
The server is a thread of this process and ends with it. The exit code is that of the command.
"""

import os
import signal
import subprocess
import sys
import threading

from moto.dynamodb import comparisons
from moto.dynamodb.models.dynamo_type import LimitedSizeDict
from moto.server import create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class OneAtATime:
    """Lets one request at a time through: moto does not lock its tables, so concurrent updates would lose writes.

    This is a lock and not a server with one thread, because such a server would wait forever on an idle connection that
    a client has opened in advance.
    """

    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            return list(self.app(environ, start_response))


class Quiet(WSGIRequestHandler):
    def log_request(self, *args):
        pass  # no lines for thousands of successes; errors are still logged


def correct():
    """Corrects two differences between moto and DynamoDB. In DynamoDB, comparing values of different types is false; moto
    fails. In DynamoDB, an item's size has only an attribute's new value; moto also counts the old one."""
    for operation in (comparisons.OpLessThan, comparisons.OpLessThanOrEqual,
                      comparisons.OpGreaterThan, comparisons.OpGreaterThanOrEqual):
        operation.expr = in_no_order(operation.expr)
    LimitedSizeDict.__setitem__ = replacing(LimitedSizeDict.__setitem__)


def in_no_order(compare):
    def expr(self, item):
        try:
            return compare(self, item)
        except TypeError:
            return False

    return expr


def replacing(assign):
    def setitem(self, key, value):
        before = self.pop(key, None)
        try:
            assign(self, key, value)
        except Exception:
            if before is not None:
                dict.__setitem__(self, key, before)
            raise

    return setitem


def main(command):
    if not command:
        sys.exit(__doc__)

    correct()
    server = make_server("127.0.0.1", 0, OneAtATime(create_backend_app("dynamodb")), threaded=True, request_handler=Quiet)
    # The port is open already, so a client that connects before the thread runs waits in the backlog.
    threading.Thread(target=server.serve_forever, daemon=True).start()

    environment = {
        **os.environ,
        "DYNAMODB_ENDPOINT": f"http://127.0.0.1:{server.server_port}",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": "eu-central-1",
    }
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION"):
        environment.pop(name, None)

    child = subprocess.Popen(command, env=environment)
    # The command gets Ctrl-C itself. Other signals are passed on, so that the command never outlives this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda caught, _: child.send_signal(caught))
    code = child.wait()
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main(sys.argv[1:])
