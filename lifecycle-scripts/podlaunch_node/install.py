"""Installs this package on the node: /opt/podlaunch/VERSION, the link `current`, the command.

The version is a hash of the content, so a damaged or half-copied installation is seen as such.
"""

from __future__ import annotations

import compileall
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from podlaunch_node.faults import Fault
from podlaunch_node.node import OPT, Node
from podlaunch_node.system import files

COMMAND = "/usr/local/bin/podlaunch-node"
COMMAND_TEXT = """\
#!/usr/bin/python3 -IB
# Written by podlaunch-node.
import sys

sys.path.insert(0, "/opt/podlaunch/current")
from podlaunch_node.cli import main

sys.exit(main(sys.argv[1:]))
"""
SOURCE = Path(__file__).resolve().parent.parent
PACKAGE = "podlaunch_node"
SCHEMA = "node-settings.schema.json"


def parts(source: Path) -> list[Path]:
    """The files that make up the package, relative to source, sorted."""
    found = [path for path in (source / PACKAGE).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return sorted(path.relative_to(source) for path in [*found, source / SCHEMA])


def version(source: Path) -> str:
    """Twelve digits of the SHA-256 over all parts. Throws Fault PLN-BUNDLE where a part is missing."""
    total = hashlib.sha256()
    try:
        for part in parts(source):
            data = (source / part).read_bytes()
            total.update(f"{part.as_posix()}\0{len(data)}\0".encode())
            total.update(data)
    except OSError as error:
        raise Fault(
            "PLN-BUNDLE",
            f"the lifecycle scripts are not complete: {error}",
            "Publish them again, and compare the cluster's SourceS3Uri with what is there.",
            ours=True,
        ) from error
    return total.hexdigest()[:12]


def check(node: Node, source: Path = SOURCE) -> list[str]:
    """What differs from an installation of source."""
    now, current = version(source), node.path(f"{OPT}/current")
    found = []
    if not _is_whole(node, now):
        found.append(f"{OPT}/{now} is not there")
    elif not current.is_symlink() or str(current.readlink()) != now:
        found.append(f"{OPT}/current is not {now}")
    if not files.matches(node, COMMAND, COMMAND_TEXT, 0o755):
        found.append(f"{COMMAND} differs")
    return found


def apply(node: Node, source: Path = SOURCE) -> None:
    """Copy the package aside, rename it into place, switch `current` in one step.

    Modes are set here: a download from S3 has none. Throws PLN-DISK, PLN-BUNDLE.
    """
    now = version(source)
    try:
        files.make_folder(node, OPT)
        files.sweep(node, OPT)
        if not _is_whole(node, now):
            _copy(node, source, now)
        _link(node, now)
        _drop_old(node, now)
    except OSError as error:
        raise files.disk_fault(OPT, error) from error
    files.write(node, COMMAND, COMMAND_TEXT, mode=0o755)


def verify(node: Node, source: Path = SOURCE) -> None:
    """Throws PLN-BUNDLE where the installation is not the same as source."""
    found = check(node, source)
    if found:
        raise Fault("PLN-BUNDLE", "; ".join(found), f"Look at {OPT}.", ours=True)


def _is_whole(node: Node, name: str) -> bool:
    folder = node.path(f"{OPT}/{name}")
    return folder.is_dir() and (folder / SCHEMA).exists() and version(folder) == name


def _copy(node: Node, source: Path, name: str) -> None:
    aside = Path(tempfile.mkdtemp(prefix=".new.podlaunch-", dir=node.path(OPT)))
    try:
        _fill(node, source, aside)
        target = node.path(f"{OPT}/{name}")
        if target.exists():
            target.rename(node.path(f"{OPT}/.damaged.podlaunch-{name}"))
        aside.rename(target)
        files.sync_folder(node.path(OPT))
    finally:
        files.sweep(node, OPT)


def _fill(node: Node, source: Path, aside: Path) -> None:
    for part in parts(source):
        target = aside / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / part, target)
        target.chmod(0o755 if target.parent.name == "libexec" else 0o644)
    compileall.compile_dir(aside / PACKAGE, quiet=2, stripdir=str(aside))
    for above, _folders, names in os.walk(aside):
        os.chmod(above, 0o755)  # noqa: S103 (programs that everyone may run)
        for one in (above, *(os.path.join(above, name) for name in names)):
            os.chown(one, *node.owner)
            _sync(one)


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _link(node: Node, name: str) -> None:
    current = node.path(f"{OPT}/current")
    if current.is_symlink() and str(current.readlink()) == name:
        return
    aside = node.path(f"{OPT}/.current.podlaunch-link")
    aside.unlink(missing_ok=True)
    aside.symlink_to(name)
    aside.rename(current)
    files.sync_folder(node.path(OPT))


def _drop_old(node: Node, name: str) -> None:
    """Keep this version and the newest other one, which processes may still run from."""
    others = [
        path for path in node.path(OPT).iterdir() if path.is_dir() and not path.is_symlink() and path.name != name
    ]
    for path in sorted(others, key=lambda one: one.stat().st_mtime)[:-1]:
        shutil.rmtree(path, ignore_errors=True)
