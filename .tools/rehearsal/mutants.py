"""Mutants of the functions' policies: a right that nothing needs, or that nothing watches, is found by taking it away."""

import copy
import itertools
import json
import sys
import urllib.parse

# The emulator runs functions without sending logs or traces, so nothing of this shows there.
UNWATCHED = ("logs:", "xray:")
NUMBERS = itertools.count(1)


def listed(value):
    return value if isinstance(value, list) else [value]


def mutated(document):
    """Every mutant of a policy: without one action, or with one leading key wrong."""
    for at, statement in enumerate(document["Statement"]):
        for action in listed(statement["Action"]):
            if not action.startswith(UNWATCHED):
                mutant = copy.deepcopy(document)
                mutant["Statement"][at]["Action"] = [a for a in listed(statement["Action"]) if a != action] or ["sts:Nothing"]
                yield f"{statement['Sid']} without {action}", mutant
        for operator, keys in statement.get("Condition", {}).items():
            for place, key in enumerate(listed(keys.get("dynamodb:LeadingKeys", []))):
                mutant = copy.deepcopy(document)
                wrong = listed(keys["dynamodb:LeadingKeys"]).copy()
                wrong[place] = "WRONG#*"
                mutant["Statement"][at]["Condition"][operator]["dynamodb:LeadingKeys"] = wrong
                yield f"{statement['Sid']} with {key} wrong", mutant


def restart(stack, functions):
    """New versions, so that no instance remembers what it has read."""
    for name in functions:
        function = stack.function(name)
        stack.functions.update_function_configuration(FunctionName=function, Description=f"mutant {next(NUMBERS)}")
        version = stack.functions.publish_version(FunctionName=function)["Version"]
        stack.functions.update_alias(FunctionName=function, Name="live", FunctionVersion=version)


def plant(account, stack, service, say):
    """Plants each mutant, and ends the rehearsal with those that the calls did not notice."""
    iam, resources, missed, planted = account.client("iam"), stack.resources(), [], 0
    functions = ("AccountTasksFunction", "TokenFunction")
    for logical_id in ("AccountTasksRole", "TokenRole"):
        role = resources[logical_id]
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
            if isinstance(document, str):
                document = json.loads(urllib.parse.unquote(document))
            for what, mutant in mutated(document):
                iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(mutant))
                restart(stack, functions)
                before = len(account.denials())
                service.failures()
                planted += 1
                if len(account.denials()) == before:
                    missed.append(f"{logical_id}: {what}")
            iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))
    restart(stack, functions)
    if missed:
        sys.exit("FAILED: nothing noticed these mutants of the policies:\n" + "\n".join(missed))
    if failures := service.failures():
        sys.exit(f"FAILED: with the policies as they were: {failures}")
    say(f"{planted} mutants of the policies are noticed")
