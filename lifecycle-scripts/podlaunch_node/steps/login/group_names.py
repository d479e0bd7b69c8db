"""Names of directory groups that would mean something else on a node: the settings are refused with them."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from podlaunch_node.faults import Fault
from podlaunch_node.ldap import never_known
from podlaunch_node.node import Node
from podlaunch_node.settings import Settings
from podlaunch_node.settings_document import Group
from podlaunch_node.steps.login import sshd
from podlaunch_node.system import local_names


def require_unmistakable(node: Node, wanted: Settings) -> None:
    """Throws PLN-SETTINGS (ours) with every group whose name sudo, PAM or sshd would take for another."""
    found = mistakable(wanted.groups, local_names.read(node).groups)
    if found:
        raise Fault(
            "PLN-SETTINGS",
            f"the node settings name groups that the node would take for others: {'; '.join(found)}",
            "Rename these groups in the directory and in podlaunch.yaml, and update the cluster stack.",
            ours=True,
        )


def mistakable(groups: Iterable[Group], local: Iterable[str]) -> list[str]:
    """What is wrong with the names, one line a name.

    Rules: sudoers(5), `%#` is followed by a gid; pam_access and sudo take blanks at either end away;
    nsswitch.conf asks `files` first, so a group of the node hides one of the directory; sshd's
    `Match Group` is written with sshd.pattern, which must match no group of the node.
    """
    there = sorted(local)
    found = []
    for group in groups:
        hidden = next((one for one in there if fnmatchcase(one.lower(), sshd.pattern(group.name))), None)
        if group.name.startswith("#"):
            found.append(f"{group.name} is a number to sudo")
        elif never_known.is_number(group.name):
            found.append(f"{group.name} has no letter, and would be taken for a number")
        elif group.name != group.name.strip():
            found.append(f"'{group.name}' begins or ends with a blank")
        elif hidden:
            found.append(f"{group.name} cannot be told from the node's own group {hidden}")
    return found
