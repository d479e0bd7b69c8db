"""A new node's first run of the scripts."""

import json

from lab.cluster import Lab
from lab.machine import Result
from lab.node import Node
from lab.report import Report


def test_every_node_joins(lab: Lab, first_joins: dict[str, Result], report: Report) -> None:
    for name, joined in first_joins.items():
        report.figure(f"first run of the scripts on {name}", joined.seconds, "s")
        assert joined.ok, f"{name}: {joined.out}{joined.err}"
        assert lab.nodes[name].podlaunch("status").ok, f"{name}: {joined.out}{joined.err}"


def test_it_says_what_it_did_in_the_log_that_is_kept(login: Node, first_joins: dict[str, Result]) -> None:
    logged = [line.partition(" ")[2] for line in login.machine.sh("cat /var/log/provision/*").splitlines()]
    said = [line.removeprefix("podlaunch: ") for line in first_joins["login-1"].out.splitlines()]
    assert len(said) > 3
    assert [line for line in said if line not in logged] == []


def test_the_package_is_installed_by_version_and_the_command_works(login: Node) -> None:
    version = json.loads(login.podlaunch("status", "--json").out)["version"]
    assert login.machine.must("readlink", "/opt/podlaunch/current").strip() == version
    assert login.machine.must("ls", "/opt/podlaunch").split() == sorted([version, "current"])
    assert login.podlaunch("check").ok
    assert login.podlaunch("status").ok
