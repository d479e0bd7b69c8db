"""The Debian packages that a member of a directory needs."""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError

NAME = "packages"
WANTED = ("sssd-ldap", "sssd-tools", "libnss-sss", "libpam-sss", "openssh-server", "sudo", "nftables", "openssl")
APT_ENV = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
GIVE_UP_SECONDS = 300
PAUSE = 5.0
LONGEST_PAUSE = 40.0
TRIES = 5
# apt would wait for dpkg's locks by itself, in silence, and then no longer know who holds them.
APT_GET = ("apt-get", "-oDPkg::Lock::Timeout=0", "-qq")
# apt's words (both of its locks), and dpkg's own.
LOCK_WORDS = ("Could not get lock", "Unable to lock", "Unable to acquire", "was locked by another process")
HOLDER_WORDS = ("held by process", "locked by another process")
INTERRUPTED = "dpkg was interrupted"


def missing(node: Node) -> list[str]:
    """The packages that are not there, or not complete."""
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
    """Install what is missing, waiting five minutes for anyone who holds apt's or dpkg's lock. Throws Fault PLN-APT.

    What a killed run left half-configured is finished first. Files that somebody changed stay.
    """
    began, pause, tries, said = node.clock(), PAUSE, 0, ""
    while True:
        try:
            _install_now(node)
            return
        except CommandError as error:
            held = is_held(error)
            tries += not held
            if tries == TRIES or node.clock() - began >= GIVE_UP_SECONDS:
                raise _fault(node, error, held) from error
            message = last_words(error)
            if message != said:
                node.say(f"apt: {message}; trying again")
            said = message
            node.sleep(PAUSE if held else pause)
            pause = pause if held else min(pause * 2, LONGEST_PAUSE)


def is_held(error: CommandError) -> bool:
    """Whether somebody else holds one of apt's or dpkg's locks."""
    return any(phrase in error.stderr for phrase in LOCK_WORDS)


def _install_now(node: Node) -> None:
    stale = _renew_lists(node)
    options = ["-y", "--no-install-recommends", "-oDpkg::Options::=--force-confold"]
    wanted = [*APT_GET, *options, "install", *missing(node)]
    try:
        node.run(wanted, env=APT_ENV, timeout=900)
    except CommandError as error:
        if INTERRUPTED in error.stderr:
            node.run(["dpkg", "--force-confold", "--configure", "-a"], env=APT_ENV, timeout=300)
            node.run(wanted, env=APT_ENV, timeout=900)
        elif stale and not is_held(error):
            raise CommandError(error.argv, error.code, f"{last_words(error)} ({stale})") from error
        else:
            raise


def _renew_lists(node: Node) -> str:
    """Renew apt's lists; gives back the first thing that went wrong, in apt's words.

    A source that cannot be reached, or has an old key, is no reason to stop: the others may have all that is missing.
    """
    try:
        said = node.run([*APT_GET, "update"], env=APT_ENV, timeout=300).stderr
    except CommandError as error:
        if is_held(error):
            raise
        said = error.stderr
    return next((line for line in said.splitlines() if line.startswith(("E:", "W: Failed"))), "")


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
    """The line in which apt or dpkg says who holds a lock, else the last that says what is wrong.

    The rest is progress and advice.
    """
    lines = error.stderr.splitlines()
    holders = [line for line in lines if any(phrase in line for phrase in HOLDER_WORDS)]
    wrong = [line for line in lines if line.startswith(("E:", "dpkg: error"))]
    return [str(error), *lines[-1:], *wrong[-1:], *holders[:1]][-1]
