"""The gate: which groups of the directory may log in on this node. Closed until the node is joined.

PAM asks here for every account that is not the node's own, whatever the way in (sshd, su, cron).
"""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.node import ETC, Node
from podlaunch_node.plan import Plan
from podlaunch_node.system import files

NAME = "access"
FILE = f"{ETC}/access.conf"
REFUSED = f"{ETC}/refused.txt"
CLOSED = "# Written by podlaunch-node. Closed: this node is not joined to the directory yet.\n-:ALL:ALL\n"
CLOSED_WORDS = "This node is not joined to the directory yet. Its administrator sees why: podlaunch-node status\n"


def render(plan: Plan) -> str:
    """access.conf of pam_access: one line a group, then everyone else is refused."""
    lines = ["# Written by podlaunch-node: who may log in. Names are separated by commas (listsep)."]
    lines += [f"+:({group.name}):ALL" for group in plan.settings.groups_on(plan.node_type)]
    return "\n".join([*lines, "-:ALL:ALL"]) + "\n"


def render_refused(plan: Plan) -> str:
    """What somebody reads who is refused. A percent sign would be a pam_echo escape."""
    names = [group.name.replace("%", "%%") for group in plan.settings.groups_on(plan.node_type)]
    kind = plan.node_type.lower()
    if not names:
        return f"No group of the directory may log in on a {kind} node of this cluster.\n"
    return f"%u is in none of the groups that may log in on a {kind} node of this cluster: {', '.join(names)}.\n"


def close_unless_open(node: Node) -> None:
    """Before anything else is done: a node that was never joined has a closed gate."""
    if files.read(node, FILE) is None:
        close(node)


def close(node: Node) -> None:
    """Let nobody of the directory in, until the node is well and the gate opens again."""
    files.write(node, REFUSED, CLOSED_WORDS)
    files.write(node, FILE, CLOSED)


def is_open(node: Node) -> bool:
    """Whether the gate was ever opened: whether this node has been a member of the directory."""
    return files.read(node, FILE) not in (None, CLOSED)


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    wanted = ((FILE, render(plan)), (REFUSED, render_refused(plan)))
    return [f"{path} differs" for path, text in wanted if not files.matches(node, path, text, 0o644)]


def apply(node: Node, plan: Plan) -> None:
    """Open the gate for the plan's groups."""
    files.write(node, REFUSED, render_refused(plan))
    files.write(node, FILE, render(plan))


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-ACCESS where the gate is not as the plan says."""
    if check(node, plan):
        raise Fault("PLN-ACCESS", f"{FILE} is not as it was written", "Run `podlaunch-node apply`.", ours=True)
