"""Times look-ups and logins on a node. Medians, in milliseconds."""

from statistics import median

from lab.laptop import Laptop
from lab.machine import wait_for
from lab.node import Node

TIME_ID = """
import subprocess, sys, time
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    subprocess.run(["id", sys.argv[1]], check=True, stdout=subprocess.DEVNULL)
    print((time.perf_counter() - began) * 1000)
"""


def empty_cache(node: Node) -> None:
    """Makes SSSD forget everything it ever knew, and wait until its connection is back."""
    forget = "rm -f /var/lib/sss/db/cache_* /var/lib/sss/mc/*"
    node.machine.sh(f"systemctl stop sssd; {forget}; systemctl reset-failed sssd; systemctl start sssd")
    wait_for(lambda: node.machine.run("getent", "passwd", "ReadOnly").ok, 30, f"{node.name} looks people up again")


def id_cold(node: Node, user: str, rounds: int = 5) -> float:
    """`id USER` with nothing in the cache."""
    times = []
    for _ in range(rounds):
        empty_cache(node)
        times.append(_id(node, user, 1))
    return median(times)


def id_cached(node: Node, user: str, rounds: int = 10) -> float:
    """`id USER` from the cache."""
    node.machine.must("id", user)
    return _id(node, user, rounds)


def login_cold(laptop: Laptop, node: Node, user: str, rounds: int = 5) -> float:
    """A login by key with nothing in the cache, from connecting to the end of `true`."""
    times = []
    for _ in range(rounds):
        empty_cache(node)
        times.append(login(laptop, node, user))
    return median(times)


def login_cached(laptop: Laptop, node: Node, user: str, rounds: int = 10) -> float:
    """A login by key from the cache."""
    login(laptop, node, user)
    return median(login(laptop, node, user) for _ in range(rounds))


def login(laptop: Laptop, node: Node, user: str) -> float:
    """One login by key. Raises RuntimeError when it is refused."""
    result = laptop.key(user, node.name)
    if not result.ok:
        raise RuntimeError(f"{user} was not let in: {result.err}")
    return result.seconds * 1000


def _id(node: Node, user: str, rounds: int) -> float:
    return median(map(float, node.machine.must("python3", "-c", TIME_ID, user, str(rounds)).split()))
