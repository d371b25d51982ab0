"""The example worker beside the stack: a run that is requested goes to its queue, is worked, and is reported."""

import time

from account import CONFIG, STACK, Stack

WORKER = STACK.replace("account-tasks", "account-tasks-worker")


def deploy(account, stack, service):
    # The emulator runs the binary, whatever processor the template names.
    account.make("deploy-worker", f"CONFIG={CONFIG}", "DEPLOY_FLAGS=" + " ".join([
        "--parameter-overrides", "Architecture=arm64", f"EventBus={stack.outputs()['EventBusName']}",
        f"TaskIDs={service.CATALOGUED}", f"TaskTable={stack.outputs()['TableName']}"]), key=account.deployer)


def delete(account):
    account.sam("delete", "--stack-name", WORKER, "--region", account.environment["AWS_REGION"], "--no-prompts")


def newest_run(service, task, token):
    """The task's newest run once it has ended, or after a minute."""
    deadline = time.monotonic() + 60
    while True:
        _, listed = service.call("GET", f"{service.TASKS}/{task}/runs?count=1", token=token)
        run = (listed["ResponseData"]["Detail"] or [{}])[0]
        if run.get("Outcome") != "RUNNING" or time.monotonic() > deadline:
            return run
        time.sleep(0.5)


def outcome(service, parameters):
    """How a new task's run ends."""
    token = service.token("own")
    definition = service.definition() | {"Frequency": "NONE", "Parameters": parameters}
    _, made = service.call("POST", "/api/v2/admin/tasks/account", definition, token)
    task = made["ResponseData"]["Detail"]["ID"]
    service.call("POST", f"{service.TASKS}/run?id={task}", {}, token)
    run = newest_run(service, task, token)
    return run.get("Outcome"), run.get("Message")


def rehearse(account, stack, service, expect):
    deploy(account, stack, service)
    expect("the worker does the work of a run, and reports it", outcome(service, '"now"'), ("SUCCESS", "5 bytes of Parameters were processed."))
    expect("and a failure", outcome(service, '{"fail":true}'), ("FAILED", "Parameters say fail."))
    expect("Parameters that are too large for an event are read", outcome(service, '"%s fail"' % ("x" * 70_000))[0], "FAILED")
    expect("under its own rights", account.denials(), [])
    delete(account)
    expect("the deployer has the rights to delete the worker", Stack(account, WORKER).exists(), False)
