"""One run at a time: the timer, the first boot and a person's hand wait for each other."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from podlaunch_node.faults import Fault
from podlaunch_node.node import RUNTIME, Node
from podlaunch_node.system import files

LOCK_SECONDS = 600
FOLDER = f"{RUNTIME}/private"
FILE = f"{FOLDER}/lock"


@contextmanager
def only_one(node: Node) -> Iterator[None]:
    """Wait until no other run is under way. Throws PLN-LOCK after ten minutes.

    Anyone who can open the file can take the lock: folder and file are root's alone.
    """
    files.make_folder(node, FOLDER, mode=0o700)
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(node.path(FILE), flags, 0o600), "r+") as handle:
        os.fchmod(handle.fileno(), 0o600)
        for _ in range(LOCK_SECONDS * 4):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                node.sleep(0.25)
        else:
            raise Fault("PLN-LOCK", "another run of podlaunch-node does not end", "ps -ef | grep podlaunch-node")
        yield
