"""SSSD's back end: the process that talks to the directory, and the only one that holds its account.

It can be started anew alone: name lookups go on meanwhile from the responders, and PAM, told by a
mark, asks once more for what it could not answer (libexec/sssd-was-changed).
"""

from __future__ import annotations

import re

from podlaunch_node import files
from podlaunch_node.node import RUNTIME, Node
from podlaunch_node.plan import Plan

MARK = f"{RUNTIME}/sssd-changed"
CHANGING, READY = "changing\n", "ready\n"
READY_SECONDS = 15

# SSSD's monitor starts a back end anew at once, but only once in 30 s: then it waits 2 s, then 4 s,
# then it gives up (monitor.c, mt_svc_exit_handler).
PATIENCE_SECONDS = 32

# What only the back end reads.
OF_BACK_END = re.compile(r"^(ldap|dns|offline|lookup)_\w+ = .*$", re.MULTILINE)


def is_enough(before: str, after: str) -> bool:
    """Whether two sssd.conf differ in nothing that another process than the back end reads."""
    return OF_BACK_END.sub("", before) == OF_BACK_END.sub("", after)


def renew(node: Node, domain: str) -> None:
    """Let the domain's back end start anew with sssd.conf as it is on disk. Throws CommandError."""
    node.sleep(max(0.0, PATIENCE_SECONDS - _age(node)))
    mark(node, CHANGING)
    node.run(["sssd", f"--genconf-section=domain/{domain}"])
    for pid in pids(node, domain):
        node.run(["kill", "-TERM", pid], check=False)


def pids(node: Node, domain: str) -> list[str]:
    """Process ids of the domain's back end."""
    found = []
    for path in node.path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"/sssd_be") and domain.encode() in words:
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


def mark(node: Node, state: str) -> None:
    """Tell PAM that SSSD is being changed, or that it is ready again."""
    files.write(node, MARK, state)


def _age(node: Node) -> float:
    """Seconds since SSSD was last changed."""
    try:
        return node.clock() - node.path(MARK).stat().st_mtime
    except FileNotFoundError:
        return float(PATIENCE_SECONDS)
