"""The links of `diagnose` that are on the node itself."""

from __future__ import annotations

from collections.abc import Callable

from podlaunch_node.diagnose import status
from podlaunch_node.diagnose.link import Link, broken, whole
from podlaunch_node.diagnose.member import Member
from podlaunch_node.faults import Fault
from podlaunch_node.node import LIBEXEC, Node
from podlaunch_node.run import CommandError
from podlaunch_node.steps.homes import home_directories
from podlaunch_node.steps.login import access, sshd
from podlaunch_node.steps.metadata import metadata_service, metadata_users
from podlaunch_node.system import services


def links(node: Node, member: Member) -> list[Link]:
    """SSSD, groups, keys, sshd, sudo, role, homes, gate and last run, each looked at whatever the others say."""
    looks: tuple[tuple[str, Callable[[Node, Member], str]], ...] = (
        ("sssd", _sssd),
        ("groups", _groups),
        ("keys", _keys),
        ("sshd", _sshd),
        ("sudo", _sudo),
        ("role", _role),
        ("homes", _homes),
        ("gate", _gate),
        ("last run", _last_run),
    )
    return [_look(name, look, node, member) for name, look in looks]


def _look(name: str, look: Callable[[Node, Member], str], node: Node, member: Member) -> Link:
    try:
        return whole(name, look(node, member))
    except Fault as fault:
        return broken(name, fault)
    except CommandError as error:
        return broken(name, Fault("PLN-COMMAND", str(error), "Run this command by hand as root."))


def _sssd(node: Node, _member: Member) -> str:
    if not services.is_active(node, "sssd"):
        raise Fault("PLN-SSSD", "sssd does not run", "Read `journalctl -u sssd`, then `podlaunch-node apply`.")
    return "runs"


def _groups(node: Node, member: Member) -> str:
    unknown = [one.name for one in member.settings.groups if node.run(["getent", "group", one.name], check=False).code]
    if unknown:
        raise Fault(
            "PLN-GROUP",
            f"the directory has no group {', '.join(unknown)}",
            "Make the group in the directory, or correct its name in podlaunch.yaml.",
        )
    return f"the directory has {', '.join(one.name for one in member.settings.groups)}"


def _keys(node: Node, _member: Member) -> str:
    command = node.path(f"{LIBEXEC}/authorized-keys")
    if not command.is_file() or not command.stat().st_mode & 0o111:
        raise Fault("PLN-KEYS", f"{command} cannot be run", "Run `podlaunch-node apply`.")
    return "sshd asks the directory, as nobody"


def _sshd(node: Node, _member: Member) -> str:
    sshd.verify_values(node)
    now = sshd.effective(node)
    limits = [f"{key} {now[key]}" for key in ("allowusers", "allowgroups", "denyusers", "denygroups") if key in now]
    if limits:
        raise Fault(
            "PLN-SSHD",
            f"sshd itself also limits who may log in: {'; '.join(limits)}",
            "Take these lines away: podlaunch decides by /etc/podlaunch/access.conf.",
        )
    sshd.prove(node)
    return "answers, with our values"


def _sudo(node: Node, member: Member) -> str:
    node.run(["visudo", "--check", "--quiet"])
    return f"for {', '.join(one.name for one in member.settings.groups if one.sudo) or 'nobody'}"


def _role(node: Node, member: Member) -> str:
    metadata_service.prove(node, member.settings)
    if member.settings.user_metadata_access == "open":
        return "the node's role is everyone's, by the settings"
    users = ", ".join(map(str, metadata_users.allowed(node, member.settings)))
    return f"the node's role is closed to people and jobs; user numbers that may use it: {users}"


def _homes(node: Node, member: Member) -> str:
    root = member.settings.home_root
    home_directories.require_mount(node, root)
    if not node.path(root).is_dir():
        raise Fault("PLN-HOME", f"{root} is not there", "Run `podlaunch-node apply`.")
    home_directories.require_root_s(node, root)
    return f"below {root}"


def _gate(node: Node, _member: Member) -> str:
    if not access.is_open(node):
        raise Fault("PLN-ACCESS", "closed: this node was never joined", "Run `podlaunch-node apply`.")
    return "open for the settings' groups"


def _last_run(node: Node, _member: Member) -> str:
    last = status.read(node)
    for fault in last["faults"]:
        raise Fault(fault["code"], fault["message"], fault["nextStep"])
    return f"all well at {last['lastRun']}"
