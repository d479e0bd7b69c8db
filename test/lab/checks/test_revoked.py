"""Who may not log in any more: no new jobs, nothing that waits is started, and on request all of it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from lab import slurm
from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.people import DISABLED, NORMAL, OU

WHO = "guest27"
HOME = f"/fsx/home/{WHO}"
AGAIN = f"""#!/bin/sh
echo ran >>{HOME}/ran
sleep 1
{slurm.BIN}/sbatch --partition=workers --output=/dev/null {HOME}/again.sh
"""
"""A job that submits itself: access to the cluster that needs no login."""


@pytest.fixture
def somebody(lab: Lab, login: Node, worker: Node, controller: Node) -> Iterator[Node]:
    """Somebody with an open account. Gives back the controller; afterwards no job of theirs is left."""
    assert lab.laptop.key(WHO, "login-1").ok
    slurm.wait_takes_jobs(worker)
    yield controller
    lab.publish_settings()
    slurm.run(controller, "scancel", "--user", WHO)
    wait_for(lambda: jobs(controller) == [], 60, "no job is left")
    assert controller.podlaunch("refresh").ok


BECOME = f"setpriv --reuid {WHO} --regid $(id -g {WHO}) --init-groups"


@contextmanager
def disabled(lab: Lab) -> Iterator[None]:
    """While their account is disabled."""
    dn = f"CN={WHO},OU=Users,{OU}"
    lab.directory.modify(dn, "replace", "userAccountControl", str(NORMAL | DISABLED))
    try:
        yield
    finally:
        lab.directory.modify(dn, "replace", "userAccountControl", str(NORMAL))


def jobs(controller: Node) -> list[str]:
    """States and reasons of their jobs."""
    return slurm.run(controller, "squeue", "-h", "--user", WHO, "-o", "%T %r").out.splitlines()


def submit(node: Node, *words: str) -> bool:
    """Whether a process of theirs, in a session that is open still, can submit a job."""
    command = f"{slurm.BIN}/sbatch --partition=workers --output=/dev/null {' '.join(words)}"
    return node.machine.run("sh", "-c", f"cd /tmp; exec {BECOME} {command}").ok


def test_a_job_that_submits_itself_ends_though_slurm_enforces_nothing(lab: Lab, login: Node, somebody: Node) -> None:
    login.machine.write(f"{HOME}/again.sh", AGAIN, "755", WHO)
    assert submit(login, f"{HOME}/again.sh")
    wait_for(lambda: login.machine.run("cat", f"{HOME}/ran").out.count("ran") > 1, 30, "it submits itself")
    with disabled(lab):
        assert somebody.podlaunch("refresh").ok
        wait_for(partial(ended, somebody), 60, "the chain has ended", pause=1)
        ran = login.machine.read(f"{HOME}/ran")
        assert submit(login, "--wrap=true"), "nothing refuses it: AWS enforces no limits"
        assert ended(somebody)
        assert login.machine.read(f"{HOME}/ran") == ran


def ended(controller: Node) -> bool:
    """Whether a refresh leaves nothing that could run: what was submitted since the last one is cancelled."""
    return controller.podlaunch("refresh").ok and set(jobs(controller)) <= {"PENDING JobHeldAdmin"}


def test_what_runs_may_finish_and_what_waits_is_held_until_they_are_back(lab: Lab, login: Node, somebody: Node) -> None:
    assert submit(login, "--exclusive", "--wrap='sleep 600'")
    wait_for(lambda: jobs(somebody) == ["RUNNING None"], 30, "it runs")
    assert submit(login, "--exclusive", "--wrap=true")
    with disabled(lab):
        assert somebody.podlaunch("refresh").ok
        assert sorted(jobs(somebody)) == ["PENDING JobHeldAdmin", "RUNNING None"]
        assert "nothing to change" in somebody.podlaunch("refresh").out
    assert somebody.podlaunch("refresh").ok
    assert "PENDING JobHeldAdmin" not in jobs(somebody)


def test_all_jobs_end_where_the_settings_say_so(lab: Lab, login: Node, somebody: Node) -> None:
    assert submit(login, "--exclusive", "--wrap='sleep 600'")
    wait_for(lambda: jobs(somebody) == ["RUNNING None"], 30, "it runs")
    lab.publish_settings(revokedJobs="cancel")
    with disabled(lab):
        assert somebody.podlaunch("refresh").ok
        wait_for(lambda: jobs(somebody) == [], 30, "it was cancelled")


def test_where_slurm_enforces_limits_nobody_revoked_submits(lab: Lab, login: Node, somebody: Node) -> None:
    with slurm.enforced(somebody):
        assert submit(login, "--wrap=true")
        with disabled(lab):
            assert somebody.podlaunch("refresh").ok
            assert not submit(login, "--wrap=true")
        assert somebody.podlaunch("refresh").ok
        assert submit(login, "--wrap=true")


def leave_running(node: Node, who: str, seconds: int) -> None:
    """Starts a process of somebody's that outlives its session."""
    node.machine.sh(f"{BECOME.replace(WHO, who)} setsid sleep {seconds} </dev/null >/dev/null 2>&1 &")
    wait_for(lambda: lasts(node, seconds), 10, "it runs")


def lasts(node: Node, seconds: int) -> bool:
    """Whether that process is there."""
    return node.machine.run("pgrep", "-f", f"^sleep {seconds}").ok


def test_workers_are_for_people_with_a_job_there_on_request(lab: Lab, worker: Node, somebody: Node) -> None:
    come_in = partial(lab.laptop.key, WHO, "worker-1")
    lab.publish_settings(workerLogin="with-job", endSessions=True)
    try:
        assert worker.podlaunch("refresh").ok
        refused = come_in()
        assert not refused.ok
        assert "no running job on this node" in refused.out + refused.err, refused
        assert not worker.machine.run("su", "-", WHO, "-c", "true").ok
        assert lab.laptop.key("alice", "worker-1").ok, "who has sudo needs none"
        assert lab.laptop.key("ubuntu", "worker-1").ok
        assert submit(lab.nodes["login-1"], "--wrap='sleep 300'")
        wait_for(lambda: come_in().ok, 60, "they come in beside their job")
        leave_running(worker, WHO, 603)
        assert worker.podlaunch("refresh").ok
        assert lasts(worker, 603)
        slurm.run(somebody, "scancel", "--user", WHO)
        wait_for(lambda: not come_in().ok, 60, "without the job they stay out")
        assert worker.podlaunch("refresh").ok
        assert not lasts(worker, 603), "what they left ends with endSessions"
    finally:
        lab.publish_settings()
        assert worker.podlaunch("refresh").ok
    assert come_in().ok


def test_what_they_left_running_ends_on_request(lab: Lab, login: Node, somebody: Node) -> None:
    leave_running(login, WHO, 601)
    leave_running(login, "carol", 602)
    with disabled(lab):
        assert login.podlaunch("refresh").ok
        assert lasts(login, 601), "only on request"
        lab.publish_settings(endSessions=True)
        assert login.podlaunch("refresh").ok
        assert not lasts(login, 601)
        assert lasts(login, 602), "other people's processes stay"
    login.machine.sh("pkill -f '^sleep 602'")
    lab.publish_settings()
    assert login.podlaunch("refresh").ok
