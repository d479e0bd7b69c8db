"""People come in on a worker only with a job of theirs there, where the settings say so."""

import os
import pwd
from pathlib import Path

import pytest
from podlaunch_node import settings
from podlaunch_node.faults import Fault
from podlaunch_node.run import Done
from podlaunch_node.steps.session import own_job
from support import Answer, Commands, document, make_node, plan

ASK = "squeue --noheader --all --nodelist=worker-1 --states=RUNNING,SUSPENDED --format=%U"
SLURM: dict[str, Answer | str] = {
    "systemctl is-active slurmd": "active\n",
    "uname -n": "worker-1.us-west-2.compute.internal\n",
    "scontrol --oneliner show node worker-1": "NodeName=worker-1 State=MIXED \n",
    ASK: "990201101\n990201102\n990201101\n",
}
SILENT = Done(1, "", "Unable to contact slurm controller")


def test_only_on_workers_and_only_where_the_settings_say_so() -> None:
    for group, needed in (("controller", False), ("login", False), ("worker", True)):
        wanted = plan(group, workerLogin="with-job")
        assert own_job.is_needed(wanted.settings, wanted.node_type) is needed
    assert not own_job.is_needed(plan("worker").settings, "Compute")


def test_who_has_a_job_here_is_asked_of_slurm_by_number(tmp_path: Path) -> None:
    assert own_job.owners(make_node(tmp_path, Commands(SLURM))) == {990201101, 990201102}
    assert own_job.owners(make_node(tmp_path, Commands({**SLURM, ASK: ""}))) == set()


@pytest.mark.parametrize("answer", [{ASK: SILENT}, {ASK: "what?\n"}, {"systemctl is-active slurmd": "inactive\n"}])
def test_a_slurm_that_does_not_tell_is_a_fault(tmp_path: Path, answer: dict[str, Answer | str]) -> None:
    with pytest.raises(Fault, match="PLN-JOB"):
        own_job.owners(make_node(tmp_path, Commands({**SLURM, **answer})))


@pytest.mark.parametrize(
    ("uid", "sudo", "more", "code", "words"),
    [
        (990201101, False, {}, 0, ""),
        (990201103, False, {}, 1, "You have no running job on this node"),
        (990201103, True, {}, 0, ""),
        (990201101, False, {ASK: SILENT}, 1, "Slurm does not tell whether you have a job on this node"),
        (990201103, True, {ASK: SILENT}, 0, ""),
    ],
)
def test_pam_is_told_and_people_read_why(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    uid: int,
    sudo: bool,
    more: dict[str, Answer | str],
    code: int,
    words: str,
) -> None:
    node = make_node(tmp_path, Commands({**SLURM, **more}))
    settings.keep(node, document(workerLogin="with-job"))
    person = pwd.struct_passwd(("carol", "*", uid, os.getgid(), "", "/fsx/home/carol", "/bin/bash"))
    monkeypatch.setattr(own_job, "Node", lambda: node)
    monkeypatch.setattr(own_job, "has_sudo", lambda _settings, _person: sudo)
    monkeypatch.setattr(pwd, "getpwnam", lambda _name: person)
    monkeypatch.setenv("PAM_USER", "carol")
    assert own_job.main() == code
    said = capsys.readouterr().out
    assert said.startswith(words)
    assert bool(said) is bool(words)


def test_somebody_who_is_not_known_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_job, "Node", lambda: make_node(tmp_path, Commands(SLURM)))
    monkeypatch.setenv("PAM_USER", "nobody-there")
    assert own_job.main() == 1
