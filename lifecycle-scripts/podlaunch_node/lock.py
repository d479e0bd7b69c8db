"""One run at a time: the timer, the first boot and a person's hand wait for each other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from podlaunch_node import files
from podlaunch_node.faults import Fault
from podlaunch_node.node import RUNTIME, Node

LOCK_SECONDS = 600


@contextmanager
def only_one(node: Node) -> Iterator[None]:
    """Wait until no other run is under way. Throws PLN-LOCK after ten minutes."""
    files.make_folder(node, RUNTIME)
    with node.path(f"{RUNTIME}/lock").open("w") as handle:
        for _ in range(LOCK_SECONDS * 4):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                node.sleep(0.25)
        else:
            raise Fault("PLN-LOCK", "another run of podlaunch-node does not end", "ps -ef | grep podlaunch-node")
        yield
