"""Who is in the groups of the settings, and which of them may log in: asked of the directory itself."""

from __future__ import annotations

from functools import lru_cache

from podlaunch_node.ldap import client, directory_faults, directory_link, ends, never_known
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.ldap.client import Entry, Ldap, LdapError
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.settings_document import Directory
from podlaunch_node.system import local_names

# Values of sAMAccountType: a user; a global and a domain-local group, for security or for mail.
USER = b"805306368"
GROUPS = (b"268435456", b"268435457", b"536870912", b"536870913")
DISABLED = 2
RANGE = 200_000
"""How many uids SSSD gives to a piece of a domain: ldap_idmap_range_size."""


def find(node: Node, plan: Plan) -> dict[str, bool]:
    """All members of the settings' groups, nested ones too, by their names as SSSD gives them (in lower case).

    True for those whose account is neither disabled nor expired. Left out are names that nodes never know. A run,
    which is a process of its own, asks once.
    Throws PLN-SEARCH, and the faults of the way to the directory.
    """
    never, now = own_names(node), node.clock()
    known = {
        name: entry for name, entry in _entries(plan).items() if name not in never and not never_known.is_number(name)
    }
    return {name: may_log_in(entry, now) for name, entry in known.items()}


def by_number(plan: Plan) -> dict[int, str]:
    """The names of all members by number_of() their uid, whatever SSSD makes of a name. Throws as find() does."""
    return {rid(entry) % RANGE: name for name, entry in _entries(plan).items()}


def number_of(uid: int) -> int:
    """The part of a uid that comes from the account's SID. Rule: sssd-ldap(5), ID mapping, with the default ranges."""
    return uid % RANGE


def rid(entry: Entry) -> int:
    """The last part of an entry's SID."""
    return int.from_bytes(entry["objectSid"][0][-4:], "little")


def _entries(plan: Plan) -> dict[str, Entry]:
    wanted = plan.settings
    try:
        return _ask(wanted.directory, tuple(group.name for group in wanted.groups), plan.anchor, plan.secret)
    except (LdapError, OSError, ValueError) as error:
        raise directory_faults.of_search(error) from error


@lru_cache(maxsize=1)
def _ask(directory: Directory, groups: tuple[str, ...], anchor: str, secret: BindSecret) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    with directory_link.open_bound(directory, anchor, secret) as ldap:
        for group in groups:
            found |= members(ldap, directory.search_base, group)
    return found


def own_names(node: Node) -> set[str]:
    """Names that are the node's own, whoever in the directory has them too. In lower case."""
    return {name.lower() for name in never_known.users(local_names.read(node))}


def members(ldap: Ldap, base: str, group: str) -> dict[str, Entry]:
    """The entries of a group's members: of nested groups too, and of those whose primary group it is.

    Group by group: the directory's own rule for nested membership looks at every user, and takes
    seconds where there are thousands.
    """
    named = client.all_of(client.equals("objectClass", "group"), client.equals("sAMAccountName", group))
    ahead = ldap.search(base, named, ["objectSid"])
    people: dict[str, Entry] = {}
    seen: set[str] = set()
    wanted = ["sAMAccountName", "sAMAccountType", "objectSid", "userAccountControl", "accountExpires"]
    while ahead:
        entry = ahead.pop()
        dn = entry["dn"][0].decode()
        if dn in seen or "objectSid" not in entry:  # the bind account may not be allowed to read it
            continue
        seen.add(dn)
        primary = client.equals("primaryGroupID", str(rid(entry)))
        belongs = client.any_of(client.equals("memberOf", dn), primary)
        for member in ldap.search(base, belongs, wanted):
            kind = member.get("sAMAccountType", [b""])[0]
            if kind == USER and "sAMAccountName" in member and "objectSid" in member:
                people[member["sAMAccountName"][0].decode().lower()] = member
            elif kind in GROUPS:
                ahead.append(member)
    return people


def may_log_in(entry: Entry, now: float) -> bool:
    """Whether an account is neither disabled nor expired. Rule: MS-ADTS, userAccountControl and accountExpires."""
    is_disabled = int(entry.get("userAccountControl", [b"0"])[0]) & DISABLED
    return not is_disabled and not any(one.at <= now for one in ends.of_account(entry, "an account", ends.EXTEND))
