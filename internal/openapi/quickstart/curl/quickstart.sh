#!/bin/sh
# A first client of the account tasks API. It needs curl and a POSIX shell.
#
#     API=http://127.0.0.1:3000 CLIENT_ID=demo CLIENT_SECRET=demo-secret sh quickstart.sh
set -eu

API=${API:-http://127.0.0.1:3000}
TASKS=$API/api/v1/admin/tasks/account

# call sends a request and prints the status, the headers and the body of the answer.
call() { curl -sS -i -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' "$@" | tr -d '\r'; }
# answer prints the last answer; field, header and status print a part of it. If you have jq, use it for the fields.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
header() { grep -i "^$1:" | cut -d ' ' -f 2-; }
status() { sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p'; }
answer() { printf '%s\n' "$ANSWER"; }
# key makes an Idempotency-Key: a new one for each change, the same for its repeats.
key() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# Get a token. It is valid for eight hours: keep it, and send it with every request.
ANSWER=$(curl -sSf "$API/Token" -d grant_type=client_credentials \
  --data-urlencode "client_id=${CLIENT_ID:-demo}" --data-urlencode "client_secret=${CLIENT_SECRET:-demo-secret}")
TOKEN=$(answer | field access_token)
echo "Token: valid for $(answer | sed 's/.*"expires_in":\([0-9]*\).*/\1/') seconds"

# Register a task. TaskID is an entry of the catalogue, which GET /api/v1/admin/tasks lists.
TASK='{"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":"WEEKLY","StartDate":"2026-06-01T06:00:00Z",
  "Parameters":"{\"report\":\"usage\"}","ContentType":"application/json","Notification":"ON_FAILURE"}'
ANSWER=$(call "$API/api/v2/admin/tasks/account" -H "Idempotency-Key: $(key)" -d "$TASK")
ID=$(answer | field ID)
[ -n "$ID" ] || { answer; exit 1; }
echo "Registered: $ID $(answer | field Name)"

# Read it. The ETag is the version that was read.
ANSWER=$(call "$TASKS/$ID")
ETAG=$(answer | header ETag)
echo "Read: $(answer | field Frequency)"

# Update it, unless it has changed since it was read. An update replaces every field, so send them all.
TASK=$(echo "$TASK" | sed s/WEEKLY/DAILY/)
KEY=$(key)
ANSWER=$(call -X PUT "$TASKS/$ID" -H "If-Match: $ETAG" -H "Idempotency-Key: $KEY" -d "$TASK")
echo "Updated: $(answer | field Frequency)"

# If no answer comes, or a 429 or 5xx, send the same request with the same key again. It is applied once.
ANSWER=$(call -X PUT "$TASKS/$ID" -H "If-Match: $ETAG" -H "Idempotency-Key: $KEY" -d "$TASK")
echo "Repeated: $(answer | status) $(answer | header Idempotency-Replayed)"

# Another update with the old ETag is refused, and the answer shows the task as it is now.
ANSWER=$(call -X PUT "$TASKS/$ID" -H "If-Match: $ETAG" -H "Idempotency-Key: $(key)" -d "$TASK")
echo "Changed since: $(answer | status) $(answer | field Frequency)"

# List the account's tasks, page by page. A Link with rel="next" leads to the next page.
ANSWER=$(call "$TASKS?count=100&summary=true")
echo "Listed: $(answer | grep -o '"ID":' | wc -l | tr -d ' ') tasks"

# A request with errors changes nothing, and the reason names all of them.
BAD='{"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":"FORTNIGHTLY","Parameters":"{","ContentType":"application/json"}'
ANSWER=$(call -X PUT "$TASKS/$ID" -d "$BAD")
echo "Refused: $(answer | status) $(answer | sed -n 's/.*"ErrorReason":"\(.*\)"},"ResponseData".*/\1/p')"

# Delete it.
ANSWER=$(call -X DELETE "$TASKS/$ID" -H "Idempotency-Key: $(key)")
echo "Deleted: $(answer | status)"
