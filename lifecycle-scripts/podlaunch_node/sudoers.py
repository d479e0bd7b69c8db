"""Who may become root: the groups that the settings say, on the nodes where they may log in."""

from __future__ import annotations

from pathlib import Path

from podlaunch_node import files
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError

NAME = "sudoers"
FILE = "/etc/sudoers.d/podlaunch"


def render(plan: Plan) -> str:
    """The drop-in file. Names stand in quotes, so that spaces need no escape.

    `match_group_by_gid` makes sudo look up our few groups instead of naming each group of the
    user: faster for people in many groups, and a directory group that is merely called like a
    local one (`sudo`) gains nothing.
    """
    lines = ["# Written by podlaunch-node.", "Defaults match_group_by_gid"]
    for group in plan.settings.groups_on(plan.node_type):
        if group.sudo:
            lines.append(f'"%{group.name}" ALL=(ALL:ALL) NOPASSWD: ALL')
    return "\n".join(lines) + "\n"


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    return [] if files.is_so(node, FILE, render(plan), 0o440) else [f"{FILE} differs"]


def apply(node: Node, plan: Plan) -> None:
    """Write the drop-in after visudo has read it. Throws PLN-SUDO."""
    files.write(node, FILE, render(plan), mode=0o440, validate=lambda path: validate(node, path))


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-SUDO where sudo's configuration as a whole is not valid."""
    if check(node, plan):
        raise Fault("PLN-SUDO", f"{FILE} is not as it was written", "Run `podlaunch-node apply`.", ours=True)


def validate(node: Node, path: Path) -> None:
    """Throws PLN-SUDO where visudo finds a fault."""
    try:
        node.run(["visudo", "--check", "--quiet", "--file", str(path)])
    except CommandError as error:
        raise Fault("PLN-SUDO", f"sudo refuses its new file: {error}", "Check the groups' names.", ours=True) from error
