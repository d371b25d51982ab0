"""An AWS account on an emulator, and what is deployed to it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import boto3

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
# The functions run on this machine, so they are built for it.
CONFIG = "x86_64" if os.uname().machine == "x86_64" else "default"
BUILT = os.path.join(ROOT, ".aws-sam", "x86_64" if CONFIG == "x86_64" else "build", "template.yaml")
STACK = "account-tasks-dev"
SAM = os.path.join(ROOT, ".build", "tools", "python", "bin", "sam")


class Account:
    """An AWS account on an emulator. Everything that runs in it has this class's environment, without real credentials."""

    NUMBER = "000000000000"

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {n: v for n, v in os.environ.items() if not n.startswith(("AWS_", "DYNAMODB_", "MAKE", "MFLAGS"))}
        self.environment.update(
            AWS_ENDPOINT_URL=f"http://127.0.0.1:{self.port}", AWS_REGION="eu-central-1", AWS_DEFAULT_REGION="eu-central-1",
            AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_CONFIG_FILE=os.devnull,
            AWS_SHARED_CREDENTIALS_FILE=os.devnull, SAM_CLI_POLL_DELAY="0.5",
        )
        self.log = os.path.join(folder, "emulator.log")

    def __enter__(self):
        program = os.path.join(ROOT, ".tools", "rehearsal", "emulator.py")
        with open(self.log, "wb") as log:
            self.emulator = subprocess.Popen(
                [sys.executable, program, str(self.port)], env=self.environment, stdout=log, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, start_new_session=True)
        self.wait_until_it_answers()
        return self

    def __exit__(self, *_):
        # The functions that it runs are in its process group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.emulator.pid, signal.SIGTERM)
        self.emulator.wait()

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.emulator.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.environment["AWS_ENDPOINT_URL"] + "/_ministack/health").close()
                return
            time.sleep(0.1)
        with open(self.log, encoding="utf-8") as log:
            sys.exit("FAILED: the emulator does not start:\n" + log.read())

    def client(self, service, key="test", secret="test", token=None):
        return boto3.client(service, endpoint_url=self.environment["AWS_ENDPOINT_URL"], region_name=self.environment["AWS_REGION"],
                            aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)

    def client_as(self, service, role, called):
        """A client of an AWS service that has a role which another AWS service, such as lambda.amazonaws.com, has taken."""
        taken = self.client("sts").assume_role(
            RoleArn=f"arn:aws:iam::{self.NUMBER}:role/{role}", RoleSessionName=service)["Credentials"]
        return self.client(called, taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"])

    def denials(self):
        with open(self.log, encoding="utf-8") as log:
            return [line.strip() for line in log if line.startswith("DENIED")]

    def run(self, *command, answers=None, key=None):
        """Runs a command in the project's folder and returns its exit code and its output."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment | (key or {}), text=True, input=answers or "",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def sam(self, *arguments, answers=None):
        """Runs SAM as the deployer."""
        return self.run(SAM, *arguments, answers=answers, key=self.deployer)

    def make(self, *arguments, key=None):
        code, output = self.run("make", "--no-print-directory", *arguments, key=key)
        if code:
            sys.exit(f"FAILED: make {' '.join(arguments)}:\n{output[-20000:]}")
        return output

    @staticmethod
    def overrides(*parameters):
        """The flag for these parameters. The emulator runs each binary, whatever processor the template names."""
        return " ".join(["--parameter-overrides", *(["Architecture=arm64"] if CONFIG == "x86_64" else []), *parameters])

    def deploy(self, config=CONFIG, flags=None, **variables):
        flags = (self.overrides("Stage=dev") if CONFIG == config == "x86_64" else "") if flags is None else flags
        return self.make("deploy", f"CONFIG={config}", f"DEPLOY_FLAGS={flags}", *(f"{n}={v}" for n, v in variables.items()),
                         key=self.deployer)

    def guided(self):
        """`sam deploy --guided` that answers Enter to everything. Returns what it said of the changes."""
        configuration = os.path.join(self.folder, "samconfig.toml")
        shutil.copy(os.path.join(ROOT, "samconfig.toml"), configuration)
        _, output = self.sam("deploy", "--guided", "--template-file", BUILT, "--config-file", configuration,
                             answers="\n" * 30)
        return next((said for said in ("No changes to deploy", "Successfully created/updated") if said in output), output)

    @staticmethod
    def now():
        """The present, as the operator's commands take it."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        return path


class Stack:
    """What the account has of a deployed stack."""

    def __init__(self, account, name=STACK):
        self.name = name
        self.cloudformation, self.functions = account.client("cloudformation"), account.client("lambda")
        self.tables, self.apis = account.client("dynamodb"), account.client("apigatewayv2")

    def exists(self):
        try:
            (stack,) = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        except self.cloudformation.exceptions.ClientError:
            return False
        return stack["StackStatus"] != "DELETE_COMPLETE"

    def outputs(self):
        (stack,) = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def parameters(self):
        (stack,) = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        return {p["ParameterKey"]: p["ParameterValue"] for p in stack["Parameters"]}

    def resources(self):
        summaries = self.cloudformation.list_stack_resources(StackName=self.name)["StackResourceSummaries"]
        return {s["LogicalResourceId"]: s["PhysicalResourceId"] for s in summaries}

    def function(self, name="AccountTasksFunction"):
        return self.resources()[name]

    def version(self, name="AccountTasksFunction"):
        return self.functions.get_alias(FunctionName=self.function(name), Name="live")["FunctionVersion"]

    def is_protected(self, table):
        return str(self.tables.describe_table(TableName=table)["Table"]["DeletionProtectionEnabled"]).lower() == "true"
