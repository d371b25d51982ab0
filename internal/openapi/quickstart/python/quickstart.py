"""A first client of the account tasks API. It needs Python 3.8 or later and no package.

    API=http://127.0.0.1:3000 CLIENT_ID=demo CLIENT_SECRET=demo-secret python3 quickstart.py
"""

import json
import os
import sys
import uuid
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

API = os.environ.get("API", "http://127.0.0.1:3000")
TASKS = API + "/api/v1/admin/tasks/account"


def call(method, url, body=None, headers=None):
    """Send a request and return the status, the headers and the body of the answer."""
    content = None if body is None else json.dumps(body).encode()
    request = Request(url, content, {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}, method=method)
    try:
        answer = urlopen(request, timeout=35)
    except HTTPError as refusal:
        answer = refusal  # a refusal has a body too, which gives the reason
    with answer:
        return answer.status, answer.headers, json.load(answer)


def key():
    """Return a new Idempotency-Key: one for each change, the same for its repeats."""
    return {"Idempotency-Key": str(uuid.uuid4())}


# Get a token. It is valid for eight hours: keep it, and send it with every request.
credentials = {
    "grant_type": "client_credentials",
    "client_id": os.environ.get("CLIENT_ID", "demo"),
    "client_secret": os.environ.get("CLIENT_SECRET", "demo-secret"),
}
with urlopen(API + "/Token", urlencode(credentials).encode()) as answer:
    token = json.load(answer)
print("Token: valid for", token["expires_in"], "seconds")
authorization = {"Authorization": "Bearer " + token["access_token"]}

# Register a task. TaskID is an entry of the catalogue, which GET /api/v1/admin/tasks lists.
task = {
    "TaskID": "7798c127-7f74-40c6-9bd4-caf4be84ca89",
    "Frequency": "WEEKLY",
    "StartDate": "2026-06-01T06:00:00Z",
    "Parameters": json.dumps({"report": "usage"}),
    "ContentType": "application/json",
    "Notification": "ON_FAILURE",
}
status, headers, envelope = call("POST", API + "/api/v2/admin/tasks/account", task, {**authorization, **key()})
if status != 200:
    sys.exit(envelope["Error"]["ErrorReason"])
registered = envelope["ResponseData"]["Detail"]
print("Registered:", registered["ID"], registered["Name"])

# Read it. The ETag is the version that was read.
url = TASKS + "/" + registered["ID"]
status, headers, envelope = call("GET", url, headers=authorization)
etag = headers["ETag"]
print("Read:", envelope["ResponseData"]["Detail"]["Frequency"])

# Update it, unless it has changed since it was read. An update replaces every field, so send them all.
task["Frequency"] = "DAILY"
change = {**authorization, **key(), "If-Match": etag}
status, headers, envelope = call("PUT", url, task, change)
print("Updated:", envelope["ResponseData"]["Detail"]["Frequency"])

# If no answer comes, or a 429 or 5xx, send the same request with the same key again. It is applied once.
status, headers, envelope = call("PUT", url, task, change)
print("Repeated:", status, headers["Idempotency-Replayed"])

# Another update with the old ETag is refused, and the answer shows the task as it is now.
status, headers, envelope = call("PUT", url, task, {**authorization, **key(), "If-Match": etag})
print("Changed since:", status, envelope["ResponseData"]["Detail"]["Frequency"])

# List the account's tasks, page by page. A Link with rel="next" leads to the next page.
status, headers, envelope = call("GET", TASKS + "?count=100&summary=true", headers=authorization)
print("Listed:", len(envelope["ResponseData"]["Detail"]), "tasks")

# A request with errors changes nothing, and the reason names all of them.
status, headers, envelope = call("PUT", url, {**task, "Frequency": "FORTNIGHTLY", "Parameters": "{"}, authorization)
print("Refused:", status, envelope["Error"]["ErrorReason"])

# Delete it.
status, headers, envelope = call("DELETE", url, headers={**authorization, **key()})
print("Deleted:", status)
