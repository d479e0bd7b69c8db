"""Keeps jobs off this node in Slurm: while its gate is closed, and on a login node always.

slurmd asks no PAM, so the gate stops no job. A drained node finishes what runs and gets nothing new.
Only a drain with a reason of ours is ever taken back, and nobody else's reason is replaced: HyperPod
itself speaks by reasons ("Action:Replace").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from podlaunch_node import identity
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.steps.login import access
from podlaunch_node.system import services

NAME = "slurm_node"
OURS = "podlaunch: "
NOT_JOINED = f"{OURS}this node is not joined to the directory"
LOGIN = f"{OURS}a login node takes no jobs"
TIMEOUT = 20.0


@dataclass(frozen=True)
class Drain:
    """This node as Slurm knows it: its name there, whether it is drained, and the reason that is written at it."""

    name: str
    is_drained: bool
    reason: str


def hold(node: Node) -> list[str]:
    """Drain this node unless its gate is open; says what was changed. Throws PLN-DRAIN."""
    return [] if access.is_open(node) else _bring(node, NOT_JOINED)


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan on a node whose gate is open. Throws PLN-DRAIN."""
    now = find(node)
    if now is None or not _differs(now, wanted(plan)):
        return []
    return [f"Slurm has this node as {'drained' if now.is_drained else 'open to jobs'} ({now.reason or 'no reason'})"]


def apply(node: Node, plan: Plan) -> None:
    """Drain or resume this node. Throws PLN-DRAIN."""
    _bring(node, wanted(plan))


def verify(node: Node, plan: Plan) -> None:
    """Nothing is left to look at: check has just asked Slurm, and apply says what Slurm refuses."""


def wanted(plan: Plan) -> str:
    """The reason for which this node is drained once it is joined; '' where it takes jobs."""
    return LOGIN if plan.node_type == "Login" and not plan.settings.login_node_jobs else ""


def find(node: Node) -> Drain | None:
    """This node in Slurm; None where no slurmd runs or Slurm does not know it. Throws PLN-DRAIN."""
    if not services.is_active(node, "slurmd"):
        return None
    name = node.run(["uname", "-n"], check=False).stdout.strip().split(".")[0]
    by_name = _show(node, name)
    if by_name:
        return parse(by_name[0])
    # Clusters that name nodes after HyperPod's instances: then the address tells which one this is.
    mine = identity.addresses(node)
    there = [line for line in _show(node) if set(re.findall(r" NodeAddr=(\S+)", line)) & mine]
    return parse(there[0]) if there else None


def parse(line: str) -> Drain:
    """One line of `scontrol --oneliner show node`."""
    name, state = (_field(line, key) for key in ("NodeName", "State"))
    reason = re.search(r" Reason=(.*?)(?: \[[^\]]*@[^\]]*\])?(?= \w+=|$)", line)
    return Drain(name, "DRAIN" in state.upper(), reason.group(1).strip() if reason else "")


def _field(line: str, key: str) -> str:
    found = re.search(rf"(?:^| ){key}=(\S*)", line)
    return found.group(1) if found else ""


def _differs(now: Drain, reason: str) -> bool:
    if now.reason and not now.reason.startswith(OURS):
        return False
    return now.reason != reason if now.is_drained else bool(reason)


def _bring(node: Node, reason: str) -> list[str]:
    now = find(node)
    if now is None or not _differs(now, reason):
        return []
    state = ["state=drain", f"reason={reason}"] if reason else ["state=undrain"]
    _scontrol(node, "update", f"nodename={now.name}", *state)
    return [f"Slurm: {reason.removeprefix(OURS) or 'this node takes jobs again'}"]


def _show(node: Node, *name: str) -> list[str]:
    return [line for line in _scontrol(node, "--oneliner", "show", "node", *name).splitlines() if "NodeName=" in line]


def _scontrol(node: Node, *arguments: str) -> str:
    try:
        done = node.run(["scontrol", *arguments], check=False, timeout=TIMEOUT)
    except CommandError as error:
        raise _fault(str(error)) from error
    if done.code != 0 and "not found" not in done.stdout + done.stderr:
        raise _fault(
            f"scontrol {' '.join(arguments)}: {(done.stderr or done.stdout).strip() or f'exit code {done.code}'}"
        )
    return done.stdout


def _fault(why: str) -> Fault:
    return Fault(
        "PLN-DRAIN",
        f"Slurm cannot be told whether this node takes jobs: {why}",
        "Look at slurmctld on the controller; by hand: `scontrol update nodename=… state=drain|undrain`.",
    )
