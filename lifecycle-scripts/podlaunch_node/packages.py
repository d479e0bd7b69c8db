"""The Debian packages that a member of a directory needs."""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError

NAME = "packages"
WANTED = ("sssd-ldap", "sssd-tools", "libnss-sss", "libpam-sss", "openssh-server", "sudo", "nftables", "openssl")
APT_ENV = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
LOCK_SECONDS = 300
LOCK = f"-oDPkg::Lock::Timeout={LOCK_SECONDS}"
TRIES = 5
# apt's words (both of its locks), and dpkg's own.
LOCK_WORDS = ("Could not get lock", "Unable to lock", "Unable to acquire", "was locked by another process")
INTERRUPTED = "dpkg was interrupted"


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
    """Install what is missing, waiting five minutes for whoever holds apt's or dpkg's lock. Throws Fault PLN-APT.

    What a killed run left half-configured is finished first. Files that somebody changed stay.
    """
    began, wait, tries = node.clock(), 5.0, 0
    while True:
        try:
            _install_now(node)
            return
        except CommandError as error:
            held = any(words in error.stderr for words in LOCK_WORDS)
            tries += not held
            if tries == TRIES or (held and node.clock() - began >= LOCK_SECONDS):
                raise _fault(node, error, held) from error
            node.say(f"apt: {last_words(error)}; trying again in {wait:g} s")
            node.sleep(wait)
            wait = min(wait * 2, 40)


def _install_now(node: Node) -> None:
    options = [LOCK, "-qq", "-y", "--no-install-recommends", "-oDpkg::Options::=--force-confold"]
    node.run(["apt-get", LOCK, "-qq", "update"], env=APT_ENV, timeout=300)
    wanted = ["apt-get", *options, "install", *missing(node)]
    try:
        node.run(wanted, env=APT_ENV, timeout=900)
    except CommandError as error:
        if INTERRUPTED not in error.stderr:
            raise
        node.run(["dpkg", "--force-confold", "--configure", "-a"], env=APT_ENV, timeout=300)
        node.run(wanted, env=APT_ENV, timeout=900)


def _fault(node: Node, error: CommandError, held: bool) -> Fault:
    return Fault(
        "PLN-APT",
        f"{', '.join(missing(node))} cannot be installed: {last_words(error)}",
        "Another program holds apt's lock: find it with `fuser /var/lib/dpkg/lock-frontend /var/lib/apt/lists/lock`."
        if held
        else "Check the route to the package archive (NAT gateway or mirror) with `apt-get update`.",
    )


def verify(node: Node, _plan: Plan) -> None:
    """Throws Fault PLN-APT where a package is still missing."""
    still = missing(node)
    if still:
        raise Fault("PLN-APT", f"{', '.join(still)} did not install", "Run `apt-get install` by hand and read it.")


def last_words(error: CommandError) -> str:
    """The last line in which apt or dpkg says what is wrong, the rest being progress and advice."""
    lines = error.stderr.splitlines()
    wrong = [line for line in lines if line.startswith(("E:", "dpkg: error"))] or lines
    return wrong[-1] if wrong else str(error)
