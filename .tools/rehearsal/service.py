"""Calls to the deployed API, as its clients make them."""

import base64
import hashlib
import http.client
import itertools
import json
import struct
import urllib.parse
import uuid


def identity_hash(secret):
    """The PasswordHash of ASP.NET Identity, version 3: PBKDF2 of HMAC-SHA256."""
    salt, rounds = b"0123456789abcdef", 10000
    key = hashlib.pbkdf2_hmac("sha256", secret.encode(), salt, rounds, 32)
    return base64.b64encode(struct.pack(">BIII", 1, 1, rounds, len(salt)) + salt + key).decode()


class Service:
    """The API of a stack."""

    CATALOGUED = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
    TASK = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
    ACCOUNT = "42"
    OLD_SECRET = "the-secret-of-before"
    TASKS = "/api/v1/admin/tasks/account"

    def __init__(self, account, host):
        self.account, self.host = account, host
        self.imported = itertools.count()

    def call(self, method, path, fields=None, token=None):
        """The answer's status and JSON. The API's name leads to the emulator, whichever the resolver says."""
        connection = http.client.HTTPConnection("127.0.0.1", self.account.port, timeout=30)
        headers = {"Host": self.host, "Accept": "application/json"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if token:
            headers["Authorization"] = "Bearer " + token
        connection.request(method, path, urllib.parse.urlencode(fields) if fields is not None else None, headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        try:
            return answer.status, json.loads(body)
        except ValueError:
            return answer.status, body

    def grant(self, **fields):
        return self.call("POST", "/Token", fields)

    def credentials(self, client):
        with open(f"{self.account.folder}/{client}.secret", encoding="utf-8") as file:
            return dict(urllib.parse.parse_qsl(file.read().strip()))

    def token(self, client):
        """An access token. On a busy machine the emulator may not start a function in its time, so it asks three times."""
        for _ in range(3):
            _, granted = self.grant(grant_type="client_credentials", **self.credentials(client))
            if isinstance(granted, dict):
                return granted.get("access_token", "")
        return ""

    def definition(self):
        return {"TaskID": self.CATALOGUED, "Frequency": "DAILY", "Parameters": json.dumps(str(uuid.uuid4())), "ContentType": "application/json"}

    def update(self, token):
        return self.call("PUT", f"{self.TASKS}/{self.TASK}", self.definition(), token)

    def read(self):
        return self.call("GET", f"{self.TASKS}/{self.TASK}", token=self.token("own"))

    def runs(self, task, token):
        return self.call("GET", f"{self.TASKS}/{task}/runs", token=token)[1]["ResponseData"]["Detail"]

    def failures(self):
        """What every kind of call was answered, where it was not 200."""
        return self.token_failures() + self.task_failures(self.token("own"))

    def token_failures(self):
        """Calls that use every right of the token function."""
        statuses = {}
        statuses["token"], granted = self.grant(grant_type="client_credentials", **self.credentials("own"))
        granted = granted if isinstance(granted, dict) else {}
        statuses["refresh"], _ = self.grant(
            grant_type="refresh_token", refresh_token=granted.get("refresh_token", ""), **self.credentials("own"))
        statuses["token for an old secret"], _ = self.grant(
            grant_type="client_credentials", client_id=f"imported-{next(self.imported)}", client_secret=self.OLD_SECRET)
        statuses["add a client"], _ = self.call("POST", "/api/v1/admin/clients", {
            "Name": "added", "Secret": str(uuid.uuid4()), "UserID": str(uuid.uuid4())}, granted.get("access_token"))
        return failed(statuses)

    def task_failures(self, token):
        """Calls that use every right of the task function."""
        statuses = {}
        statuses["update"], _ = self.update(token)
        statuses["read"], _ = self.call("GET", f"{self.TASKS}/{self.TASK}", token=token)
        statuses["list"], _ = self.call("GET", self.TASKS, token=token)
        statuses["catalogue"], _ = self.call("GET", "/api/v1/admin/tasks", token=token)
        statuses["register"], made = self.register(token)
        statuses["run now"], _ = self.call("POST", f"{self.TASKS}/run?id={made}", {}, token)
        statuses["delete"], _ = self.call("DELETE", f"{self.TASKS}/{made}", token=token)
        return failed(statuses)

    def register(self, token, **fields):
        """Registers a task. Returns the status and the task's id."""
        status, made = self.call("POST", "/api/v2/admin/tasks/account", self.definition() | fields, token)
        return status, made["ResponseData"]["Detail"]["ID"] if status == 200 else "none"


def failed(statuses):
    return [f"{what}: {status}" for what, status in statuses.items() if status != 200]
