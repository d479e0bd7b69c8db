"""Processes of people who may not log in any more, ended on request."""

from pathlib import Path
from typing import Any

import pytest
from ldap_server import certificate, entry, result, serve
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import Done
from podlaunch_node.steps.session import sessions
from support import Answer, Commands, make_node
from test_own_job import ASK, SLURM
from test_slurm_accounts import at

ACCOUNTS = {"carol": (512, 0), "dave": (514, 0), "erin": (512, 116444736000000000), "max": (512, 0)}
UIDS = {"carol": 990201101, "dave": 990201102, "erin": 990201103, "max": 990201104, "gone": 990201105}
NAMES: dict[str, Answer | str] = {
    **{f"getent passwd {uid}": f"{name}:*:{uid}:990200513::/fsx/home/{name}:/bin/bash\n" for name, uid in UIDS.items()},
    "getent passwd": Done(2, "", ""),
    "getent group": "clusteradmin:*:990200700:\ndata science:*:990200701:\n",
    "id --groups": "990200513 990200701",
    "id --groups max": "990200513",
}

EVERYWHERE = [
    {"name": "Everybody", "logIn": ["Login", "Compute"], "sudo": False},
    {"name": "Root", "logIn": ["Compute"], "sudo": True},
]


def directory(tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
    """Knows these accounts."""
    if tag == 0x60:
        return [result(0x61)]
    found = [
        entry(f"CN={name}", userAccountControl=[str(flags)], accountExpires=[str(expires)])
        for name, (flags, expires) in ACCOUNTS.items()
        if name.encode() in parts[6][1]
    ]
    return [*found, result(0x65)]


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[str]]:
    """Everybody has a process, and so has a uid that nobody has: a container's."""
    found = {uid: [str(number)] for number, uid in enumerate(UIDS.values(), start=1)} | {231072: ["9"]}
    monkeypatch.setattr(sessions, "processes", lambda _node: found)
    return found


def asked(node: Node, path: Path, **changes: object) -> list[str]:
    """What a run would say."""
    pair = certificate(path, "localhost")
    with serve(pair, directory) as port:
        return sessions.check(node, at(port, pair.certificate, "login", **changes))


def test_disabled_expired_gone_and_removed_people_are_found_and_others_not(
    tmp_path: Path, running: dict[int, list[str]]
) -> None:
    node = make_node(tmp_path, Commands(NAMES))
    words = "people who may not log in have processes here: dave, erin, gone, max"
    assert asked(node, tmp_path, endSessions=True) == [words]
    assert asked(node, tmp_path) == [], "only on request"


def test_on_workers_for_people_with_a_job_those_without_one_are_found(
    tmp_path: Path, running: dict[int, list[str]]
) -> None:
    root: dict[str, Answer | str] = {"getent group Root": "root:*:990200799:\n", "id --groups max": "990200701"}
    commands = Commands({**NAMES, **SLURM, **root, ASK: f"{UIDS['max']}\n"})
    settings: dict[str, Any] = {"endSessions": True, "workerLogin": "with-job", "groups": EVERYWHERE}
    node, pair = make_node(tmp_path, commands), certificate(tmp_path, "localhost")

    def found(**changes: Any) -> str:
        with serve(pair, directory) as port:
            return sessions.check(node, at(port, pair.certificate, "worker", **{**settings, **changes}))[0]

    words = "people who may not log in have processes here: "
    assert found() == f"{words}carol, dave, erin, gone", "max has a job"
    assert found(workerLogin="always") == f"{words}dave, erin, gone"
    commands.answers["id --groups carol"] = "990200701 990200799"
    assert found() == f"{words}dave, erin, gone", "carol has sudo"


@pytest.mark.parametrize("silent", ["getent group", "id --groups max"])
def test_a_name_service_that_does_not_tell_ends_nothing(
    tmp_path: Path, running: dict[int, list[str]], silent: str
) -> None:
    node = make_node(tmp_path, Commands({**NAMES, silent: Done(2, "", "")}))
    assert "max" not in asked(node, tmp_path, endSessions=True)[0]


def test_they_are_asked_to_end_then_ended_and_named_if_they_stay(tmp_path: Path, running: dict[int, list[str]]) -> None:
    commands = Commands(NAMES)
    node = make_node(tmp_path, commands)
    node.path("/proc/2").mkdir(parents=True)
    pair = certificate(tmp_path, "localhost")
    with serve(pair, directory) as port, pytest.raises(Fault, match="PLN-SESSION"):
        sessions.apply(node, at(port, pair.certificate, "login", endSessions=True))
    assert commands.ran("kill") == ["kill -s TERM -- 2 3 4 5", "kill -s KILL -- 2 3 4 5"]


def test_what_slurm_started_and_the_node_s_own_are_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = make_node(tmp_path)
    cgroups = {
        "1": "0::/user.slice/user-990201102.slice/user@990201102.service/app.slice/slurm.service",
        "2": "0::/system.slice/slurmstepd.scope/job_1",
    }
    for pid, cgroup in cgroups.items():
        node.path(f"/proc/{pid}").mkdir(parents=True)
        node.path(f"/proc/{pid}/cgroup").write_text(cgroup)
    uid = node.path("/proc/1").stat().st_uid
    assert sessions.processes(node) == {}
    monkeypatch.setattr(sessions, "FIRST_MAPPED_UID", uid)
    assert sessions.processes(node) == {uid: ["1"]}
