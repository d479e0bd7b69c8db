"""Jobs of directory users, with Slurm in /opt/slurm and accounting as HyperPod sets it up."""

from lab import slurm
from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.people import NODES_OWN, OU


def associated(controller: Node) -> set[str]:
    """Who has an association."""
    return set(slurm.run(controller, "sacctmgr", "-nP", "show", "associations", "format=user").out.split())


def users(controller: Node) -> str:
    """Whom slurmctld knows, with their uids."""
    return slurm.run(controller, "scontrol", "show", "assoc_mgr", "flags=users").out


def test_members_of_the_groups_have_an_account_and_an_association(controller: Node) -> None:
    wait_for(lambda: {"alice", "bob", "carol"} <= associated(controller), 60, "associations of the groups' members")
    assert "eve" not in associated(controller)


def test_a_directory_account_called_like_a_user_of_the_node_has_none(controller: Node) -> None:
    assert not associated(controller) & set(NODES_OWN)


def test_a_job_of_a_directory_user_writes_to_the_shared_folder(lab: Lab, login: Node, worker: Node) -> None:
    machine = worker.machine
    slurm.wait_takes_jobs(worker)
    job = "sbatch --wait -o job.out --wrap 'id -un; hostname; echo written > /fsx/home/carol/by-job'"
    said = lab.laptop.key("carol", "login-1", f"cd /fsx/home/carol && {job} && cat job.out", timeout=120)
    assert said.ok, said
    assert said.out.split()[-2:] == ["carol", "worker-1"]
    assert machine.must("stat", "-c", "%U", "/fsx/home/carol/by-job").strip() == "carol"


def test_the_job_s_output_has_the_same_owner_on_every_node(lab: Lab, login: Node) -> None:
    owners = {node.machine.must("stat", "-c", "%U %u", "/fsx/home/carol/by-job") for node in lab.nodes.values()}
    assert len(owners) == 1


def test_somebody_who_joins_a_group_later_can_run_jobs_after_the_controller_s_next_refresh(
    lab: Lab, login: Node, worker: Node, controller: Node
) -> None:
    dev, eve = f"CN=ClusterDev,OU=Groups,{OU}", f"CN=eve,OU=Users,{OU}"
    try:
        lab.directory.modify(dev, "add", "member", eve)
        controller.machine.must("systemctl", "start", "podlaunch-refresh.service")  # with its own environment
        assert "eve" in associated(controller)
        for node in (login, worker, controller):
            node.forget_cache()
        wait_for(lambda: lab.laptop.key("eve", "login-1").ok, 30, "eve is let in")
        with slurm.enforced(controller):
            slurm.wait_takes_jobs(worker)
            assert lab.laptop.key("eve", "login-1", "srun", "id", "-un", timeout=60).out.strip() == "eve"
    finally:
        lab.directory.modify(dev, "delete", "member", eve)
        assert controller.podlaunch("refresh").ok
        slurm.run(controller, "sacctmgr", "-i", "delete", "user", "eve")
        for node in (login, worker, controller):
            node.forget_cache()


def test_a_job_of_an_administrator_from_the_controller(lab: Lab, controller: Node, worker: Node) -> None:
    slurm.wait_takes_jobs(worker)
    assert lab.laptop.key("alice", "controller-1", "srun", "hostname", timeout=60).out.strip() == "worker-1"


def test_a_job_never_fails_because_accounts_cannot_be_made(lab: Lab, controller: Node, worker: Node) -> None:
    controller.machine.must("systemctl", "stop", "slurmdbd")
    try:
        assert controller.podlaunch("apply").ok
        assert "PLN-SLURM" in controller.podlaunch("status").out
        assert lab.laptop.key("carol", "login-1", "srun", "true", timeout=60).ok
    finally:
        controller.machine.must("systemctl", "start", "slurmdbd")
        answers = lambda: slurm.run(controller, "sacctmgr", "-n", "list", "cluster").ok  # noqa: E731
        wait_for(answers, 60, "slurmdbd answers")
    assert controller.podlaunch("refresh").ok, "or it would try again by itself in a minute, amid another check"


def test_slurmctld_that_was_there_before_sssd_learns_whom_it_does_not_know(
    lab: Lab, controller: Node, worker: Node
) -> None:
    machine = controller.machine
    controller.stop_timer()  # or its own run may restart slurmctld amid this one
    with slurm.enforced(controller):
        machine.sh(
            "rm -f /var/lib/podlaunch/slurmctld-restarted; systemctl stop slurmctld sssd;"
            "rm -f /var/lib/sss/db/* /var/lib/sss/mc/*; systemctl start slurmctld"
        )
        try:
            wait_for(lambda: "UserName=carol(4294967294)" in users(controller), 60, "slurmctld has looked for carol")
            # While SSSD is away: slurmctld may look her up once more when slurmdbd was slow to answer.
            assert "Invalid account" in lab.laptop.key("carol", "login-1", "srun", "id", "-un").err
        finally:
            machine.must("systemctl", "start", "sssd")
        controller.wait_online()
        assert controller.podlaunch("refresh").ok
        slurm.wait_takes_jobs(worker)
        assert lab.laptop.key("carol", "login-1", "srun", "id", "-un", timeout=60).out.strip() == "carol"
