"""Tests that the hosted checks are the ones that run locally.

    python .tools/workflows_test.py
"""

import json
import os
import re
import subprocess
import unittest

import yaml

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def jobs(workflow):
    return yaml.safe_load(read(".github", "workflows", workflow))["jobs"]


def commands(job):
    return [step["run"] for step in job["steps"] if "run" in step]


def targets():
    return [line.split()[0] for line in read(".ci", "targets").splitlines() if line and not line.startswith("#")]


def prerequisites(target):
    return re.search(rf"^{target}: ([^#\n]+)", read("Makefile"), re.MULTILINE).group(1).split()


class Workflows(unittest.TestCase):
    def test_the_check_runs_the_targets_of_the_local_check(self):
        listed = subprocess.run([".ci/run", "list"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        self.assertEqual(json.loads(listed), targets())
        check = jobs("check.yml")
        self.assertEqual(commands(check["targets"]), ['echo "list=$(.ci/run list)" >>"$GITHUB_OUTPUT"'])
        self.assertEqual(check["check"]["strategy"]["matrix"]["target"], "${{ fromJSON(needs.targets.outputs.list) }}")
        self.assertEqual(commands(check["check"]), ["make ${{ matrix.target }}"])

    def test_the_nightly_check_runs_what_make_nightly_does(self):
        nightly = jobs("nightly.yml")
        run = [target.split()[0] for target in nightly["longer"]["strategy"]["matrix"]["target"]]
        run += [command.removeprefix("make ") for command in commands(nightly["mutation"])]
        self.assertEqual(sorted(run), sorted(prerequisites("nightly")))

    def test_every_target_exists(self):
        makefile = read("Makefile")
        for workflow in os.listdir(os.path.join(ROOT, ".github", "workflows")):
            for job in jobs(workflow).values():
                for command in commands(job):
                    for named in re.findall(r"^make ([a-z -]+)", command, re.MULTILINE):
                        for target in named.split():
                            self.assertIn(f".PHONY: {target}\n", makefile, f"{workflow}: {command}")


if __name__ == "__main__":
    unittest.main()
