"""What PAM tells a person about their password at a login. Called as root (libexec/password-state)."""

from __future__ import annotations

import os
import pwd
import sys
import time

from podlaunch_node.diagnose import password_state
from podlaunch_node.ldap import ends
from podlaunch_node.ldap.client import Entry
from podlaunch_node.node import Node
from podlaunch_node.system import core_files


def message(state: str) -> str:
    """What the person reads."""
    return (
        f"Your password {state}, and it cannot be changed from a cluster node. Ask the cluster's administrator\n"
        "for a new one (AWS Directory Service: Reset user password), or change it on a Windows computer that\n"
        "is joined to the domain."
    )


def ahead(entry: Entry, now: float) -> list[str]:
    """What the person reads whose password, or account, ends soon."""
    passwords, accounts = ends.of_password(entry, "", ""), ends.of_account(entry, "Your account", "")
    told = [message(f"ends on {one.day} ({one.left(now)})") for one in ends.near(passwords, now)]
    told += [f"{one.summary(now)}. Ask the cluster's administrator." for one in ends.near(accounts, now)]
    return told


def after_refusal(node: Node, name: str, password: str) -> list[str]:
    """What somebody reads whose password was refused."""
    state = password_state.of_refused(node, name, password) if password else None
    return [message(state)] if state else []


def main() -> int:
    """Entry. PAM gives PAM_USER. The only argument says when: `refused` (the password on stdin), `taken`, `strict`.

    `strict`, at every login where `expiredPassword` is `refuse-all`, refuses (1) who has an expired password.
    """
    core_files.forbid()
    node, when = Node(clock=time.time), sys.argv[1]
    try:
        name = pwd.getpwnam(os.environ.get("PAM_USER", "")).pw_name
    except KeyError:
        return 0
    if when == "refused":
        password = sys.stdin.buffer.read(1024).split(b"\0")[0].decode(errors="replace")
        return _say(after_refusal(node, name, password))
    found = password_state.read(node, name)
    state = password_state.state_of(found[1], node.clock()) if found and when == "strict" else None
    if state:
        return _say([message(state)], 1)
    return _say(ahead(found[1], node.clock())) if found else 0


def _say(lines: list[str], code: int = 0) -> int:
    for line in lines:
        print(line)
    return code
