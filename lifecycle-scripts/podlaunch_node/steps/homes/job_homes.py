"""Homes for jobs, where homes are local to each node: slurmd asks no PAM, so no login makes one first.

Without a home a job cannot open its output, and fails without a word. On a shared file system the login that submits
the job has made the home already.
"""

from __future__ import annotations

import os
import pwd

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.steps.homes.make_home import make_home
from podlaunch_node.steps.login import people
from podlaunch_node.steps.slurm import slurm_node

NAME = "job_homes"
BATCH = 200


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan; only on nodes that take jobs. Throws the faults of the way to the directory."""
    takes_jobs = plan.node_type != "Controller" and not slurm_node.wanted(plan)
    if not takes_jobs or not are_local(node, plan.settings.home_root):
        return []
    absent = missing(node, plan)
    return [f"{len(absent)} people have no home here for their jobs"] if absent else []


def apply(node: Node, plan: Plan) -> None:
    """Make the homes, without key pairs: those would open nothing but this one node. Throws PLN-HOME."""
    for person in missing(node, plan):
        try:
            make_home(node, person, plan.settings.home_root, key_from=[])
        except (OSError, CommandError) as error:
            raise Fault("PLN-HOME", f"the home of {person.pw_name} cannot be made: {error}", "df; ls -l") from error


def verify(_node: Node, _plan: Plan) -> None:
    """Nothing is left to look at: make_home renames a finished home into its place, or says why not."""


def are_local(node: Node, root: str) -> bool:
    """Whether homes are on the node's own disk."""
    folder = node.path(root)
    return folder.is_dir() and folder.stat().st_dev == node.path("/").stat().st_dev


def missing(node: Node, plan: Plan) -> list[pwd.struct_passwd]:
    """People who may log in and have no home here, as the name service knows them."""
    root = plan.settings.home_root
    may = (name for name, may in people.find(node, plan).items() if may)
    names = [name for name in sorted(may) if not os.path.lexists(node.path(f"{root}/{name}"))]
    found = []
    for at in range(0, len(names), BATCH):
        listed = node.run(["getent", "passwd", "--", *names[at : at + BATCH]], check=False).stdout
        found += [entry(line) for line in listed.splitlines() if line.count(":") == 6]
    return found


def entry(line: str) -> pwd.struct_passwd:
    """One line of passwd."""
    name, password, uid, gid, *rest = line.split(":")
    return pwd.struct_passwd((name, password, int(uid), int(gid), *rest))
