"""A node in Slurm: drained while its gate is closed, and only what carries our reason is taken back."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.login import access
from podlaunch_node.steps.slurm import slurm_node
from podlaunch_node.steps.slurm.slurm_node import LOGIN, NOT_JOINED
from support import Commands, make_node, plan, put

LINE = (
    "NodeName={name} Arch=x86_64 CPUTot=2 Gres=(null) NodeAddr=10.0.0.9 NodeHostName=ip-10-0-0-9 State={state} "
    "ThreadsPerCore=1 Partitions=dev,workers ExtSensorsTemp=n/s{reason}\n"
)


def slurm(state: str = "IDLE", reason: str = "", more: Mapping[str, str | Done] | None = None) -> Commands:
    """A node of Slurm's, as scontrol shows it."""
    words = f" Reason={reason} [root@2026-11-27T05:00:39]" if reason else ""
    line = LINE.format(name="ip-10-0-0-9", state=state, reason=words)
    return Commands(
        {
            "systemctl is-active slurmd": "active\n",
            "uname -n": "ip-10-0-0-9.us-west-2.compute.internal\n",
            "scontrol --oneliner show node ip-10-0-0-9": line,
            **(more or {}),
        }
    )


def told(commands: Commands) -> list[str]:
    """What Slurm was told."""
    return commands.ran("scontrol update")


@pytest.mark.parametrize("state", ["IDLE", "MIXED+CLOUD", "IDLE+NOT_RESPONDING"])
def test_a_closed_gate_drains_and_an_open_one_does_not(tmp_path: Path, state: str) -> None:
    commands = slurm(state)
    node = make_node(tmp_path, commands)
    access.close(node)
    assert slurm_node.hold(node) == ["Slurm: this node is not joined to the directory"]
    assert told(commands) == [f"scontrol update nodename=ip-10-0-0-9 state=drain reason={NOT_JOINED}"]
    put(node, access.FILE, "+:(ClusterDev):ALL\n")
    commands.lines.clear()
    assert slurm_node.hold(node) == []
    assert commands.lines == []


def brought(node: Node, wanted: Plan) -> list[str]:
    """What a run of the step told Slurm."""
    found = slurm_node.check(node, wanted)
    if found:
        slurm_node.apply(node, wanted)
    commands = node.run
    assert isinstance(commands, Commands)
    assert bool(found) == bool(told(commands))
    return [line.removeprefix("scontrol update nodename=ip-10-0-0-9 ") for line in told(commands)]


@pytest.mark.parametrize(
    ("group", "state", "reason", "wanted"),
    [
        ("worker", "IDLE+DRAIN", NOT_JOINED, ["state=undrain"]),
        ("worker", "ALLOCATED+DRAIN", NOT_JOINED, ["state=undrain"]),
        ("worker", "DOWN+DRAIN", NOT_JOINED, ["state=undrain"]),
        ("worker", "IDLE", "", []),
        ("worker", "IDLE+DRAIN", "Action:Replace", []),
        ("worker", "FAIL", "Action:Reboot", []),
        ("worker", "IDLE+DRAIN", "disk of carol", []),
        ("login", "IDLE", "", [f"state=drain reason={LOGIN}"]),
        ("login", "IDLE+DRAIN", NOT_JOINED, [f"state=drain reason={LOGIN}"]),
        ("login", "IDLE+DRAIN", LOGIN, []),
        ("login", "DOWN", "Not responding", []),
        ("login", "IDLE+DRAIN", "kept by alice", []),
    ],
)
def test_only_what_is_ours_is_changed(tmp_path: Path, group: str, state: str, reason: str, wanted: list[str]) -> None:
    assert brought(make_node(tmp_path, slurm(state, reason)), plan(group)) == wanted


def test_login_nodes_take_jobs_where_the_settings_say_so(tmp_path: Path) -> None:
    node = make_node(tmp_path, slurm("IDLE+DRAIN", LOGIN))
    assert brought(node, plan("login", loginNodeJobs=True)) == ["state=undrain"]


def test_where_slurm_names_nodes_otherwise_the_address_tells(tmp_path: Path) -> None:
    other = LINE.format(name="worker-1", state="IDLE", reason="").replace("10.0.0.9", "10.0.0.8")
    mine = LINE.format(name="worker-2", state="IDLE", reason="")
    commands = slurm(
        more={
            "scontrol --oneliner show node ip-10-0-0-9": Done(1, "Node ip-10-0-0-9 not found\n", ""),
            "scontrol --oneliner show node": other + mine,
            "ip -json address": '[{"addr_info": [{"local": "10.0.0.9"}]}]',
        }
    )
    node = make_node(tmp_path, commands)
    access.close(node)
    assert slurm_node.hold(node)
    assert told(commands)[0].startswith("scontrol update nodename=worker-2 ")


def test_where_no_slurmd_runs_slurm_is_not_asked(tmp_path: Path) -> None:
    commands = slurm(more={"systemctl is-active slurmd": "inactive\n"})
    node = make_node(tmp_path, commands)
    access.close(node)
    assert slurm_node.hold(node) == []
    assert commands.ran("scontrol") == []


@pytest.mark.parametrize(
    "answer", [Done(1, "", "Unable to contact slurm controller"), CommandError(["scontrol"], None, "no end after 20 s")]
)
def test_a_slurmctld_that_does_not_answer_is_named(tmp_path: Path, answer: Done | CommandError) -> None:
    node = make_node(tmp_path, Commands({**slurm().answers, "scontrol --oneliner show node ip-10-0-0-9": answer}))
    access.close(node)
    with pytest.raises(Fault, match="PLN-DRAIN") as caught:
        slurm_node.hold(node)
    assert not caught.value.ours
