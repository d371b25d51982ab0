package main

// greeting has the stack's URL, the table's URL, the table's name and the bus's URL as arguments. Its first two commands need only
// curl and a POSIX shell; the README has the same commands.
const greeting = `Listening on %[1]s (table at %[2]s). Ctrl-C ends it. Try:

  TOKEN=$(curl -s %[1]s/Token -d grant_type=client_credentials -d client_id=demo -d client_secret=demo-secret | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  curl -i -X PUT %[1]s/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9 -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"Enabled":true,"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":"DAILY","Parameters":"{\"report\":\"usage\"}","ContentType":"application/json"}'

The operator's commands (make load-catalogue, for instance) work on this table from another terminal after

  export DYNAMODB_ENDPOINT=%[2]s TABLE_NAME=%[3]s

A worker of yours reports to the bus local at %[4]s (AWS_ENDPOINT_URL_EVENTBRIDGE). WORKERS.md says how.

To read about the API and try it in a browser, open %[1]s/reference/

`
