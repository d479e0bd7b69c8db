"""With `workerLogin: with-job`, people come in on a worker only where they have a running job.

PAM asks here behind the gate. Who has sudo needs no job: a worker that is in trouble has none.
"""

from __future__ import annotations

import os
import pwd

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.settings import Settings, kept, parse
from podlaunch_node.settings_document import NodeType
from podlaunch_node.steps.homes.make_home import has_sudo
from podlaunch_node.steps.slurm import slurm_node

TIMEOUT = 10.0
"""Seconds for Slurm's answer: somebody is waiting for a login."""
STATES = "RUNNING,SUSPENDED"


def is_needed(settings: Settings, node_type: NodeType) -> bool:
    """Whether people need a job to log in on this type of node."""
    return settings.worker_login == "with-job" and node_type == "Compute"


def owners(node: Node) -> set[int]:
    """Numbers of the users with a running job on this node. Throws PLN-DRAIN, PLN-JOB where Slurm does not tell."""
    here = slurm_node.find(node)
    if here is None:
        raise _fault("slurmd does not run here, or Slurm does not know this node")
    argv = ["squeue", "--noheader", "--all", f"--nodelist={here.name}", f"--states={STATES}", "--format=%U"]
    try:
        return {int(uid) for uid in node.run(argv, timeout=TIMEOUT).stdout.split()}
    except (CommandError, ValueError) as error:
        raise _fault(str(error)) from error


def _fault(why: str) -> Fault:
    step = "Look at slurmd here and at slurmctld on the controller; members of a group with sudo come in meanwhile."
    return Fault("PLN-JOB", f"Slurm does not tell who has a job on this node: {why}", step)


def main() -> int:
    """Entry of libexec/own-job: PAM_USER is the person. Says on standard output why somebody is refused (1)."""
    node, name = Node(), os.environ.get("PAM_USER", "")
    try:
        person = pwd.getpwnam(name)
        text = kept(node)
        if text is not None and has_sudo(parse(text, "the kept settings"), person):
            return 0
        if person.pw_uid in owners(node):
            return 0
    except (OSError, KeyError, CommandError, Fault):
        print("Slurm does not tell whether you have a job on this node.")
        print(f"Ask the cluster's administrator, who sees why with: podlaunch-node diagnose {name}")
        return 1
    print("You have no running job on this node. On this cluster workers are open only to people with a job there.")
    print("Start one from a login node, for example: srun --pty bash")
    return 1
