"""Nodes in Slurm: a worker that is not joined gets no job, a login node never does. slurmd is up before our script."""

from collections.abc import Iterator

import pytest

from lab import slurm
from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node

JOB = "--immediate=4 --partition=workers id -u"
"""A job that gives up where no node takes it within some seconds."""


@pytest.fixture
def slurmd_first(new_worker: Node) -> Iterator[Node]:
    """A worker that has been replaced: Slurm runs on it and takes jobs, the scripts have not run."""
    slurm.set_up(new_worker)
    slurm.wait_takes_jobs(new_worker)
    yield new_worker


def runs(lab: Lab) -> bool:
    """Whether a researcher's job starts on the worker."""
    said = lab.laptop.key("carol", "login-1", f"srun {JOB}", timeout=60)
    print(said)
    return said.out.strip().isdigit()


def test_before_the_script_a_worker_takes_jobs_and_after_a_fault_it_does_not(lab: Lab, slurmd_first: Node) -> None:
    node = slurmd_first
    assert runs(lab), "slurmd asks no PAM: the check is one"
    lab.vpc.deny("AmazonSSM.GetParameter")
    try:
        assert "PLN-AWS" in node.entry().out
        node.stop_timer()
        assert slurm.state(node, node.name) == ("drained", "podlaunch: this node is not joined to the directory")
        assert not runs(lab)
    finally:
        lab.vpc.allow_all()
    assert node.entry().ok
    node.at_rest()
    slurm.wait_takes_jobs(node)
    assert runs(lab)
    lab.worker_is_whole = True


def test_a_worker_whose_metadata_service_cannot_be_closed_takes_no_job(lab: Lab, worker: Node) -> None:
    machine = worker.machine
    slurm.wait_takes_jobs(worker)
    machine.sh("nft delete table inet podlaunch_metadata; mount --bind /bin/false /usr/sbin/nft")
    try:
        assert "PLN-METADATA" in worker.podlaunch("refresh").out
        worker.stop_timer()
        assert slurm.state(worker, worker.name)[0] == "drained"
        assert not runs(lab)
    finally:
        machine.must("umount", "/usr/sbin/nft")
        assert worker.podlaunch("refresh").ok
    slurm.wait_takes_jobs(worker)


def test_a_drain_of_somebody_else_stays(lab: Lab, worker: Node) -> None:
    drain = ["scontrol", "update", f"nodename={worker.name}"]
    assert slurm.run(worker, *drain, "state=drain", "reason=Action:Replace").ok
    try:
        assert worker.podlaunch("refresh").ok
        assert slurm.state(worker, worker.name) == ("drained", "Action:Replace")
    finally:
        slurm.run(worker, *drain, "state=undrain")
        slurm.wait_takes_jobs(worker)


def test_a_login_node_takes_no_jobs_unless_the_settings_say_so(lab: Lab, login: Node) -> None:
    assert slurm.state(login, login.name) == ("drained", "podlaunch: a login node takes no jobs")
    lab.publish_settings(loginNodeJobs=True)
    try:
        assert login.podlaunch("refresh").ok
        wait_for(lambda: slurm.state(login, login.name) == ("idle", "none"), 60, "the login node takes jobs")
    finally:
        lab.publish_settings()
        assert login.podlaunch("refresh").ok
    assert slurm.state(login, login.name)[0] == "drained"


def test_where_homes_are_local_somebody_s_first_job_on_a_node_finds_one(lab: Lab, login: Node, worker: Node) -> None:
    lab.publish_settings(homeRoot="/home")
    try:
        for node in (login, worker):
            assert node.podlaunch("refresh").ok
            node.wait_online()
        slurm.wait_takes_jobs(worker)
        job = f"{slurm.BIN}/sbatch --wait --output=out.txt --wrap 'pwd; id -un'"
        assert lab.laptop.key("guest26", "login-1", job, timeout=90).ok
        assert worker.machine.read("/home/guest26/out.txt").split() == ["/home/guest26", "guest26"]
    finally:
        lab.publish_settings()
        for node in (login, worker):
            assert node.podlaunch("refresh").ok
            node.machine.sh("find /home -mindepth 1 -maxdepth 1 -uid +199999 -exec rm -r {} +")
