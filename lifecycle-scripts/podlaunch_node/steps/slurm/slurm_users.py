"""People whom slurmctld does not know because it asked before SSSD could answer.

It looks each one up once, when it loads the associations, and again only after an hour. On a replaced controller whose
accounting is elsewhere that is before this node is joined, and every job is refused. A restart loses no job.
"""

from __future__ import annotations

import re

from podlaunch_node.node import STATE, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.steps.slurm import slurm
from podlaunch_node.system import files, services

NAME = "slurm_users"
RESTARTED = f"{STATE}/slurmctld-restarted"
NOT_AGAIN_SECONDS = 3600
PATIENCE = 30
USER = re.compile(r"^\s*UserName=(.+)\((\d+)\)", re.MULTILINE)
NO_UID = 0xFFFFFFFE
ENOUGH = 20
"""So many are asked for by name; one of them that is known here is reason enough."""


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan; only on the controller, and only with accounting. Throws PLN-SLURM."""
    if plan.node_type != "Controller" or not services.is_active(node, "slurmctld"):
        return []
    if not slurm.keeps_accounts(slurm.config(node)):
        return []
    names = unknown(node)
    return [f"slurmctld does not know {len(names)} people who are known here"] if any_known(node, names) else []


def apply(node: Node, _plan: Plan) -> None:
    """Restart slurmctld, so that it looks people up again: once an hour at most. Throws PLN-SLURM."""
    now, last = node.clock(), float(files.read(node, RESTARTED) or 0)
    if now - last >= NOT_AGAIN_SECONDS:
        files.write(node, RESTARTED, f"{now:.0f}", mode=0o600)
        try:
            services.systemctl(node, "restart", "slurmctld")
        except CommandError as error:
            raise slurm.fault(str(error), "journalctl -u slurmctld") from error
        wait(node)
    if any_known(node, unknown(node)):
        raise slurm.fault(
            "slurmctld takes people for unknown who are known here, and refuses their jobs",
            "systemctl restart slurmctld, and read its log: it asks the node's own name service.",
        )


def verify(_node: Node, _plan: Plan) -> None:
    """Nothing is left to look at: apply looks again by itself."""


def unknown(node: Node) -> list[str]:
    """People with an association to whom slurmctld has no uid. Throws PLN-SLURM."""
    shown = slurm.command(node, "scontrol", "show", "assoc_mgr", "flags=users")
    return [name for name, uid in USER.findall(shown) if int(uid) >= NO_UID]


def any_known(node: Node, names: list[str]) -> bool:
    """Whether this node's name service knows one of these people."""
    return bool(names) and bool(node.run(["getent", "passwd", *names[:ENOUGH]], check=False).stdout.strip())


def wait(node: Node) -> None:
    """Until slurmctld answers again, or for half a minute."""
    for _ in range(PATIENCE):
        if "DOWN" not in node.run(["scontrol", "ping"], check=False).stdout:
            return
        node.sleep(1)
