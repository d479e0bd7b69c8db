"""Homes for jobs where homes are local to each node."""

from pathlib import Path
from typing import Any

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.steps.homes import job_homes
from podlaunch_node.steps.login import people
from support import Commands, make_node, plan

HOMES: dict[str, Any] = {"homeRoot": "/home"}


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Node:
    """A node whose directory has three people, of whom one may not log in and one is unknown to the name service."""
    monkeypatch.setattr(people, "find", lambda _node, _plan: {"anna maria": True, "dave": False, "odd": True})
    made = make_node(tmp_path, Commands())
    uid, gid = made.owner
    line = f"anna maria:*:{uid}:{gid}:Anna:/home/anna maria:/bin/bash\n"
    assert isinstance(made.run, Commands)
    made.run.answers |= {"getent passwd -- anna maria odd": line}
    for folder in ("/home", "/etc/skel"):
        made.path(folder).mkdir(parents=True)
    made.path("/etc/skel/.profile").write_text("")
    return made


def test_who_may_log_in_gets_one_on_a_node_that_takes_jobs(node: Node) -> None:
    worker = plan("worker", **HOMES)
    assert job_homes.check(node, worker) == ["1 people have no home here for their jobs"]
    job_homes.apply(node, worker)
    home = node.path("/home/anna maria")
    assert (home.stat().st_mode & 0o777, [file.name for file in home.iterdir()]) == (0o700, [".profile"])
    assert job_homes.check(node, worker) == []
    assert [one.name for one in node.path("/home").iterdir()] == ["anna maria"]


def test_where_no_job_runs_or_homes_are_shared_nobody_is_asked_for(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    assert job_homes.check(node, plan("worker", homeRoot="/fsx/home")) == [], "not mounted yet"
    assert job_homes.check(node, plan("login", **HOMES)) == []
    assert job_homes.check(node, plan("controller", **HOMES)) == []
    assert job_homes.check(node, plan("login", loginNodeJobs=True, **HOMES)) != []
    monkeypatch.setattr(job_homes, "are_local", lambda _node, _root: False)
    assert job_homes.check(node, plan("worker", **HOMES)) == []


def test_a_home_that_cannot_be_made_is_named(node: Node) -> None:
    node.path("/etc/skel/.profile").unlink()
    node.path("/etc/skel").rmdir()
    with pytest.raises(Fault, match="home of anna maria cannot be made"):
        job_homes.apply(node, plan("worker", **HOMES))
