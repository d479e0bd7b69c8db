"""slurmctld that looked people up before SSSD could answer."""

from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.run import Done
from podlaunch_node.steps.slurm import slurm_users
from support import Clock, Commands, make_node, plan

KNOWN = "User Records\n\nUserName=root(0) DefAccount=root\nUserName=anna maria(990201107) DefAccount=directory\n"
UNKNOWN = f"{KNOWN}UserName=carol(4294967294) DefAccount=(null)\nUserName=gone(4294967294) DefAccount=(null)\n"


def controller(shown: str) -> Commands:
    """slurmctld with accounting, and a name service that knows carol."""
    return Commands(
        {
            "systemctl is-active slurmctld": "active",
            "scontrol show config": "AccountingStorageType = accounting_storage/slurmdbd\nClusterName = lab\n",
            "scontrol show assoc_mgr": shown,
            "getent passwd carol": Done(2, "carol:*:990201108:990200513::/fsx/home/carol:/bin/bash\n", ""),
            "getent passwd": Done(2, "", ""),
        }
    )


def test_who_is_known_here_and_not_there_makes_it_start_again(tmp_path: Path) -> None:
    commands = controller(UNKNOWN)
    restart = lambda _argv, _stdin: commands.answers.update({"scontrol show assoc_mgr": KNOWN}) or Done(0, "", "")  # noqa: E731
    commands.answers["systemctl restart slurmctld"] = restart
    node = make_node(tmp_path, commands)
    assert slurm_users.check(node, plan("controller")) == ["slurmctld does not know 2 people who are known here"]
    slurm_users.apply(node, plan("controller"))
    assert slurm_users.check(node, plan("controller")) == []
    assert len(commands.ran("systemctl restart")) == 1


def test_it_is_not_started_again_and_again(tmp_path: Path) -> None:
    commands, clock = controller(UNKNOWN), Clock()
    node = make_node(tmp_path, commands, clock)
    for _ in range(3):
        with pytest.raises(Fault, match="PLN-SLURM"):
            slurm_users.apply(node, plan("controller"))
        clock.sleep(60)
    assert len(commands.ran("systemctl restart")) == 1
    clock.sleep(3600)
    with pytest.raises(Fault, match="PLN-SLURM"):
        slurm_users.apply(node, plan("controller"))
    assert len(commands.ran("systemctl restart")) == 2


def test_people_whom_nobody_knows_are_no_reason(tmp_path: Path) -> None:
    node = make_node(tmp_path, controller(f"{KNOWN}UserName=gone(4294967294) DefAccount=(null)\n"))
    assert slurm_users.check(node, plan("controller")) == []


def test_elsewhere_and_without_accounting_nothing_is_asked(tmp_path: Path) -> None:
    commands = controller(UNKNOWN)
    node = make_node(tmp_path, commands)
    assert slurm_users.check(node, plan("login")) == []
    commands.answers["scontrol show config"] = "AccountingStorageType = (null)\n"
    assert slurm_users.check(node, plan("controller")) == []
    assert commands.ran("scontrol show assoc_mgr") == []
