"""Another release: its scripts, its settings."""

import shutil
from typing import Any

from lab import slurm
from lab.paths import CHECKOUT
from rehearsal import cloud, launch, nodes
from rehearsal.world import CONFIGURATION, World

GROUPS: list[dict[str, Any]] = [
    {"name": "ClusterAdmin", "logIn": ["Controller", "Login", "Compute"], "sudo": True},
    {"name": "ClusterDev", "logIn": ["Login"], "sudo": False},
]
"""Members of ClusterDev log in on workers no more."""


def another_release(world: World, stack: str) -> None:
    """Updates the stack to a release with other scripts and settings; nodes take both."""
    with world.times.phase("another release is published, and the stack updated to it"):
        scripts = world.cloud.folder / "lifecycle-scripts"
        shutil.copytree(CHECKOUT / "lifecycle-scripts", scripts, ignore=shutil.ignore_patterns("*cache*"))
        (scripts / "podlaunch_node/__init__.py").open("a").write("\n# Another release.\n")
        directory = {**CONFIGURATION["directory"], "groups": GROUPS}
        version = cloud.publish(
            world.cloud, {**CONFIGURATION, "directory": directory, "lifecycleScripts": scripts.name}
        )
        before = nodes.cluster_of(world.cloud)
        link = cloud.link_of(world.cloud, version, "launchpad")
        kept = dict.fromkeys(launch.fields())
        cloud.make(world.cloud, "update-stack", link, kept)
        after = nodes.cluster_of(world.cloud)
        assert nodes.scripts_of(after) != nodes.scripts_of(before)
    with world.times.phase("a worker that is replaced comes with the new scripts; the others take the new settings"):
        worker, login = world.lab.nodes["worker-1"], world.lab.nodes["login-1"]
        worker.replace()
        slurm.set_up(worker)
        nodes.join(worker, after, world.behind.role)
        versions = {node.name: node.podlaunch("status").out.rpartition("version ")[2] for node in (worker, login)}
        assert versions["worker-1"] != versions["login-1"], versions
        refreshed = login.podlaunch("refresh")
        assert refreshed.ok, refreshed
        said = world.lab.laptop.key(launch.ADMIN, "worker-1", "sudo", "-n", "id", "-un", key=launch.KEY)
        assert said.out.strip() == "root", said


def delete(world: World, stack: str) -> None:
    """Deletes the stack in one go; what it keeps are directory, file system and what these need."""
    with world.times.phase("the stack is deleted, in one go"):
        cloud.delete(world.cloud, stack)
        left = {
            "functions": world.cloud.aws("lambda", "list-functions")["Functions"],
            "load balancers": world.cloud.aws("elbv2", "describe-load-balancers")["LoadBalancers"],
            "certificates": world.cloud.aws("acm", "list-certificates")["CertificateSummaryList"],
            "clusters": world.cloud.aws("sagemaker", "list-clusters")["ClusterSummaries"],
            "roles": world.cloud.aws("iam", "list-roles")["Roles"],
        }
        assert not any(left.values()), left
        assert len(world.cloud.aws("ds", "describe-directories")["DirectoryDescriptions"]) == 1
        assert not world.lab.balancer.machine.run("pgrep", "-x", "haproxy").ok, "it still serves"
