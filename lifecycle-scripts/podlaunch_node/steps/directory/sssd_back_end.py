"""SSSD's back end: the process that talks to the directory, and the only one that has its account.

It can be started anew alone: name lookups go on meanwhile from the responders' cache. A question
that is on its way to a back end which ends is lost, and anyone who asked waits in vain. So logins are
held for that moment (libexec/wait-for-sssd), and what still could not be answered is asked once
more (libexec/sssd-was-changed).
"""

from __future__ import annotations

import re

from podlaunch_node.node import RUNTIME, Node
from podlaunch_node.plan import Plan
from podlaunch_node.system import files, services

CHANGING = f"{RUNTIME}/sssd-changing"  # is there while logins are to wait
CHANGING_WORDS = "This node renews its link to the directory: one moment.\n"
CHANGED = f"{RUNTIME}/sssd-changed"  # when SSSD was last changed
READY_SECONDS = 15
FIRST_PERSON = 1000  # uids below are the system's (login.defs)
DRAIN_SECONDS = 2.5  # a login is with SSSD for less than half a second, on a busy node for two

# SSSD's monitor starts a back end anew at once, but only once in 30 s: then it waits 2 s, then 4 s,
# then it gives up (monitor.c, mt_svc_exit_handler).
PATIENCE_SECONDS = 32

# What only the back end reads.
OF_BACK_END = re.compile(r"^(ldap|dns|offline|lookup)_\w+ = .*$", re.MULTILINE)


def is_enough(before: str, after: str) -> bool:
    """Whether two sssd.conf differ in nothing that another process than the back end reads."""
    return OF_BACK_END.sub("", before) == OF_BACK_END.sub("", after)


def can_be_renewed(node: Node) -> bool:
    """Whether this SSSD can read one section anew. From 2.10 on it only does so when all of it starts."""
    return "--genconf-section" in node.run(["sssd", "--help"], check=False).stdout


def renew(node: Node, domain: str) -> None:
    """Let the domain's back end start anew with sssd.conf as it is on disk. Throws CommandError."""
    wait = PATIENCE_SECONDS - _age(node)
    if wait > 0:
        files.remove(node, CHANGING)  # Logins go on meanwhile, also when a renewal is taken back.
        node.sleep(wait)
    hold_logins(node)
    node.run(["sssd", f"--genconf-section=domain/{domain}"])
    for pid in pids(node, domain):
        node.run(["kill", "-TERM", pid], check=False)


def pids(node: Node, domain: str) -> list[str]:
    """Process ids of the domain's back end."""
    found = []
    for path in node.path("/proc").glob("[0-9]*/cmdline"):
        try:
            argv = path.read_bytes().split(b"\0")
            owner = path.stat().st_uid
        except OSError:
            continue
        # Anyone can give a process this name; SSSD's are root's, or a system user's.
        trusted = owner == node.owner[0] or owner < FIRST_PERSON
        if trusted and argv[0].endswith(b"/sssd_be") and domain.encode() in argv:
            found.append(path.parent.name)
    return found


def wait_ready(node: Node, plan: Plan) -> bool:
    """Wait until the back end has a connection to the directory; says whether it has one."""
    port = plan.settings.directory.ldaps_port
    for _ in range(READY_SECONDS * 5):
        node.run(["sss_cache", "--user", plan.bind_name], check=False)
        node.run(["getent", "passwd", plan.bind_name], check=False)
        listed = node.run(["ss", "-Htnp", "state", "established", f"( dport = :{port} )"], check=False).stdout
        if "sssd_be" in listed:
            return True
        node.sleep(0.2)
    return False


def hold_logins(node: Node) -> None:
    """Let logins wait, half a minute at the most (libexec/wait-for-sssd), and those under way come to their end."""
    files.write(node, CHANGED, "")
    files.write(node, CHANGING, CHANGING_WORDS)
    if services.is_active(node, "sssd"):
        node.sleep(DRAIN_SECONDS)


def let_logins_go(node: Node) -> None:
    """Let logins go on, also those that a killed run stopped."""
    if files.read(node, CHANGING) is not None:
        files.write(node, CHANGED, "")
        files.remove(node, CHANGING)


def _age(node: Node) -> float:
    """Seconds since SSSD was last changed; 0 where the clock was set back since."""
    try:
        return max(0.0, node.clock() - node.path(CHANGED).stat().st_mtime)
    except FileNotFoundError:
        return float(PATIENCE_SECONDS)
