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
    """Ends the rehearsal if the policy is too long, or with the statements that no deployment needed."""
    size = len(json.dumps(policy(), separators=(",", ":")))
    if size > LIMIT:
        sys.exit(f"FAILED: {os.path.relpath(POLICY, ROOT)} has {size} characters, and a managed policy at most {LIMIT}")
    asked, unneeded = requests(account), []
    for statement in policy()["Statement"]:
        lesser = without(statement["Sid"])
        if all(allows(lesser, request) for request in asked):
            unneeded.append(statement["Sid"])
    if unneeded:
        sys.exit(f"FAILED: no deployment needs these statements of {os.path.relpath(POLICY, ROOT)}: {', '.join(unneeded)}")
    say(f"{len(asked)} different requests of the deployer: each statement of its policy allows one that no other allows")
