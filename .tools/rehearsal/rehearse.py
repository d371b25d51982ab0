"""Rehearses the life of a stack on an emulator: `make test-deploy`.

From an empty account: deployments by `make deploy`, the operator's commands, calls to the API that the built functions
answer under their roles, a restore, mutants of the roles' policies, and the deletion. The first thing that is not as it
should be ends the rehearsal with exit code 1.
"""

import os
import sys
import tempfile
import time

import mutants
import worker
from account import SAM, STACK, Account, Stack
from service import Service, identity_hash

FUNCTIONS = ("AccountTasksFunction", "TokenFunction", "RunnerFunction")
# Other flags give another binary of the same source.
OTHER_BUILD = "CGO_ENABLED=0 go build -buildvcs=false -tags lambda.norpc,nethttpomithttp2 -trimpath -ldflags -s"
STARTED = time.monotonic()


def say(what):
    print(f"{time.monotonic() - STARTED:6.1f}s  {what}", flush=True)


def expect(what, got, want):
    if got != want:
        sys.exit(f"FAILED: {what}: {got!r}, should be {want!r}")
    say(what)


def restore(stack, source, target):
    stack.tables.restore_table_to_point_in_time(
        SourceTableName=source, TargetTableName=target, UseLatestRestorableTime=True)
    stack.tables.get_waiter("table_exists").wait(TableName=target)


def fill(account):
    """The operator's first commands: catalogue, clients and tasks."""
    task = ('{"AccountID": "42", "ID": "%s", "Definition": {"TaskID": "%s", "Frequency": "WEEKLY", "Parameters": "1", '
            '"ContentType": "application/json"}}\n' % (Service.TASK, Service.CATALOGUED))
    account.make("load-catalogue", "FILE=" + account.file(
        "catalogue.jsonl", '{"TaskID": "%s", "Name": "Send scheduled report"}\n' % Service.CATALOGUED))
    account.make("import-tasks", "FILE=" + account.file("tasks.jsonl", task))
    account.make("start-runs", "AT=" + time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    for name, number in (("own", "42"), ("other", "43")):
        account.make("register-client", f"NAME={name}", f"ACCOUNT={number}", f"USER_ID={name}.user",
                     "SCOPES=tasks/read tasks/write clients/write", f"SECRET_FILE={account.folder}/{name}.secret")
    # Each brings an old secret, whose hash is renewed at its first use: one for each time that is watched.
    account.make("import-clients", "FILE=" + account.file("clients.jsonl", "".join(
        '{"ID": "imported-%d", "AccountID": "42", "UserID": "old", "Name": "Old", "Hash": "aspnet:%s"}\n'
        % (n, identity_hash(Service.OLD_SECRET)) for n in range(100))))


def rehearse(account):
    stack = Stack(account)

    account.deploy()
    say("a first deployment")
    first = stack.outputs()
    fill(account)
    service = Service(account, first["ApiUrl"])
    expect("the functions serve their operations", service.failures(), [])
    expect("and need no right that they lack", account.denials(), [])
    expect("another account's task is answered 404", service.update(service.token("other"))[0], 404)
    expect("a bad token is answered 401", service.update("bm90.YS10b2tlbg")[0], 401)
    worker.rehearse(account, stack, service, SAM, expect)

    version, before = stack.version(), stack.parameters()
    expect("a guided deployment in which Enter answers everything changes nothing", account.guided(len(before), stack.routes()), "No changes to deploy")
    expect("nor any parameter", stack.parameters(), before)
    expect("nothing changed: nothing is deployed", "No changes to deploy" in account.deploy(), True)
    account.deploy("ThrottleRate=50")
    expect("a parameter changed", stack.parameters()["ThrottleRate"], "50")
    expect("the clients and their tasks are still there", service.failures(), [])
    account.deploy(GO_BUILD=OTHER_BUILD)
    expect("changed code is a new version, and the alias leads to it", int(stack.version()) > int(version), True)
    expect("the new version serves", service.failures(), [])

    seen = account.deploy(config="prod", flags="--no-execute-changeset")
    expect("production shows its change set", "+ Add" in seen and "Changeset created successfully" in seen, True)

    own = first["TableName"]
    restore(stack, own, "tasks-restored")
    # A parameter makes no new version of a function, and the live one keeps its table. Operators count CONFIGURATION up in
    # the template; here each of the two deployments has another binary than the one before.
    account.deploy("RestoredTable=tasks-restored", "Rollout=at-once")
    expect("the operator's commands work on the restored table", stack.outputs()["TableName"], "tasks-restored")
    for function in FUNCTIONS:
        expect(f"{function} works on the restored table", stack.table_of(function), "tasks-restored")
    expect("the service goes on", service.failures(), [])
    account.deploy('RestoredTable=""', GO_BUILD=OTHER_BUILD)
    moved = {stack.table_of(function) for function in FUNCTIONS}
    expect("and back", moved | {stack.outputs()["TableName"]}, {own})
    expect("under the rights of then", account.denials(), [])

    mutants.plant(account, stack, service, say)

    account.run(SAM, "delete", "--stack-name", STACK, "--region", "eu-central-1", "--no-prompts")
    kept = stack.tables.describe_table(TableName=own)["Table"]
    expect("the deleted stack is gone", stack.exists(), False)
    expect("and leaves its table, which refuses to be deleted", str(kept["DeletionProtectionEnabled"]).lower(), "true")


def main():
    with tempfile.TemporaryDirectory() as folder, Account(folder) as account:
        rehearse(account)
        say("rehearsed")


main()
