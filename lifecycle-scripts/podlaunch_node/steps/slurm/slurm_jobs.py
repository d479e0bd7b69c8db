"""Jobs of people who may not log in any more: held, ended or left to finish, whether accounting is on or not.

What such a person submits later (a job that submits itself) is cancelled at the next refresh. Where slurmctld
enforces limits it is refused at once; see slurm_accounts.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace

from podlaunch_node.node import STATE, Node
from podlaunch_node.plan import Plan
from podlaunch_node.steps.directory.sssd_conf import FIRST_MAPPED_UID
from podlaunch_node.steps.login import people
from podlaunch_node.steps.slurm import slurm
from podlaunch_node.system import files, services

NAME = "slurm_jobs"
KEPT = f"{STATE}/revoked.json"
BATCH = 200
ROUNDS = 5
"""A job that is being cancelled may have submitted another one in that moment."""
TIME = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True)
class Job:
    """A job in the queue. An array that waits is one job."""

    id: str
    uid: int
    user: str
    is_waiting: bool
    submitted: float


@dataclass
class Revoked:
    """Since when we know that somebody may not log in any more, and which jobs we hold for that."""

    since: float
    held: list[str] = field(default_factory=list)


@dataclass
class Known:
    """What the controller knew when it last looked: who may log in, and who may not any more."""

    active: list[str] = field(default_factory=list)
    revoked: dict[str, Revoked] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """Ids of jobs, and what is known afterwards."""

    known: Known
    is_news: bool
    cancel: list[str] = field(default_factory=list)
    hold: list[str] = field(default_factory=list)
    release: list[str] = field(default_factory=list)

    def summary(self) -> list[str]:
        """One line for each kind of work."""
        parts = (
            (self.cancel, "of people who may not log in are to be cancelled"),
            (self.hold, "of people who may not log in still wait for their turn"),
            (self.release, "of people who may log in again are held"),
        )
        found = [f"{len(ids)} jobs {what}" for ids, what in parts if ids]
        return found or (["other people than before may log in"] if self.is_news else [])


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan; only on the controller. Throws PLN-SLURM, and the link's faults."""
    work = look(node, plan)
    return work.summary() if work else []


def apply(node: Node, plan: Plan) -> None:
    """Hold, cancel and release until nothing is left to do. Throws PLN-SLURM."""
    for _ in range(ROUNDS):
        work = look(node, plan)
        if work is None or not work.summary():
            return
        keep(node, work.known)
        for verb, ids in (("hold", work.hold), ("release", work.release)):
            for some in batches(ids):
                node.run(["scontrol", verb, ",".join(some)], check=False)
        for some in batches(work.cancel):
            node.run(["scancel", "--quiet", *some], check=False)
    raise slurm.fault("jobs of people who may not log in do not end", "Look at `squeue`, and run `scancel` by hand.")


def verify(_node: Node, _plan: Plan) -> None:
    """Nothing is left to look at: apply looks again by itself."""


def look(node: Node, plan: Plan) -> Work | None:
    """Compare the queue with the directory; None where this is not for us to do, or nobody at all is a member: that
    is a fault of the reading. Throws PLN-SLURM, and the link's faults.
    """
    if plan.node_type != "Controller" or not services.is_active(node, "slurmctld"):
        return None
    found = people.find(node, plan)
    active = {name for name, may in found.items() if may}
    if not active:
        return None
    jobs = [known_as(job, found, people.by_number(plan)) for job in queue(node)]
    return compare(jobs, active, kept(node), node.clock(), plan.settings.revoked_jobs == "cancel")


def compare(jobs: list[Job], active: set[str], before: Known, now: float, cancel_all: bool) -> Work:
    """The work that these jobs need.

    Somebody is revoked from the moment on that the controller first sees it. What was submitted before may finish,
    unless all is to be cancelled, but does not begin any more.
    """
    gone = {name: Revoked(now) for name in set(before.active) - active}
    gone |= {name: Revoked(one.since, list(one.held)) for name, one in before.revoked.items() if name not in active}
    work = Work(Known(sorted(active), gone), is_news=False)
    for job in jobs:
        if job.user in active:
            if job.user in before.revoked and job.id in before.revoked[job.user].held:
                work.release.append(job.id)
            continue
        person = gone.setdefault(job.user, Revoked(now))
        if cancel_all or job.submitted > person.since:
            work.cancel.append(job.id)
        elif job.is_waiting and job.id not in person.held:
            work.hold.append(job.id)
            person.held.append(job.id)
    return replace(work, is_news=work.known != before)


def queue(node: Node) -> Iterator[Job]:
    """Jobs of the directory's people that wait or run. Throws PLN-SLURM."""
    listed = slurm.command(node, "squeue", "--noheader", "--all", "--format=%A|%U|%T|%V|%u")
    for line in listed.splitlines():
        job, uid, state, submitted, user = line.split("|", 4)
        if int(uid) >= FIRST_MAPPED_UID and state != "COMPLETING":
            at = time.mktime(time.strptime(submitted, TIME))
            yield Job(job, int(uid), user.strip().lower(), state == "PENDING", at)


def known_as(job: Job, found: dict[str, bool], by_number: dict[int, str]) -> Job:
    """The job with its owner's name in the directory, where Slurm shows another (a number, an earlier name): nobody
    is taken for somebody else, and so for revoked, because of a name.
    """
    if job.user in found:
        return job
    return replace(job, user=by_number.get(people.number_of(job.uid), job.user))


def kept(node: Node) -> Known:
    """What was known when the controller last looked; nothing where that cannot be read."""
    try:
        found = json.loads(files.read(node, KEPT) or "{}")
        return Known(found.get("active", []), {name: Revoked(**one) for name, one in found.get("revoked", {}).items()})
    except (ValueError, TypeError, AttributeError):
        return Known()


def keep(node: Node, known: Known) -> None:
    """Remember it for the next run. Throws PLN-DISK."""
    files.write(node, KEPT, json.dumps(asdict(known)), mode=0o600)


def batches(ids: list[str]) -> list[list[str]]:
    """No more at once than a command line takes."""
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
