"""The links of `diagnose` that belong to one person's login."""

from __future__ import annotations

import pwd

from podlaunch_node import identity
from podlaunch_node.diagnose import key_values, password_state
from podlaunch_node.diagnose.link import Link, broken, until, whole
from podlaunch_node.diagnose.member import Member
from podlaunch_node.faults import Fault
from podlaunch_node.ldap import ends, never_known
from podlaunch_node.ldap.client import Entry, Ldap, LdapError
from podlaunch_node.node import LIBEXEC, Node
from podlaunch_node.settings_document import NodeType
from podlaunch_node.steps.homes import earlier_home
from podlaunch_node.steps.homes.make_home import has_sudo
from podlaunch_node.steps.session import own_job
from podlaunch_node.system import local_names

ATTRIBUTES = [*password_state.ATTRIBUTES, "userAccountControl", "lockoutTime", key_values.ATTRIBUTE]
DISABLED = 2
RESET = "Reset it: aws ds reset-user-password, or an administrator of the domain."


def links(node: Node, member: Member, ldap: Ldap, name: str) -> list[Link]:
    """Account, password, SSSD's view, groups, keys and home of a person; the connection is bound."""
    try:
        entry = password_state.find(ldap, member.directory.search_base, name, ATTRIBUTES)
    except (LdapError, OSError, ValueError) as error:
        return [_broken("account", "PLN-SEARCH", str(error), "Look at the directory's status.")]
    if entry is None:
        return [_broken("account", "PLN-PERSON", f"the directory has no person {name}", "Compare sAMAccountName.")]
    found = [_account(entry, node.clock()), _password(member, entry, node.clock())]
    try:
        known = pwd.getpwnam(name)
    except KeyError:
        return [*found, _unknown(node, name)]
    found.append(whole("user", f"uid {known.pw_uid}, home {known.pw_dir}"))
    found += [_member(node, member, name), *_job(node, member, known)]
    return [*found, _keys(node, member, name, entry), _home(node, member, known)]


def _unknown(node: Node, name: str) -> Link:
    why = never_known.why_not(name, local_names.read(node))
    if why:
        return _broken("user", "PLN-PERSON", f"{name} {why}: nodes never know it", "Rename the account.")
    return _broken("user", "PLN-SSSD", f"SSSD does not know {name}", f"Run `sss_cache -u {name}`.")


def _account(entry: Entry, now: float) -> Link:
    if "userAccountControl" not in entry:
        message = "the bind account cannot read whether it is disabled"
        return _broken("account", "PLN-RIGHTS", message, "Run `podlaunch-node diagnose` without a name.")
    if int(entry["userAccountControl"][0]) & DISABLED:
        return _broken("account", "PLN-PERSON", "is disabled", "Enable it in the directory.")
    dates = ends.of_account(entry, "it", ends.EXTEND)
    if any(one.at < now for one in dates):
        return _broken("account", "PLN-PERSON", "has expired", "Extend accountExpires in the directory.")
    if int(entry.get("lockoutTime", [b"0"])[0]) > 0:
        return _broken("account", "PLN-PERSON", "was locked after wrong passwords", "Unlock it, or wait.")
    return until("account", "enabled", dates, now)


def _password(member: Member, entry: Entry, now: float) -> Link:
    state = password_state.state_of(entry, now)
    if state:
        both = "passwords and keys" if member.settings.keys_need_password() else "passwords"
        return _broken("password", "PLN-PERSON", f"{state}: {both} are refused", RESET)
    if not member.settings.password_login:
        return whole("password", "not asked for: passwordLogin is off")
    return until("password", "has not expired", ends.of_password(entry, "it", RESET), now)


def _member(node: Node, member: Member, name: str) -> Link:
    kind = _node_type(node, member)
    mine = set(node.run(["id", "-G", name]).stdout.split())
    allowed = member.settings.groups_on(kind)
    for group in allowed:
        line = node.run(["getent", "group", group.name], check=False).stdout
        if line and line.rsplit(":", 2)[1] in mine:
            return whole("member", f"of {group.name}{', with sudo' if group.sudo else ''}")
    names = ", ".join(group.name for group in allowed) or "(none)"
    return _broken("member", "PLN-MEMBER", f"of none of the groups that may log in here: {names}", "Add the person.")


def _node_type(node: Node, member: Member) -> NodeType:
    return member.settings.node_types[identity.find(node, patient=False).group]


def _job(node: Node, member: Member, known: pwd.struct_passwd) -> list[Link]:
    """Where workers are for people with a job: whether this person needs one, and has one."""
    if not own_job.is_needed(member.settings, _node_type(node, member)):
        return []
    if has_sudo(member.settings, known):
        return [whole("job", "needs none: is in a group with sudo")]
    try:
        if known.pw_uid in own_job.owners(node):
            return [whole("job", "runs here")]
    except Fault as fault:
        return [broken("job", fault)]
    step = "Nothing is wrong: a job that runs here lets the person in (workerLogin: with-job)."
    return [_broken("job", "PLN-JOB", "has no running job on this node", step)]


def _keys(node: Node, member: Member, name: str, entry: Entry) -> Link:
    offered = node.run([str(node.path(f"{LIBEXEC}/authorized-keys")), name], check=False).stdout.splitlines()
    reasons = key_values.refused(entry.get(key_values.ATTRIBUTE, []), offered)
    wrong = sorted(reason for reason in reasons if reason)
    if wrong:
        values = "value of altSecurityIdentities is" if len(wrong) == 1 else "values of altSecurityIdentities are"
        message = f"{len(wrong)} {values} not a public key alone ({'; '.join(dict.fromkeys(wrong))})"
        return _broken("keys", "PLN-KEYS", message, "Write each key as one value: TYPE KEY COMMENT, on one line.")
    late = len(reasons)
    soon = (
        f", {late} more within {member.settings.entry_cache_seconds} s, or after `sss_cache -u {name}`" if late else ""
    )
    return whole("keys", f"{len(offered)} in the directory{soon}")


def _home(node: Node, member: Member, known: pwd.struct_passwd) -> Link:
    home, homes = node.path(known.pw_dir), node.path(member.settings.home_root)
    earlier = earlier_home.find(homes, known.pw_uid) if homes.is_dir() and not home.exists() else None
    if earlier:
        message = f"{known.pw_dir} is not made: {earlier} is this person's, from when the account had another name"
        return _broken("home", "PLN-HOME", message, f"Rename it: {earlier_home.advice(earlier, known.pw_dir)}.")
    if not home.exists():
        return whole("home", "is made at the first login")
    owner = home.stat().st_uid
    if owner == known.pw_uid:
        return whole("home", known.pw_dir)
    step = f"Give it to the person (chown -R {known.pw_uid}) or rename it."
    return _broken("home", "PLN-HOME", f"{known.pw_dir} belongs to uid {owner}", step)


def _broken(name: str, code: str, message: str, step: str) -> Link:
    return broken(name, Fault(code, message, step))
