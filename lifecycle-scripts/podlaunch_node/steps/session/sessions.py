"""Ends, on request, what somebody who may not log in any more left running here: sessions, and what outlived them.

Only on clear evidence: the directory says that the account is disabled, expired or gone, the person is in none of the
groups that may log in here, or (`workerLogin: with-job`) has neither a job on this worker nor sudo. What Slurm started
is left to it, and processes of uids without a name to those who made them (containers).
"""

from __future__ import annotations

from collections.abc import Iterable

from podlaunch_node.faults import Fault
from podlaunch_node.ldap import client, directory_faults, directory_link
from podlaunch_node.ldap.client import LdapError
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.steps.directory.sssd_conf import FIRST_MAPPED_UID
from podlaunch_node.steps.login import people
from podlaunch_node.steps.session import own_job
from podlaunch_node.steps.slurm import slurm_jobs

NAME = "sessions"
MERCY_SECONDS = 5
"""Between the request to end and the order."""


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan. Throws PLN-SEARCH, PLN-JOB, PLN-DRAIN, and the faults of the way to the directory."""
    found = revoked(node, plan) if plan.settings.end_sessions else {}
    return [f"people who may not log in have processes here: {', '.join(sorted(found))}"] if found else []


def apply(node: Node, plan: Plan) -> None:
    """End them: SIGTERM, and SIGKILL for those that are still there. Throws PLN-SESSION where some stay."""
    for signal, seconds in (("TERM", MERCY_SECONDS), ("KILL", MERCY_SECONDS)):
        pids = [pid for theirs in revoked(node, plan).values() for pid in theirs]
        for some in slurm_jobs.batches(pids):
            node.run(["kill", "-s", signal, "--", *some], check=False)
        for _ in range(seconds):
            if not any(node.path(f"/proc/{pid}").exists() for pid in pids):
                return
            node.sleep(1)
    left = check(node, plan)
    if left:
        raise Fault("PLN-SESSION", "; ".join(left), "They do not end: look at them with `ps`, or reboot the node.")


def verify(_node: Node, _plan: Plan) -> None:
    """Nothing is left to look at: apply looks again by itself."""


def revoked(node: Node, plan: Plan) -> dict[str, list[str]]:
    """By name, the processes of those who may not log in here. The directory is asked about nobody else."""
    found = processes(node)
    names = names_of(node, found)
    running = {name: found[uid] for uid, name in names.items()}
    if not running:
        return {}
    directory, now = plan.settings.directory, node.clock()
    try:
        with directory_link.open_bound(directory, plan.anchor, plan.secret) as ldap:
            wanted = ["userAccountControl", "accountExpires"]
            about = {
                name: ldap.search(directory.search_base, client.equals("sAMAccountName", name), wanted)
                for name in running
            }
    except (LdapError, OSError, ValueError) as error:
        raise directory_faults.of_search(error) from error
    barred = {name for name, entries in about.items() if not any(people.may_log_in(one, now) for one in entries)}
    barred |= without_job(node, plan, names)
    return {name: pids for name, pids in running.items() if name in barred or not may_come_in(node, plan, name)}


def may_come_in(node: Node, plan: Plan, name: str) -> bool:
    """Whether somebody is in a group that may log in here; also where the name service does not tell."""
    return _is_in(node, name, [group.name for group in plan.settings.groups_on(plan.node_type)])


def without_job(node: Node, plan: Plan, names: dict[int, str]) -> set[str]:
    """Of these people, by their numbers, those who would need a job here and have none. Throws PLN-JOB, PLN-DRAIN."""
    if not own_job.is_needed(plan.settings, plan.node_type):
        return set()
    owners = own_job.owners(node)
    sudo = [group.name for group in plan.settings.groups if group.sudo]
    return {name for uid, name in names.items() if uid not in owners and not _is_in(node, name, sudo)}


def _is_in(node: Node, name: str, groups: list[str]) -> bool:
    if not groups:
        return False
    lines = node.run(["getent", "group", *groups], check=False).stdout.splitlines()
    theirs = node.run(["id", "--groups", name], check=False).stdout.split()
    return not theirs or not lines or any(line.split(":")[2] in theirs for line in lines)


def processes(node: Node) -> dict[int, list[str]]:
    """Ids of processes outside Slurm by the uid that they run as, of uids that may be the directory's."""
    found: dict[int, list[str]] = {}
    for folder in node.path("/proc").glob("[0-9]*"):
        try:
            uid = folder.stat().st_uid
            if uid >= FIRST_MAPPED_UID and not is_slurm_s((folder / "cgroup").read_text(encoding="utf-8")):
                found.setdefault(uid, []).append(folder.name)
        except OSError:  # it has ended
            continue
    return found


def is_slurm_s(cgroup: str) -> bool:
    """Whether Slurm started a process, by its cgroups. Below user.slice a person may name things."""
    return "slurm" in cgroup and "/user.slice/" not in cgroup


def names_of(node: Node, uids: Iterable[int]) -> dict[int, str]:
    """The names that these numbers have, of those that have one."""
    named = {uid: node.run(["getent", "passwd", str(uid)], check=False).stdout.partition(":")[0] for uid in uids}
    return {uid: name for uid, name in named.items() if name}
