"""Jobs of directory users, with accounting on and an association demanded."""

from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.people import OU


def test_members_of_the_groups_have_an_account_and_an_association(controller: Node) -> None:
    def associated() -> set[str]:
        listed = controller.machine.run("sacctmgr", "-nP", "list", "associations", "format=user")
        return set(listed.out.split())

    wait_for(lambda: {"alice", "bob", "carol"} <= associated(), 60, "associations of the groups' members")
    assert "eve" not in associated()


def test_a_job_of_a_directory_user_writes_to_the_shared_folder(lab: Lab, login: Node, worker: Node) -> None:
    machine = worker.machine
    wait_for(lambda: "idle" in machine.run("sinfo", "-h", "-o", "%t").out.split(), 60, "the worker is idle")
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
        assert controller.podlaunch("refresh").ok
        for node in (login, worker, controller):
            node.forget_cache()
        wait_for(lambda: lab.laptop.key("eve", "login-1").ok, 30, "eve is let in")
        assert lab.laptop.key("eve", "login-1", "srun", "id", "-un", timeout=60).out.strip() == "eve"
    finally:
        lab.directory.modify(dev, "delete", "member", eve)
        controller.machine.run("sacctmgr", "-i", "delete", "user", "eve")
        for node in (login, worker, controller):
            node.forget_cache()


def test_a_job_of_an_administrator_from_the_controller(lab: Lab, controller: Node, worker: Node) -> None:
    assert lab.laptop.key("alice", "controller-1", "srun", "hostname", timeout=60).out.strip() == "worker-1"


def test_a_job_never_fails_because_accounts_cannot_be_made(lab: Lab, controller: Node) -> None:
    controller.machine.must("systemctl", "stop", "slurmdbd")
    try:
        assert controller.podlaunch("apply").ok
        assert lab.laptop.key("carol", "login-1", "srun", "true", timeout=60).ok
    finally:
        controller.machine.must("systemctl", "start", "slurmdbd")
        wait_for(lambda: controller.machine.run("sacctmgr", "-n", "list", "cluster").ok, 60, "slurmdbd answers")
    assert controller.podlaunch("refresh").ok, "or it would try again by itself in a minute, amid another check"
