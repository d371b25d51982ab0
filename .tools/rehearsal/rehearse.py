"""Rehearses the life of a stack on an emulator: `make test-deploy`.

From an empty account: deployments by `make deploy`, the operator's commands, calls to the API that the built functions
answer under their roles, a restore, mutants of the roles' policies, and the deletion. The first thing that is not as it
should be ends the rehearsal with exit code 1.
"""

import os
import sys
import tempfile
import time

import crossing
import deployer
import mutants
import worker
from account import CONFIG, STACK, Account, Stack
from parts import Listener, Parts
from service import Service, identity_hash

HOST = "tasks.example.com"
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
    account.make("start-runs", "AT=" + account.now())
    for name, number in (("own", "42"), ("other", "43")):
        account.make("register-client", f"NAME={name}", f"ACCOUNT={number}", f"USER_ID={name}.user",
                     "SCOPES=tasks/read tasks/write clients/write", f"SECRET_FILE={account.folder}/{name}.secret")
    # Each brings an old secret, whose hash is renewed at its first use: one for each time that is watched.
    account.make("import-clients", "FILE=" + account.file("clients.jsonl", "".join(
        '{"ID": "imported-%d", "AccountID": "42", "UserID": "old", "Name": "Old", "Hash": "aspnet:%s"}\n'
        % (n, identity_hash(Service.OLD_SECRET)) for n in range(100))))


def rehearse(account):
    stack = Stack(account)

    deployer.admit(account)
    account.deploy()
    say("a first deployment, with the rights of deployment/deployer.json")
    first = stack.outputs()
    own = first["TableName"]
    fill(account)
    service = Service(account, first["ApiUrl"].split("://")[1])
    expect("the functions serve their operations", service.failures(), [])
    parts, listener = Parts(account, stack, service), Listener(account, first["EventBusName"])
    due = parts.tick()
    runs = [run["id"] for run in listener.heard().get("Account Task Due", [])]
    expect("the schedule's target runs a due task, whose run reaches the bus", due in runs, True)
    for uses in parts.uses().values():
        for use in uses:
            use()
    expect("a report ends in a notification", "Account Task Notification" in listener.heard(), True)
    expect("and no role needs a right that it lacks", account.denials(), [])
    expect("another account's task is answered 404", service.update(service.token("other"))[0], 404)
    expect("a bad token is answered 401", service.update("bm90.YS10b2tlbg")[0], 401)
    worker.rehearse(account, stack, service, expect)
    crossing.rehearse(account, service, expect)

    version, before = stack.version(), stack.parameters()
    expect("a guided deployment in which Enter answers everything changes nothing", account.guided(), "No changes to deploy")
    expect("nor any parameter", stack.parameters(), before)
    expect("nothing changed: nothing is deployed", "No changes to deploy" in account.deploy(), True)
    unprotected = account.overrides("Stage=dev", "DeletionProtection=false")
    deployer.allow(account, deployer.without("Table"))
    refused, _ = account.sam("deploy", "--config-env", CONFIG, *unprotected.split())
    expect("a deployment without one of the deployer's rights fails", (refused != 0, stack.is_protected(own)), (True, True))
    deployer.allow(account, deployer.policy())
    denied = len(account.denials())
    account.deploy(flags=unprotected)
    expect("a changed parameter", stack.is_protected(own), False)
    account.guided()
    expect("that was given on the command line is for one deployment", (stack.is_protected(own), stack.parameters()), (True, before))
    refused, said = account.sam("deploy", "--config-env", CONFIG, "--parameter-overrides", "Architecture=x86_64")
    expect("another processor than that of the binaries is refused", refused != 0 and "is for sam local only" in said, True)
    expect("the clients and their tasks are still there", service.failures(), [])
    account.deploy(GO_BUILD=OTHER_BUILD)
    expect("changed code is a new version, and the alias leads to it", int(stack.version()) > int(version), True)
    expect("the new version serves", service.failures(), [])

    seen = account.deploy(config="prod", flags="--no-execute-changeset")
    expect("production shows its change set", "+ Add" in seen and "Changeset created successfully" in seen, True)

    restore(stack, own, "before")
    was = service.read()
    service.update(service.token("own"))
    restore(stack, own, "after")
    said = account.make("restore-table", "FROM=before")
    expect("a restored table is compared, and nothing is written", ("nothing is written" in said, service.read() == was), (True, False))
    account.make("restore-table", "FROM=before", "APPLY=yes")
    expect("then the task is as it was, in the stack's own table", service.read(), was)
    account.make("restore-table", "FROM=after", "APPLY=yes")
    expect("and back", service.read() == was, False)
    expect("the service goes on", service.failures(), [])
    expect("under the rights of then", account.denials()[denied:], [])

    mutants.plant(account, stack, parts, say)

    recreate(account, stack, own)
    expect("and leaves its table, which refuses to be deleted", stack.is_protected(own), True)
    deployer.judge(account, say)
    synchronize(account, stack)


def recreate(account, old, table):
    """A new stack takes the place of the old one: its data and its host name."""

    def domain(name, *settings):
        account.make("domain", f"DOMAIN={HOST}", f"STACK={name}", *settings, key=account.deployer)

    def delete():
        return account.sam("delete", "--stack-name", old.name, "--region", "eu-central-1", "--no-prompts")

    callers = Service(account, HOST)
    domain(old.name, "CERTIFICATE=arn:aws:acm:eu-central-1:000000000000:certificate/0a1b2c3d")
    expect("callers reach the API under a host name", callers.update(callers.token("own"))[0], 200)
    delete()
    expect("a stack to which a host name leads is not deleted", old.exists(), True)
    new = Stack(account, "account-tasks-new")
    code, said = account.sam("deploy", "--config-env", CONFIG, "--stack-name", new.name, *account.overrides("Stage=dev").split())
    expect("a second stack in the account", (code, new.exists() or said), (0, True))
    account.make("stop-runs", f"STACK={old.name}")
    account.make("restore-table", f"STACK={new.name}", f"FROM={table}", "APPLY=yes")
    domain(new.name)
    account.make("start-runs", f"STACK={new.name}", "AT=" + time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    expect("it takes over the data, the clients and the host name", callers.failures(), [])
    delete()
    expect("then the old stack is deleted", old.exists(), False)
    expect("and callers notice nothing", callers.failures(), [])


def synchronize(account, stack):
    """`sam sync` makes and updates a stack without a change set, which a deployer may not."""

    def sync(*parameters):
        code, _ = account.sam("sync", "--config-env", "default", *account.overrides("Stage=dev", *parameters).split(), answers="y\n")
        return code

    expect("sam sync needs more rights than a deployment", (sync() != 0, stack.exists()), (True, False))
    deployer.allow(account, deployer.with_statement_for_sync())
    expect("with the statement of OPERATIONS.md it makes the development stack", (sync(), stack.exists()), (0, True))
    expect("and updates it", (sync("DeletionProtection=false"), stack.parameters()["DeletionProtection"]), (0, "false"))


def main():
    with tempfile.TemporaryDirectory() as folder, Account(folder) as account:
        rehearse(account)
        say("rehearsed")


main()
