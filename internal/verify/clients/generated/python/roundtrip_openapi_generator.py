"""Does a full round with the client that openapi-generator generates: roundtrip_openapi_generator.py <address> <Idempotency-Key>"""

import sys
from datetime import datetime, timedelta, timezone
from uuid import UUID

from openapi_client import (
    AccountTaskRequest, AccountTaskUpdateRequest, ApiClient, ApiException, Configuration, Frequency, Notification, ParametersFormat,
    TasksApi, TokensApi,
)

SEND_REPORT = UUID("7798c127-7f74-40c6-9bd4-caf4be84ca89")


def show(task):
    """Gives what the round looks at in a task: its id, flag, frequency, dates and notification."""
    start = task.start_date.astimezone(timezone.utc).isoformat(" ")[:19]
    finish = task.finish_date.astimezone(timezone.utc).isoformat(" ")[:19] if task.finish_date else "none"
    return f"{task.id} {str(task.enabled).lower()} {task.frequency.value} {start} {finish} {task.notification.value}"


def header(answer, name):
    """Finds a header in any case, which the client does not."""
    return {key.lower(): value for key, value in answer.headers.items()}[name.lower()]


origin, key = sys.argv[1:]
configuration = Configuration(host=origin)
token = TokensApi(ApiClient(configuration)).issue_token("client_credentials", client_id="demo", client_secret="demo-secret")
configuration.access_token = token.access_token
api = TasksApi(ApiClient(configuration))

start = datetime(2026, 7, 1, 9, 30, tzinfo=timezone.utc)
finish = datetime(2027, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
request = AccountTaskRequest(
    TaskID=SEND_REPORT, Frequency=Frequency.WEEKLY, Parameters="{}", ContentType=ParametersFormat.APPLICATION_SLASH_JSON,
    Notification=Notification.ON_FAILURE,
)
registered = api.register_account_task(request, idempotency_key=key)
task_id = registered.response_data.detail.id
print("registered", task_id)

read = api.read_account_task_with_http_info(task_id)
tag = header(read, "ETag")
print("read", show(read.data.response_data.detail))

update = AccountTaskUpdateRequest(
    Enabled=False, TaskID=SEND_REPORT, Frequency=Frequency.DAILY, StartDate=start, FinishDate=finish, Parameters="[]",
    ContentType=ParametersFormat.APPLICATION_SLASH_JSON,
)
updated = api.update_account_task(task_id, update, if_match=tag)
print("updated", show(updated.response_data.detail))

listed = api.list_account_tasks(count=100)
for task in listed.response_data.detail:
    if task.id == task_id:
        print("listed", show(task))

try:
    api.update_account_task(task_id, update, if_match=tag)
except ApiException as stale:
    print("stale", stale.status, stale.data.error.error_code.value, show(stale.data.response_data.detail))

repeated = api.register_account_task_with_http_info(request, idempotency_key=key)
print("repeated", repeated.data.response_data.detail.id, header(repeated, "Idempotency-Replayed"))

update.task_id, update.parameters, update.finish_date = UUID(int=0), "{", start - timedelta(hours=1)
try:
    api.update_account_task(task_id, update)
except ApiException as refused:
    print("refused", refused.status, refused.data.error.error_code.value, refused.data.error.error_reason)
