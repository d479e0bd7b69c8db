"""A Slurm account and an association for each person who may log in, where accounting is on.

Who may not log in any more keeps the association, because jobs hang on it, with GrpSubmitJobs and GrpJobs at 0:
where slurmctld enforces limits, nothing new is submitted and nothing that waits is started.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.steps.login import people
from podlaunch_node.steps.slurm import slurm

NAME = "slurm_accounts"
ACCOUNT = "directory"
BATCH = 200
# Limits of one person's association that hardly anybody else sets: 0 says that we have shut it.
SHUT = ("GrpSubmitJobs=0", "GrpJobs=0")
OPEN = ("GrpSubmitJobs=-1", "GrpJobs=-1")


@dataclass(frozen=True)
class Association:
    """A person's place in an account; the name in lower case."""

    account: str
    user: str
    is_shut: bool


@dataclass(frozen=True)
class Work:
    """What is to be done, by name, sorted."""

    add: list[str]
    shut: list[str]
    open: list[str]

    def summary(self) -> list[str]:
        """One line for each kind of work."""
        parts = (
            (self.add, "have no Slurm association"),
            (self.shut, "who may not log in can still submit jobs"),
            (self.open, "who may log in again cannot submit jobs yet"),
        )
        return [f"{len(names)} people {what}" for names, what in parts if names]


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan. Only the controller, and only with accounting, has anything to do.

    Throws PLN-SLURM, also where there is no Slurm to ask, and the faults of the way to the directory.
    """
    cluster = cluster_with_accounts(node, plan)
    return look(node, plan, cluster).summary() if cluster else []


def apply(node: Node, plan: Plan) -> None:
    """Add the account and what is missing under it; shut and open. Throws PLN-SLURM, also where work is left."""
    cluster = cluster_with_accounts(node, plan)
    add = ["sacctmgr", "--immediate", "--quiet", "add"]
    node.run([*add, "account", ACCOUNT, "Description=people of the directory", f"cluster={cluster}"], check=False)
    work = look(node, plan, cluster)
    for names in batches(work.add):
        node.run([*add, "user", f"name={names}", f"account={ACCOUNT}", f"cluster={cluster}"], check=False)
    for every, limits in ((work.shut, SHUT), (work.open, OPEN)):
        for names in batches(every):
            where = ["where", f"name={names}", f"cluster={cluster}"]
            node.run(["sacctmgr", "--immediate", "--quiet", "modify", "user", *where, "set", *limits], check=False)
    left = look(node, plan, cluster).summary()
    if left:
        raise slurm.fault("; ".join(left), "Look at slurmdbd and `sacctmgr show associations`.")


def verify(_node: Node, _plan: Plan) -> None:
    """Nothing is left to look at: check has just looked, and apply looks again. Each look asks the whole directory."""


def cluster_with_accounts(node: Node, plan: Plan) -> str:
    """Slurm's name of the cluster; '' where this node has no accounts to keep. Throws PLN-SLURM."""
    if not plan.settings.slurm_accounts or plan.node_type != "Controller":
        return ""
    settings = slurm.config(node)
    return settings["ClusterName"] if slurm.keeps_accounts(settings) else ""


def look(node: Node, plan: Plan, cluster: str) -> Work:
    """Compare the directory with Slurm's associations. Throws PLN-SLURM, and the link's faults."""
    with ThreadPoolExecutor() as pool:
        found = pool.submit(people.find, node, plan)
        associated = associations(node, cluster)
        return compare(found.result(), associated, people.own_names(node))


def compare(found: dict[str, bool], associated: list[Association], own: set[str]) -> Work:
    """The work that leads from these associations to these people.

    A name with a comma or a quote cannot be a Slurm user. Where the directory shows no member at all, nobody is
    shut out: that is a fault of the reading.
    """
    wanted = {name for name, may in found.items() if may and not set(name) & set(",'\"")}
    ours = {one.user for one in associated if one.account == ACCOUNT}
    revoked = ours - wanted - own if found else set()
    return Work(
        add=sorted(wanted - ours),
        shut=sorted(revoked & {one.user for one in associated if not one.is_shut}),
        open=sorted(wanted & {one.user for one in associated if one.is_shut}),
    )


def associations(node: Node, cluster: str) -> list[Association]:
    """The associations of people with this cluster. Throws PLN-SLURM."""
    show = ["sacctmgr", "--noheader", "--parsable2", "show", "associations", f"cluster={cluster}"]
    listed = slurm.command(node, *show, "format=account,user,grpsubmitjobs,grpjobs")
    rows = [line.split("|") for line in listed.splitlines()]
    return [Association(row[0], row[1].lower(), row[2:4] == ["0", "0"]) for row in rows if row[1]]


def batches(names: list[str]) -> list[str]:
    """Names joined by commas, no more at once than a command line takes."""
    return [",".join(names[at : at + BATCH]) for at in range(0, len(names), BATCH)]
