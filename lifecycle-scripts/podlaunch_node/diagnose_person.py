"""The links of `diagnose` that belong to one person's login."""

from __future__ import annotations

import pwd

from podlaunch_node import identity, local_names, never_known, password_state
from podlaunch_node.faults import Fault
from podlaunch_node.ldap_client import Entry, Ldap, LdapError
from podlaunch_node.link import Link, broken, whole
from podlaunch_node.member import Member
from podlaunch_node.node import LIBEXEC, Node

ATTRIBUTES = [*password_state.ATTRIBUTES, "userAccountControl", "accountExpires", "lockoutTime"]
DISABLED = 2


def links(node: Node, me: Member, ldap: Ldap, name: str) -> list[Link]:
    """Account, password, SSSD's view, groups, keys and home of a person; the connection is bound."""
    try:
        entry = password_state.find(ldap, me.directory.search_base, name, ATTRIBUTES)
    except (LdapError, OSError, ValueError) as error:
        return [_broken("account", "PLN-SEARCH", str(error), "Look at the directory's status.")]
    if entry is None:
        return [_broken("account", "PLN-PERSON", f"the directory has no person {name}", "Compare sAMAccountName.")]
    found = [_account(entry, node.clock()), _password(me, entry, node.clock())]
    try:
        known = pwd.getpwnam(name)
    except KeyError:
        return [*found, _unknown(node, name)]
    found.append(whole("user", f"uid {known.pw_uid}, home {known.pw_dir}"))
    return [*found, _member(node, me, name), _keys(node, name), _home(node, known)]


def _unknown(node: Node, name: str) -> Link:
    why = never_known.why_not(name, local_names.read(node))
    if why:
        return _broken("user", "PLN-PERSON", f"{name} {why}: nodes never know it", "Rename the account.")
    return _broken("user", "PLN-SSSD", f"SSSD does not know {name}", f"Run `sss_cache -u {name}`.")


def _account(entry: Entry, now: float) -> Link:
    flags = int(entry.get("userAccountControl", [b"0"])[0])
    expires = int(entry.get("accountExpires", [b"0"])[0])
    if flags & DISABLED:
        return _broken("account", "PLN-PERSON", "is disabled", "Enable it in the directory.")
    if 0 < expires < password_state.NEVER and expires < (now + 11_644_473_600) * 10_000_000:
        return _broken("account", "PLN-PERSON", "has expired", "Extend accountExpires in the directory.")
    if int(entry.get("lockoutTime", [b"0"])[0]) > 0:
        return _broken("account", "PLN-PERSON", "was locked after wrong passwords", "Unlock it, or wait.")
    return whole("account", "enabled")


def _password(me: Member, entry: Entry, now: float) -> Link:
    state = password_state.state_of(entry, now)
    if state:
        both = "passwords and keys" if me.settings.keys_need_password() else "passwords"
        step = "Reset it: aws ds reset-user-password, or an administrator of the domain."
        return _broken("password", "PLN-PERSON", f"{state}: {both} are refused", step)
    if not me.settings.password_login:
        return whole("password", "not asked for: passwordLogin is off")
    return whole("password", "has not expired")


def _member(node: Node, me: Member, name: str) -> Link:
    kind = me.settings.node_types[identity.find(node, patient=False).group]
    mine = set(node.run(["id", "-G", name]).stdout.split())
    allowed = me.settings.groups_on(kind)
    for group in allowed:
        line = node.run(["getent", "group", group.name], check=False).stdout
        if line and line.rsplit(":", 2)[1] in mine:
            return whole("member", f"of {group.name}{', with sudo' if group.sudo else ''}")
    names = ", ".join(group.name for group in allowed) or "(none)"
    return _broken("member", "PLN-MEMBER", f"of none of the groups that may log in here: {names}", "Add the person.")


def _keys(node: Node, name: str) -> Link:
    count = len(node.run([str(node.path(f"{LIBEXEC}/authorized-keys")), name], check=False).stdout.splitlines())
    return whole("keys", f"{count} in the directory")


def _home(node: Node, known: pwd.struct_passwd) -> Link:
    home = node.path(known.pw_dir)
    if not home.exists():
        return whole("home", "is made at the first login")
    owner = home.stat().st_uid
    if owner == known.pw_uid:
        return whole("home", known.pw_dir)
    step = f"Give it to the person (chown -R {known.pw_uid}) or rename it."
    return _broken("home", "PLN-HOME", f"{known.pw_dir} belongs to uid {owner}", step)


def _broken(name: str, code: str, words: str, step: str) -> Link:
    return broken(name, Fault(code, words, step))
