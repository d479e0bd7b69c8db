"""People who log in all the time, whatever is changed around them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lab.machine import Result, wait_for
from rehearsal import launch, people
from rehearsal.world import World

PAUSE = 0.5
"""Seconds that each waits between two logins."""
WHO = ((launch.ADMIN, launch.KEY), (people.PERSON, people.KEY))


@dataclass
class Traffic:
    """What became of the logins so far."""

    let_in: int = 0
    refused: list[Result] = field(default_factory=list)
    _counting: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, said: Result) -> None:
        """Adds a login."""
        with self._counting:
            if said.ok:
                self.let_in += 1
            else:
                self.refused.append(said)


@contextmanager
def logins(world: World, at_least: int) -> Iterator[Traffic]:
    """People log in for as long as something is done, and until this many have. Fails if one of them was refused."""
    traffic, enough = Traffic(), threading.Event()

    def go_on(name: str, key: str) -> None:
        while not enough.wait(PAUSE):
            traffic.count(world.lab.laptop.key(name, "login-1", key=key))

    threads = [threading.Thread(target=go_on, args=one, daemon=True) for one in WHO]
    for each in threads:
        each.start()
    try:
        yield traffic
        wait_for(lambda: traffic.let_in >= at_least or bool(traffic.refused), 120, f"{at_least} logins")
    finally:
        enough.set()
        for each in threads:
            each.join()
    print(f"          {traffic.let_in} logins meanwhile, {len(traffic.refused)} refused", flush=True)
    assert not traffic.refused, traffic.refused[:3]
