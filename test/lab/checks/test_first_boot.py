"""A new node's first run of the scripts."""

from lab.cluster import Lab
from lab.machine import Result
from lab.node import Node
from lab.report import Report


def test_every_node_joins(lab: Lab, first_joins: dict[str, Result], report: Report) -> None:
    for name, joined in first_joins.items():
        report.figure(f"first run of the scripts on {name}", joined.seconds, "s")
        assert joined.ok, f"{name}: {joined.out}{joined.err}"


def test_it_takes_ten_seconds_at_most(first_joins: dict[str, Result]) -> None:
    assert max(joined.seconds for joined in first_joins.values()) <= 10


def test_it_says_what_it_did_in_the_log_that_is_kept(login: Node, first_joins: dict[str, Result]) -> None:
    logs = login.machine.sh("cat /var/log/provision/*")
    assert first_joins["login-1"].out.strip().splitlines()[-1].removeprefix("podlaunch: ") in logs


def test_the_package_is_installed_by_version_and_the_command_works(login: Node) -> None:
    current = login.machine.must("readlink", "-f", "/opt/podlaunch/current").strip()
    assert current.startswith("/opt/podlaunch/")
    assert login.machine.run("test", "!", "-e", f"{current}/nowhere").ok
    assert login.podlaunch("check").ok
    assert login.podlaunch("status").ok
