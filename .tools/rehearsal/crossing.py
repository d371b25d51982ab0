"""The commands of a cut-over on a deployed stack. What they do with the tasks of two platforms is rehearsed by
`make test-cutover`; here they reach the stack, its functions' versions and its alarms."""

import json
import os

from service import Service, identity_hash

OLD_TASK = "5f0c2b1e-7a64-4c0e-9d53-1f7f0b9a2c11"


def rehearse(account, service, expect):
    """A folder is checked and imported twice. Runs are stopped, the way back is exported, and runs are started again."""
    folder = os.path.join(account.folder, "old")
    os.makedirs(folder)
    for name, line in {
        "catalogue.jsonl": {"TaskID": Service.CATALOGUED, "Name": "Send scheduled report"},
        "clients.jsonl": {"ID": "crossed", "AccountID": "44", "UserID": "old", "Name": "Old", "Hash": "aspnet:" + identity_hash(Service.OLD_SECRET)},
        "tasks.jsonl": {"AccountID": "44", "ID": OLD_TASK, "DateCreated": "2019-05-06T07:08:09Z", "LastRunOn": "2026-11-01T07:08:10Z",
                        "Definition": {"TaskID": Service.CATALOGUED, "Frequency": "YEARLY", "Parameters": "1", "ContentType": "application/json"}},
    }.items():
        account.file(os.path.join("old", name), json.dumps(line) + "\n")
    expect("a check of an import writes nothing", "Nothing was written." in account.make("check-import", f"FROM={folder}"), True)
    expect("an import brings the platform's files", "Tasks imported: 1;" in account.make("import", f"FROM={folder}", "GONE=keep"), True)
    expect("and nothing when it is run again", "there already and unchanged: 1;" in account.make("import", f"FROM={folder}", "GONE=keep"), True)
    # The emulator's CloudWatch does not answer in the protocol of the SDK, so the command fails after it has shown the rest.
    _, said = account.run("make", "--no-print-directory", "status")
    expect("the status shows runs, versions and clients that have not come", [
        what for what in ("Runs are started", "VERSIONS  AccountTasksFunction ", "RunnerFunction ", "crossed") if what not in said], [])
    account.make("stop-runs", "AT=" + account.now())
    expect("while runs are held, a caller's run is refused", service.failures(), ["run now: 503"])
    exported = os.path.join(account.folder, "exported.jsonl")
    expect("what was changed here is exported", "Tasks exported:" in account.make("export-tasks", f"FILE={exported}"), True)
    account.make("start-runs", "MISSED=catch-up")
    expect("and runs go on", service.failures(), [])
