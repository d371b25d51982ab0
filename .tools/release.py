"""Packs a release: for each architecture a zip with the functions and their SBOMs, and the checksums of the zips.

    python .tools/release.py <version> <folder>

The folder has <architecture>/<function>/bootstrap and beside it bootstrap.cdx.json, and gets the zips. The same binaries
give the same bytes: entries have a fixed order, time and mode, and an SBOM leaves out when and by which binary of its tool
it was made.
"""

import hashlib
import json
import pathlib
import sys
import zipfile

BEGINNING = (1980, 1, 1, 0, 0, 0)


def reproducible(sbom):
    document = json.loads(sbom)
    del document["metadata"]["timestamp"]
    for tool in document["metadata"]["tools"]:
        del tool["hashes"]
    return json.dumps(document, indent=2, sort_keys=True).encode()


def entries(folder):
    """What is packed: names in the zip, contents, modes."""
    for bootstrap in sorted(folder.glob("*/bootstrap")):
        function = bootstrap.parent.name
        yield f"{function}/bootstrap", bootstrap.read_bytes(), 0o755
        yield f"{function}.cdx.json", reproducible(bootstrap.with_suffix(".cdx.json").read_text("utf-8")), 0o644
    for name in ("template.yaml", "CHANGELOG.md", "LICENSE"):
        yield name, pathlib.Path(name).read_bytes(), 0o644


def pack(archive, folder):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content, mode in entries(folder):
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, mode << 16
            packed.writestr(entry, content)


def main(version, folder):
    folder, sums = pathlib.Path(folder), []
    for architecture in sorted(path for path in folder.iterdir() if path.is_dir()):
        archive = folder / f"account-tasks_{version}_{architecture.name}.zip"
        pack(archive, architecture)
        sums.append(f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n")
    (folder / "SHA256SUMS").write_text("".join(sums))
    print("".join(sums), end="")


main(*sys.argv[1:])
