"""What the steps for Slurm share: how slurmctld is set up, and the one fault for all that goes wrong with it."""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError

TIMEOUT = 60.0


def config(node: Node) -> dict[str, str]:
    """slurmctld's settings. Throws PLN-SLURM where it does not answer, or Slurm is not on this node."""
    lines = [line.partition("=") for line in command(node, "scontrol", "show", "config").splitlines()]
    return {key.strip(): value.strip() for key, sign, value in lines if sign}


def keeps_accounts(settings: dict[str, str]) -> bool:
    """Whether slurmctld keeps its accounting in slurmdbd."""
    return "slurmdbd" in settings.get("AccountingStorageType", "")


def command(node: Node, *argv: str) -> str:
    """What a command of Slurm's says. Throws PLN-SLURM unless it ends well."""
    try:
        return node.run(argv, timeout=TIMEOUT).stdout
    except CommandError as error:
        raise fault(str(error)) from error


def fault(why: str, step: str = "Look at slurmctld and slurmdbd, and run the command by hand.") -> Fault:
    """PLN-SLURM."""
    return Fault("PLN-SLURM", why, step)
