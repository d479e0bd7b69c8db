"""Files that are either whole or not there: written aside, then renamed."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node

Validate = Callable[[Path], None]


def read(node: Node, path: str) -> str | None:
    """The text of a file, or None where there is none."""
    try:
        return node.path(path).read_text(encoding="utf-8", errors="surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return None


def matches(node: Node, path: str, text: str, mode: int) -> bool:
    """Whether the file has exactly this text with this mode and our owner."""
    try:
        stat = node.path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return (stat.st_mode & 0o7777, stat.st_uid, stat.st_gid) == (mode, *node.owner) and read(node, path) == text


def write(node: Node, path: str, text: str, mode: int = 0o644, validate: Validate | None = None) -> None:
    """Put text at path in one step: temporary file, owner, mode, validation, fsync, rename, fsync.

    The temporary name starts with a dot, so that no `*.conf` picks it up, and is 0600 until its
    mode is set. Throws what `validate` throws (nothing is changed then), and Fault PLN-DISK.
    """
    target = node.path(path)
    aside: str | None = None
    try:
        make_folder(node, os.path.dirname(path))
        handle, aside = tempfile.mkstemp(prefix=f".{target.name}.podlaunch-", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
            file.flush()
            os.fchown(file.fileno(), *node.owner)
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if validate:
            validate(Path(aside))
        os.rename(aside, target)
        aside = None
        sync_folder(target.parent)
    except OSError as error:
        raise disk_fault(path, error) from error
    finally:
        if aside:
            Path(aside).unlink(missing_ok=True)


def make_folder(node: Node, path: str, mode: int = 0o755) -> None:
    """Make a folder and those above it, each with our owner. One that exists stays as it is.

    Throws Fault PLN-DISK.
    """
    if path in ("", "/") or node.path(path).is_dir():
        return
    make_folder(node, os.path.dirname(path))
    try:
        node.path(path).mkdir(mode=mode, exist_ok=True)
        os.chown(node.path(path), *node.owner)
        node.path(path).chmod(mode)
    except OSError as error:
        raise disk_fault(path, error) from error


def remove(node: Node, path: str) -> bool:
    """Remove a file; says whether there was one. Throws Fault PLN-DISK."""
    try:
        node.path(path).unlink()
        sync_folder(node.path(path).parent)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise disk_fault(path, error) from error
    return True


def sweep(node: Node, folder: str) -> None:
    """Remove temporary files that a killed run left in a folder."""
    for path in node.path(folder).glob(".*.podlaunch-*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def digest(*texts: str | None) -> str:
    """One SHA-256 over texts, with 'missing' distinct from 'empty'."""
    total = hashlib.sha256()
    for text in texts:
        data = b"" if text is None else text.encode(errors="surrogateescape")
        total.update(b"-" if text is None else b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


def sync(node: Node, path: str) -> None:
    """Make a file that another program wrote survive a power loss, where there is one."""
    try:
        handle = os.open(node.path(path), os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power loss."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_fault(path: str, error: OSError) -> Fault:
    """The fault for a file that cannot be written. It stops a launch: such a node is of no use."""
    why = {
        errno.ENOSPC: ("the disk is full", "Free space on the node's root volume (df -h, df -i)."),
        errno.EROFS: ("the file system is read-only", "Look for disk errors (dmesg) and reboot or replace the node."),
    }.get(error.errno or 0, (error.strerror or str(error), "Check the folder and its permissions."))
    return Fault("PLN-DISK", f"{path} cannot be written: {why[0]}", why[1], ours=True)
