"""A service is put back when it does not come up, and a killed run is noticed."""

from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.system import files, services
from podlaunch_node.system.services import Service
from support import Commands, make_node, put

CONF = "/etc/thing.conf"


class Thing:
    """A service that works with any text but 'bad'."""

    def __init__(self) -> None:
        self.runs_with: list[str | None] = []

    def service(self) -> Service:
        """It, as a Service."""

        def restart(node: Node) -> None:
            self.runs_with.append(files.read(node, CONF))

        def prove(_node: Node) -> None:
            if self.runs_with[-1] == "bad":
                raise CommandError(["thing"], 1, "does not start")

        return Service("thing", (CONF,), restart, prove)


def test_a_service_that_works_is_remembered(tmp_path: Path) -> None:
    node, thing = make_node(tmp_path), Thing()
    files.write(node, CONF, "good")
    assert not services.is_loaded(node, thing.service())
    services.load(node, thing.service())
    assert services.is_loaded(node, thing.service())
    assert services.loaded(node, thing.service()) == {CONF: "good"}
    memory = node.path(f"{services.GOOD}/thing.json").stat().st_mode & 0o777
    assert (memory, node.path(services.GOOD).stat().st_mode & 0o777) == (0o600, 0o700)


def test_one_that_does_not_gets_its_last_good_files_back_and_runs(tmp_path: Path) -> None:
    node, thing = make_node(tmp_path), Thing()
    files.write(node, CONF, "good", mode=0o640)
    services.load(node, thing.service())
    files.write(node, CONF, "bad")
    with pytest.raises(Fault, match="PLN-SERVICE") as caught:
        services.load(node, thing.service())
    assert caught.value.ours
    assert "does not start" in caught.value.message
    assert thing.runs_with == ["good", "bad", "good"]
    assert files.matches(node, CONF, "good", 0o640)


def test_before_the_first_change_what_was_there_is_kept(tmp_path: Path) -> None:
    node, thing = make_node(tmp_path), Thing()
    put(node, CONF, "somebody's")
    services.keep_first(node, thing.service())
    files.write(node, CONF, "bad")
    services.keep_first(node, thing.service())
    with pytest.raises(Fault):
        services.load(node, thing.service())
    assert files.read(node, CONF) == "somebody's"
    assert "somebody" in (files.read(node, f"{services.BEFORE}/thing.json") or "")


def test_a_file_that_was_not_there_is_taken_away_again(tmp_path: Path) -> None:
    node, thing = make_node(tmp_path), Thing()
    services.keep_first(node, thing.service())
    files.write(node, CONF, "bad")
    with pytest.raises(Fault):
        services.load(node, thing.service())
    assert files.read(node, CONF) is None


def test_a_run_killed_between_rename_and_restart_is_noticed(tmp_path: Path) -> None:
    node, thing = make_node(tmp_path), Thing()
    files.write(node, CONF, "one")
    services.load(node, thing.service())
    files.write(node, CONF, "two")  # and killed here
    assert not services.is_loaded(node, thing.service())


def test_units_are_asked_through_systemctl(tmp_path: Path) -> None:
    commands = Commands({"systemctl is-active a": "active\n", "systemctl is-enabled a": "static\n"})
    node = make_node(tmp_path, commands)
    assert services.is_active(node, "a")
    assert not services.is_active(node, "b")
    assert not services.is_enabled(node, "a")
