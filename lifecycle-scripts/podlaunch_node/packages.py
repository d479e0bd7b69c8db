"""The Debian packages that a member of a directory needs."""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError

NAME = "packages"
WANTED = ("sssd-ldap", "sssd-tools", "libnss-sss", "libpam-sss", "openssh-server", "sudo", "nftables", "openssl")
APT_ENV = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
LOCK = "-oDPkg::Lock::Timeout=300"
TRIES = 5
LOCK_WORDS = ("Could not get lock", "is another process using it", "Unable to lock", "Unable to acquire")


def missing(node: Node) -> list[str]:
    """The packages that are not there, or not whole."""
    query = node.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\\n", *WANTED], check=False
    )
    there = {line.split()[0] for line in query.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in WANTED if name not in there]


def check(node: Node, _plan: Plan) -> list[str]:
    """What differs from the plan."""
    return [f"the package {name} is not installed" for name in missing(node)]


def apply(node: Node, _plan: Plan) -> None:
    """Install what is missing. Throws Fault PLN-APT."""
    install(node)


def install(node: Node) -> None:
    """Install what is missing, waiting for whoever holds apt's lock. Throws Fault PLN-APT.

    What a killed run left half-configured is finished first. Files that somebody changed stay.
    """
    wait = 5.0
    for attempt in range(TRIES):
        try:
            node.run(["dpkg", "--force-confold", "--configure", "-a"], env=APT_ENV, timeout=300)
            node.run(["apt-get", LOCK, "-qq", "update"], env=APT_ENV, timeout=300)
            options = [LOCK, "-qq", "-y", "--no-install-recommends", "-oDpkg::Options::=--force-confold"]
            node.run(["apt-get", *options, "install", *missing(node)], env=APT_ENV, timeout=900)
            return
        except CommandError as error:
            last = error
            if attempt + 1 < TRIES:
                node.say(f"apt: {last_words(error)}; trying again in {wait:g} s")
                node.sleep(wait)
                wait = min(wait * 2, 60)
    held = any(words in last.stderr for words in LOCK_WORDS)
    raise Fault(
        "PLN-APT",
        f"{', '.join(missing(node))} cannot be installed: {last_words(last)}",
        "Another program holds apt's lock: find it with `fuser /var/lib/dpkg/lock-frontend`."
        if held
        else "Check the route to the package archive (NAT gateway or mirror) with `apt-get update`.",
    )


def verify(node: Node, _plan: Plan) -> None:
    """Throws Fault PLN-APT where a package is still missing."""
    still = missing(node)
    if still:
        raise Fault("PLN-APT", f"{', '.join(still)} did not install", "Run `apt-get install` by hand and read it.")


def last_words(error: CommandError) -> str:
    """apt's own last error line, the rest being progress."""
    lines = [line for line in error.stderr.splitlines() if line.startswith("E:")] or error.stderr.splitlines()
    return lines[-1] if lines else str(error)
