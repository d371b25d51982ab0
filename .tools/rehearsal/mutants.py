"""Mutants of the roles' policies: a right that nothing needs, or that nothing watches, is found by taking it away."""

import copy
import itertools
import json
import sys
import urllib.parse

from botocore.exceptions import ClientError

# The emulator has no X-Ray.
UNWATCHED = ("xray:",)
# Functions that remember what they have read, by role: a mutant needs new instances.
REMEMBERING = {"AccountTasksRole": "AccountTasksFunction", "TokenRole": "TokenFunction"}
NUMBERS = itertools.count(1)


def listed(value):
    return value if isinstance(value, list) else [value]


def mutated(document):
    """Every mutant of a policy: without one action, for other resources, or with a value of a condition wrong."""

    def mutant(at, **changes):
        changed = copy.deepcopy(document)
        changed["Statement"][at].update(changes)
        return changed

    for at, statement in enumerate(document["Statement"]):
        sid, actions = statement["Sid"], listed(statement["Action"])
        if actions[0].startswith(UNWATCHED):
            continue
        for action in actions:
            yield f"{sid} without {action}", mutant(at, Action=[a for a in actions if a != action] or ["sts:Nothing"])
        others = [resource.replace(":", ":x", 5) for resource in listed(statement["Resource"])]
        yield f"{sid} for other resources", mutant(at, Resource=others)
        for operator, keys in statement.get("Condition", {}).items():
            for key, values in keys.items():
                for place, value in enumerate(listed(values) if operator != "Null" else []):
                    wrong = listed(values).copy()
                    wrong[place] = "WRONG#*"
                    conditions = copy.deepcopy(statement["Condition"])
                    conditions[operator][key] = wrong
                    yield f"{sid} with {key} {value} wrong", mutant(at, Condition=conditions)


def restart(stack, function):
    """A new version, so that no instance remembers what it has read."""
    name = stack.function(function)
    stack.functions.update_function_configuration(FunctionName=name, Description=f"mutant {next(NUMBERS)}")
    version = stack.functions.publish_version(FunctionName=name)["Version"]
    stack.functions.update_alias(FunctionName=name, Name="live", FunctionVersion=version)


def is_denied(account, role, uses):
    """Whether one of the uses of a role is denied something. On a busy machine a use may not come to its end, so they
    are repeated."""
    before = sum(role in line for line in account.denials())
    for use in uses * 2:
        try:
            use()
        except (AssertionError, ClientError):
            pass  # the denial is what counts
        if sum(role in line for line in account.denials()) > before:
            return True
    return False


def plant(account, stack, parts, say):
    """Plants each mutant, and ends the rehearsal with those that the uses of its role did not notice."""
    iam, resources, missed, planted = account.client("iam"), stack.resources(), [], 0
    for logical_id, uses in parts.uses().items():
        role = resources[logical_id]
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
            if isinstance(document, str):
                document = json.loads(urllib.parse.unquote(document))
            for what, mutant in mutated(document):
                iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(mutant))
                if logical_id in REMEMBERING:
                    restart(stack, REMEMBERING[logical_id])
                planted += 1
                if not is_denied(account, role, uses):
                    missed.append(f"{logical_id}: {what}")
            iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))
        if logical_id in REMEMBERING:
            restart(stack, REMEMBERING[logical_id])
        if is_denied(account, role, uses):
            sys.exit(f"FAILED: {logical_id} with its own policies: {account.denials()[-1]}")
    if missed:
        sys.exit("FAILED: nothing noticed these mutants of the policies:\n" + "\n".join(missed))
    say(f"{planted} mutants of the policies are noticed")
