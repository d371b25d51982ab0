"""A deployment with no more rights than deployment/deployer.json gives."""

import json
import os
import re
import sys

from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document

from account import ROOT

POLICY = os.path.join(ROOT, "deployment", "deployer.json")
NAME = "deployer"
# The limit of a managed policy, in characters that are not white space.
LIMIT = 6144
HERE = "eu-central-1:000000000000"
# What the policy must not allow: to lose tasks or logs, to change a stack without a change set, and to reach what is not
# this project's.
FORBIDDEN = [
    ("dynamodb:DeleteTable", f"arn:aws:dynamodb:{HERE}:table/account-tasks-prod-TaskTable-1A2B3C", {}),
    ("logs:DeleteLogGroup", f"arn:aws:logs:{HERE}:log-group:account-tasks-prod-AccountTasksLogs-1A2B3C:*", {}),
    ("cloudformation:UpdateStack", f"arn:aws:cloudformation:{HERE}:stack/account-tasks-prod/1", {}),
    ("lambda:UpdateFunctionCode", f"arn:aws:lambda:{HERE}:function:other", {}),
    ("lambda:CreateEventSourceMapping", "*", {"lambda:functionarn": f"arn:aws:lambda:{HERE}:function:other"}),
    ("lambda:CreateEventSourceMapping", "*", {}),
    ("iam:PassRole", "arn:aws:iam::000000000000:role/account-tasks-dev-RunnerRole", {"iam:passedtoservice": "ec2.amazonaws.com"}),
]


def policy():
    with open(POLICY, encoding="utf-8") as file:
        return json.load(file)


def with_statement_for_sync():
    """The policy with the statement that OPERATIONS.md adds for `sam sync`."""
    with open(os.path.join(ROOT, "OPERATIONS.md"), encoding="utf-8") as file:
        (statement,) = re.findall(r'^```json\n(\{"Sid": "Sync".*?)^```$', file.read(), re.DOTALL | re.MULTILINE)
    document = policy()
    document["Statement"].append(json.loads(statement))
    return document


def without(sid):
    """The policy without one of its statements."""
    document = policy()
    document["Statement"] = [statement for statement in document["Statement"] if statement["Sid"] != sid]
    return document


def admit(account):
    """Makes the deployer, and has the account's deployments use its key."""
    iam = account.client("iam")
    iam.create_user(UserName=NAME)
    allow(account, policy())
    key = iam.create_access_key(UserName=NAME)["AccessKey"]
    account.deployer = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}


def allow(account, document):
    account.client("iam").put_user_policy(UserName=NAME, PolicyName=NAME, PolicyDocument=json.dumps(document))


def allows(document, asked):
    context = EvalContext(
        f"arn:aws:iam::{asked['account']}:user/{NAME}", "User", asked["account"], asked["action"], asked["resource"], "eu-central-1",
        service_context=asked["context"])
    return evaluate(context, [parse_policy_document(document)]).decision == "Allow"


def requests(account):
    """What the deployer was judged for, each once."""
    with open(account.log, encoding="utf-8") as log:
        lines = {line.removeprefix("JUDGED ") for line in log if line.startswith("JUDGED ")}
    return [json.loads(line) | {"account": account.NUMBER} for line in sorted(lines)]


def judge(account, say):
    """Ends the rehearsal if the policy is too long or allows too much, or with the statements that no deployment needed."""
    size = len(json.dumps(policy(), separators=(",", ":")))
    if size > LIMIT:
        sys.exit(f"FAILED: {os.path.relpath(POLICY, ROOT)} has {size} characters, and a managed policy at most {LIMIT}")
    for action, resource, context in FORBIDDEN:
        if allows(policy(), {"action": action, "resource": resource, "context": context, "account": account.NUMBER}):
            sys.exit(f"FAILED: {os.path.relpath(POLICY, ROOT)} allows {action} on {resource} with {context}")
    asked, unneeded = requests(account), []
    for statement in policy()["Statement"]:
        lesser = without(statement["Sid"])
        if all(allows(lesser, request) for request in asked):
            unneeded.append(statement["Sid"])
    if unneeded:
        sys.exit(f"FAILED: no deployment needs these statements of {os.path.relpath(POLICY, ROOT)}: {', '.join(unneeded)}")
    say(f"{len(asked)} different requests of the deployer: each statement of its policy allows one that no other allows")
