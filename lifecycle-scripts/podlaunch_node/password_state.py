"""Whether a person's password has expired or must be changed, and the words that name the way out.

The directory refuses such a password without saying why to SSH. Called by PAM as root: after a
password was refused, and at every login where `expiredPassword` is `refuse-all`.
"""

from __future__ import annotations

import os
import pwd
import sys
import time

from podlaunch_node import core_files, directory_link, ldap_client, member
from podlaunch_node.faults import Fault
from podlaunch_node.ldap_client import Entry, Ldap, LdapError
from podlaunch_node.node import Node

EXPIRED, MUST_CHANGE = "has expired", "must be changed"
NEVER = 0x7FFF_FFFF_FFFF_FFFF
ATTRIBUTES = ["pwdLastSet", "msDS-UserPasswordExpiryTimeComputed"]
REFUSED_FOR_IT = ("532", "773")
TIMEOUT = 3.0


def words(state: str) -> str:
    """What the person reads."""
    return (
        f"Your password {state}, and it cannot be changed from a cluster node. Ask the cluster's administrator\n"
        "for a new one (AWS Directory Service: Reset user password), or change it on a Windows computer that\n"
        "is joined to the domain."
    )


def state_of(entry: Entry, now: float) -> str | None:
    """EXPIRED, MUST_CHANGE or None, from an entry's ATTRIBUTES. Times are Windows file times.

    Rule: MS-ADTS 3.1.1.4.5.36; 0 in pwdLastSet means "at next logon".
    """
    last_set, expires = (int((entry.get(name) or [b"-1"])[0]) for name in ATTRIBUTES)
    if last_set == 0:
        return MUST_CHANGE
    if 0 < expires < NEVER and expires < (now + 11_644_473_600) * 10_000_000:
        return EXPIRED
    return None


def find(ldap: Ldap, base: str, name: str, attributes: list[str]) -> Entry | None:
    """The entry of a person by name, or None. Throws LdapError, OSError, ValueError."""
    person = ldap_client.equals("sAMAccountType", "805306368")
    found = ldap.search(base, ldap_client.all_of(person, ldap_client.equals("sAMAccountName", name)), attributes)
    return found[0] if found else None


def look(node: Node, name: str, password: str | None) -> str | None:
    """The state of a person's password, None where nothing stands against it or nobody can say.

    With a password, only somebody who knows it is told: the directory must give the expiry itself
    as its reason to refuse it. It is tried only where it is known to have expired, so that a wrong
    one does not count twice towards a lock-out.
    """
    try:
        me = member.kept(node)
        with directory_link.open_bound(me.directory, me.anchor, me.secret, TIMEOUT) as ldap:
            entry = find(ldap, me.directory.search_base, name, ATTRIBUTES)
        state = state_of(entry, node.clock()) if entry else None
        if entry and state and password is not None and not _is_refused_for_it(me, entry, password):
            return None
    except (Fault, LdapError, OSError, ValueError):
        return None
    return state


def _is_refused_for_it(me: member.Member, entry: Entry, password: str) -> bool:
    with directory_link.open_tls(me.directory, me.anchor, TIMEOUT) as ldap:
        try:
            ldap.bind(entry["dn"][0].decode(), password)
        except LdapError as error:
            return error.data in REFUSED_FOR_IT
    return False


def main() -> int:
    """Entry of libexec/password-state. PAM gives PAM_USER and PAM_TYPE, and the password on stdin."""
    core_files.forbid()
    try:
        name = pwd.getpwnam(os.environ.get("PAM_USER", "")).pw_name
    except KeyError:
        return 0
    password = None
    if os.environ.get("PAM_TYPE") == "auth":
        password = sys.stdin.buffer.read(1024).split(b"\0")[0].decode(errors="replace")
        if not password:
            return 0
    state = look(Node(clock=time.time), name, password)
    if state:
        print(words(state))
    return 1 if state else 0
