"""Whether a person's password has expired or must be changed: the directory refuses it without saying why to SSH."""

from __future__ import annotations

from podlaunch_node.diagnose.member import Member, kept
from podlaunch_node.faults import Fault
from podlaunch_node.ldap import client, directory_link, ends
from podlaunch_node.ldap.client import Entry, Ldap, LdapError
from podlaunch_node.node import Node

EXPIRED, MUST_CHANGE = "has expired", "must be changed"
ATTRIBUTES = ["pwdLastSet", *ends.ACCOUNT_ATTRIBUTES]
REFUSED_FOR_IT = ("532", "773")
TIMEOUT = 3.0


def state_of(entry: Entry, now: float) -> str | None:
    """EXPIRED, MUST_CHANGE or None, from an entry's ATTRIBUTES. Times are Windows file times.

    Rule: MS-ADTS 3.1.1.4.5.36; 0 in pwdLastSet means "at next logon".
    """
    if int((entry.get("pwdLastSet") or [b"-1"])[0]) == 0:
        return MUST_CHANGE
    has_ended = any(one.at < now for one in ends.of_password(entry, "", ""))
    return EXPIRED if has_ended else None


def find(ldap: Ldap, base: str, name: str, attributes: list[str]) -> Entry | None:
    """The entry of a person by name, or None. Throws LdapError, OSError, ValueError."""
    person = client.equals("sAMAccountType", "805306368")
    found = ldap.search(base, client.all_of(person, client.equals("sAMAccountName", name)), attributes)
    return found[0] if found else None


def read(node: Node, name: str) -> tuple[Member, Entry] | None:
    """A person's entry, and what this node knows of the directory; None where nobody can say."""
    try:
        member = kept(node)
        with directory_link.open_bound(member.directory, member.anchor, member.secret, TIMEOUT) as ldap:
            entry = find(ldap, member.directory.search_base, name, ATTRIBUTES)
    except (Fault, LdapError, OSError, ValueError):
        return None
    return (member, entry) if entry else None


def of_refused(node: Node, name: str, password: str) -> str | None:
    """The state of a person's password that was refused; None where it was merely wrong, or nobody can say.

    Only somebody who knows it is told: the directory must give the expiry itself as its reason to refuse it. It is
    tried only where it is known to have expired, so that a wrong one does not count twice towards a lock-out.
    """
    found = read(node, name)
    state = state_of(found[1], node.clock()) if found else None
    try:
        return state if found and state and _is_refused_for_it(*found, password) else None
    except (Fault, LdapError, OSError, ValueError):
        return None


def _is_refused_for_it(member: Member, entry: Entry, password: str) -> bool:
    with directory_link.open_tls(member.directory, member.anchor, TIMEOUT) as ldap:
        try:
            ldap.bind(entry["dn"][0].decode(), password)
        except LdapError as error:
            return error.data in REFUSED_FOR_IT
    return False
