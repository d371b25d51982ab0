"""An AWS account on an emulator, and what is deployed to it."""

import contextlib
import os
import shlex
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
CONFIG, ARCHITECTURE = ("x86_64", "x86_64") if os.uname().machine == "x86_64" else ("default", "arm64")
STACK = "account-tasks-dev"
SAM = os.path.join(ROOT, ".build", "tools", "python", "bin", "sam")


class Account:
    """An AWS account on an emulator. Everything that runs in it has this class's environment, without real credentials."""

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

    def client(self, service):
        names = ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        endpoint, region, key, secret = (self.environment[name] for name in names)
        return boto3.client(service, endpoint_url=endpoint, region_name=region, aws_access_key_id=key,
                            aws_secret_access_key=secret)

    def denials(self):
        with open(self.log, encoding="utf-8") as log:
            return [line.strip() for line in log if line.startswith("DENIED")]

    def run(self, *command, answers=None):
        """Runs a command in the project's folder and returns its exit code and its output."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment, text=True, input=answers or "",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def make(self, *arguments, answers=None):
        code, output = self.run("make", "--no-print-directory", *arguments, answers=answers)
        if code:
            sys.exit(f"FAILED: make {' '.join(arguments)}:\n{output[-20000:]}")
        return output

    def deploy(self, *parameters, config=CONFIG, **variables):
        """Deploys with these parameters beside those of samconfig.toml."""
        flags = variables.pop("flags", "")
        if parameters:
            flags += " --parameter-overrides " + " ".join(map(shlex.quote, ("Stage=dev", f"Architecture={ARCHITECTURE}", *parameters)))
        settings = [f"{name}={value}" for name, value in variables.items()]
        return self.make("deploy", f"CONFIG={config}", f"DEPLOY_FLAGS={flags}", *settings)

    def guided(self, parameters, routes):
        """`sam deploy --guided` that answers Enter: for the stack, the region, its parameters and three options. Then SAM
        asks of each route whether it may have no authorizer, and the answer is yes. Returns what it said of the changes."""
        configuration = os.path.join(self.folder, "samconfig.toml")
        shutil.copy(os.path.join(ROOT, "samconfig.toml"), configuration)
        _, output = self.run(SAM, "deploy", "--guided", "--config-env", CONFIG, "--config-file", configuration,
                             answers="\n" * (5 + parameters) + "y\n" * routes + "\n" * 9)
        return next((said for said in ("No changes to deploy", "Successfully created/updated") if said in output), output)

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        return path


class Stack:
    """What the account has of the deployed stack."""

    def __init__(self, account):
        self.cloudformation, self.functions = account.client("cloudformation"), account.client("lambda")
        self.tables, self.apis = account.client("dynamodb"), account.client("apigatewayv2")

    def exists(self):
        try:
            (stack,) = self.cloudformation.describe_stacks(StackName=STACK)["Stacks"]
        except self.cloudformation.exceptions.ClientError:
            return False
        return stack["StackStatus"] != "DELETE_COMPLETE"

    def outputs(self):
        (stack,) = self.cloudformation.describe_stacks(StackName=STACK)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def routes(self):
        return len(self.apis.get_routes(ApiId=self.resources()["Api"])["Items"])

    def parameters(self):
        (stack,) = self.cloudformation.describe_stacks(StackName=STACK)["Stacks"]
        return {p["ParameterKey"]: p["ParameterValue"] for p in stack["Parameters"]}

    def resources(self):
        summaries = self.cloudformation.list_stack_resources(StackName=STACK)["StackResourceSummaries"]
        return {s["LogicalResourceId"]: s["PhysicalResourceId"] for s in summaries}

    def function(self, name="AccountTasksFunction"):
        return self.resources()[name]

    def version(self, name="AccountTasksFunction"):
        return self.functions.get_alias(FunctionName=self.function(name), Name="live")["FunctionVersion"]

    def table_of(self, name):
        configuration = self.functions.get_function_configuration(FunctionName=self.function(name), Qualifier="live")
        return configuration["Environment"]["Variables"]["TABLE_NAME"]
