"""From publishing to the first ssh with sudo and the first job."""

import time
from concurrent.futures import ThreadPoolExecutor

from lab import slurm
from lab.directory import public_key
from rehearsal import cloud, nodes
from rehearsal.world import CONFIGURATION, World

ADMIN, KEY = "ada", "alice"
"""The first person, and whose lab key is theirs."""


def first_release(world: World) -> cloud.Link:
    """Publishes a release; gives back the link of its launchpad."""
    with world.times.phase("a release is published to S3, and its link made"):
        cloud.make_bucket(world.cloud)
        version = cloud.publish(world.cloud, CONFIGURATION)
        return cloud.link_of(world.cloud, version, "launchpad")


def launch(world: World, link: cloud.Link) -> dict[str, str]:
    """Follows the link, until the first person has logged in with sudo. Gives back the stack's outputs."""
    began, times = time.monotonic(), world.times
    with (
        times.phase("the stack is made from the link, with two fields filled in"),
        # The certificate is made as it would have been then, so that it is due to be renewed today.
        world.cloud.clock_of("CertificateFunction", -300),
    ):
        outputs = cloud.make(world.cloud, "create-stack", link, fields())
    with times.phase("three nodes fetch their scripts with the stack's role, and join"):
        join_all(world)
    with times.phase("the first person logs in by the key of the form, and is root by sudo"):
        said = world.lab.laptop.key(ADMIN, "login-1", "id -un; sudo -n id -un", key=KEY)
        assert said.out.split() == [ADMIN, "root"], said
    times.note("from the link to ssh", time.monotonic() - began)
    with times.phase("a job of theirs runs on the worker"):
        slurm.wait_takes_jobs(world.lab.nodes["worker-1"])
        job = world.lab.laptop.key(ADMIN, "login-1", "srun", "hostname", key=KEY)
        assert job.out.strip() == "worker-1", job
    return outputs


def fields() -> dict[str, str | None]:
    """What the launcher types."""
    return {"AdminUser": ADMIN, "AdminPublicKey": public_key(KEY)}


def join_all(world: World) -> None:
    """SageMaker's part: every node at the same time."""
    cluster = nodes.cluster_of(world.cloud)
    with ThreadPoolExecutor() as pool:
        done = [pool.submit(nodes.join, node, cluster, world.behind.role) for node in world.lab.nodes.values()]
        for each in done:
            each.result()
