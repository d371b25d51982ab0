"""Does a full round with the client that openapi-python-client generates: roundtrip.py <address> <Idempotency-Key>"""

import sys
from datetime import datetime, timedelta, timezone
from uuid import UUID

from tasks_client import AuthenticatedClient, Client
from tasks_client.api.tasks import list_account_tasks, read_account_task, register_account_task, update_account_task
from tasks_client.api.tokens import issue_token
from tasks_client.models import (
    AccountTaskRequest, AccountTaskUpdateRequest, Frequency, Notification, ParametersFormat, TokenRequest, TokenRequestGrantType,
)

SEND_REPORT = UUID("7798c127-7f74-40c6-9bd4-caf4be84ca89")


def show(task):
    """Gives what the round looks at in a task: its id, flag, frequency, dates and notification."""
    start = task.start_date.astimezone(timezone.utc).isoformat(" ")[:19]
    finish = task.finish_date.astimezone(timezone.utc).isoformat(" ")[:19] if task.finish_date else "none"
    return f"{task.id} {str(task.enabled).lower()} {task.frequency} {start} {finish} {task.notification}"


origin, key = sys.argv[1:]
token = issue_token.sync(
    client=Client(origin),
    body=TokenRequest(TokenRequestGrantType.CLIENT_CREDENTIALS, client_id="demo", client_secret="demo-secret"),
)
api = AuthenticatedClient(origin, token=token.access_token)

start = datetime(2026, 7, 1, 9, 30, tzinfo=timezone.utc)
finish = datetime(2027, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
request = AccountTaskRequest(
    task_id=SEND_REPORT, frequency=Frequency.WEEKLY, parameters="{}", content_type=ParametersFormat.APPLICATIONJSON,
    notification=Notification.ON_FAILURE,
)
registered = register_account_task.sync(client=api, body=request, idempotency_key=key)
task_id = registered.response_data.detail.id
print("registered", task_id)

read = read_account_task.sync_detailed(task_id, client=api)
tag = read.headers["ETag"]
print("read", show(read.parsed.response_data.detail))

update = AccountTaskUpdateRequest(
    enabled=False, task_id=SEND_REPORT, frequency=Frequency.DAILY, start_date=start, finish_date=finish, parameters="[]",
    content_type=ParametersFormat.APPLICATIONJSON,
)
updated = update_account_task.sync(task_id, client=api, body=update, if_match=tag)
print("updated", show(updated.response_data.detail))

listed = list_account_tasks.sync(client=api, count=100)
for task in listed.response_data.detail:
    if task.id == task_id:
        print("listed", show(task))

stale = update_account_task.sync_detailed(task_id, client=api, body=update, if_match=tag)
print("stale", int(stale.status_code), stale.parsed.error.error_code, show(stale.parsed.response_data.detail))

repeated = register_account_task.sync_detailed(client=api, body=request, idempotency_key=key)
print("repeated", repeated.parsed.response_data.detail.id, repeated.headers["Idempotency-Replayed"])

update.task_id, update.parameters, update.finish_date = UUID(int=0), "{", start - timedelta(hours=1)
refused = update_account_task.sync_detailed(task_id, client=api, body=update)
print("refused", int(refused.status_code), refused.parsed.error.error_code, refused.parsed.error.error_reason)
