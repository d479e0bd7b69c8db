"""People who log in again and again while something else goes on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node


@dataclass
class Load:
    """Somebody who logs in again and again, looked up in the directory and not in the cache."""

    lab: Lab
    node: Node
    user: str
    let_in: int = 0
    refused: list[str] = field(default_factory=list)
    over: bool = False

    def tries(self) -> int:
        """How often they have tried."""
        return self.let_in + len(self.refused)

    def run(self) -> None:
        """Logs in until told to end, by key and by password in turn."""
        while not self.over:
            self.node.forget_cache()
            by_key = self.let_in % 2 == 0
            result = (self.lab.laptop.key if by_key else self.lab.laptop.password)(self.user, self.node.name)
            if result.ok:
                self.let_in += 1
            else:
                self.refused.append(result.err)


def more_logins(loads: list[Load], more: int = 2) -> None:
    """Waits until each of them has come in, or been refused, some times more."""
    before = [load.tries() for load in loads]
    enough = lambda: all(load.tries() >= tries + more for load, tries in zip(loads, before, strict=True))  # noqa: E731
    wait_for(enough, 180, f"everybody has logged in {more} times more")


@contextmanager
def under_load(lab: Lab, users: dict[str, Node]) -> Iterator[list[Load]]:
    """Each of these people logs in on a node of his own meanwhile."""
    loads = [Load(lab, node, user) for user, node in users.items()]
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(load.run) for load in loads]
        try:
            yield loads
        finally:
            for load in loads:
                load.over = True
    for each in running:
        each.result()
