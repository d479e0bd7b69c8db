"""Who may become root: the groups that the settings say, on the nodes where they may log in."""

from __future__ import annotations

import re
from pathlib import Path

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.system import files

NAME = "sudoers"
FILE = "/etc/sudoers.d/podlaunch"
CONF = "/etc/sudo.conf"

# By default sudo believes the groups that a session began with: who has left a group would go on as root in a session
# that is open. sudo.conf has no folder for drop-ins.
GROUP_SOURCE = "Set group_source dynamic"


def render(plan: Plan) -> str:
    """The drop-in file. Names are in quotes, so that spaces need no escape.

    `match_group_by_gid` makes sudo look up our few groups instead of naming each group of the
    user: faster for people in many groups, and a directory group that is merely called like a
    local one (`sudo`) gains nothing.
    """
    lines = ["# Written by podlaunch-node.", "Defaults match_group_by_gid"]
    for group in plan.settings.groups_on(plan.node_type):
        if group.sudo:
            lines.append(f'"%{group.name}" ALL=(ALL:ALL) NOPASSWD: ALL')
    return "\n".join(lines) + "\n"


def with_group_source(text: str) -> str:
    """sudo.conf with GROUP_SOURCE in the place of another value, or at its end; nothing else is touched."""
    if re.search(rf"^{GROUP_SOURCE}\s*$", text, re.MULTILINE):
        return text
    other = re.compile(r"^[ \t]*Set[ \t]+group_source\b.*$", re.MULTILINE)
    if other.search(text):
        return other.sub(GROUP_SOURCE, text)
    return f"{text.rstrip()}\n{GROUP_SOURCE}\n".lstrip("\n")


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    found = [] if files.matches(node, FILE, render(plan), 0o440) else [f"{FILE} differs"]
    text = files.read(node, CONF) or ""
    return [*found, f"{CONF} does not say `{GROUP_SOURCE}`"] if with_group_source(text) != text else found


def apply(node: Node, plan: Plan) -> None:
    """Write the drop-in after visudo has read it. Throws PLN-SUDO."""
    files.write(node, FILE, render(plan), mode=0o440, validate=lambda path: validate(node, path))
    text = files.read(node, CONF) or ""
    if with_group_source(text) != text:
        files.write(node, CONF, with_group_source(text))


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
