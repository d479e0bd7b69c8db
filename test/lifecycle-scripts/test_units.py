"""The timer, the unit that shows membership, and the status behind it."""

import json
import re
from pathlib import Path

import pytest
from podlaunch_node.diagnose import status
from podlaunch_node.faults import Fault
from podlaunch_node.identity import Identity
from podlaunch_node.steps.login import access
from podlaunch_node.steps.node import member_unit, refresh_timer
from podlaunch_node.system import files
from support import Clock, Commands, make_node, plan

RUNNING = {
    "systemctl is-active podlaunch-refresh.timer": "active",
    "systemctl is-enabled podlaunch-refresh.timer": "enabled",
}
ME = Identity("lab", "us-west-2", "login", 3)
FAULT = Fault("PLN-TCP", "no answer", "look")


@pytest.mark.parametrize("seconds", [1, 60, 600, 86400])
def test_a_run_begins_within_the_period_and_not_at_once_everywhere(seconds: int) -> None:
    values = dict(re.findall(r"^(\w+)=(\d+)$", refresh_timer.render(seconds), re.MULTILINE))
    wait, chance = int(values["OnUnitInactiveSec"]), int(values["RandomizedDelaySec"])
    assert chance >= 1
    assert wait + chance <= max(2, seconds)


def test_the_timer_is_written_once_and_again_at_another_pace(tmp_path: Path) -> None:
    commands = Commands(RUNNING)
    node = make_node(tmp_path, commands)
    assert refresh_timer.ensure(node, 60)
    assert commands.ran("systemctl restart podlaunch-refresh.timer")
    commands.lines.clear()
    assert refresh_timer.ensure(node, 60) == []
    assert not commands.ran("systemctl restart")
    assert refresh_timer.ensure(node, 600)


def test_a_timer_that_was_stopped_is_started(tmp_path: Path) -> None:
    commands = Commands(RUNNING)
    node = make_node(tmp_path, commands)
    refresh_timer.apply(node, 60)
    commands.answers["systemctl is-active podlaunch-refresh.timer"] = "inactive"
    assert refresh_timer.check(node, 60) == ["podlaunch-refresh.timer does not run"]
    with pytest.raises(Fault, match="PLN-TIMER"):
        refresh_timer.ensure(node, 60)


@pytest.mark.parametrize(
    ("well", "now", "started"), [(True, "active", 0), (True, "failed", 1), (False, "active", 1), (False, "failed", 0)]
)
def test_the_member_unit_is_started_only_when_it_shows_the_wrong_thing(
    tmp_path: Path, well: bool, now: str, started: int
) -> None:
    commands = Commands({"systemctl is-active podlaunch-member.service": now})
    member_unit.show(make_node(tmp_path, commands), well)
    assert len(commands.ran("systemctl restart podlaunch-member.service")) == started


def test_a_status_that_never_was(tmp_path: Path) -> None:
    found = status.read(make_node(tmp_path))
    assert not status.is_well(found)
    assert status.summary(found) == ["podlaunch-node has not run here yet."]


def test_a_joined_node_is_well_and_says_since_when(tmp_path: Path) -> None:
    clock = Clock()
    node = make_node(tmp_path, clock=clock)
    access.apply(node, plan())
    status.write(node, ME, "Login", [], [], "abc")
    first = status.read(node)
    clock.sleep(3600)
    status.write(node, ME, "Login", [], [], "abc")
    later = status.read(node)
    assert status.is_well(later)
    assert later["since"] == first["since"] == first["lastRun"]
    assert later["lastRun"] != first["lastRun"]
    assert "Login of cluster lab, joined" in status.summary(later)[0]
    assert node.path(status.FILE).stat().st_mode & 0o777 == 0o644, "anyone may read it"


def test_a_fault_is_shown_with_what_to_do_and_a_warning_too(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    status.write(node, ME, "Login", [FAULT], [Fault("PLN-HOME", "no mount", "mount it")], "abc")
    found = status.read(node)
    assert not status.is_well(found)
    words = "\n".join(status.summary(found))
    assert "not joined" in words
    assert "PLN-TCP: no answer\n  what to do: look" in words
    assert "PLN-HOME" in words


def test_a_warning_alone_is_well(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    access.apply(node, plan())
    status.write(node, ME, "Login", [], [FAULT], "abc")
    assert status.is_well(status.read(node))


def test_what_is_known_is_not_forgotten_by_a_run_that_failed_early(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    status.write(node, ME, "Login", [], [], "abc")
    status.write(node, None, None, [FAULT], [], "abc")
    assert status.read(node)["instanceGroup"] == "login"


def test_a_damaged_status_is_no_status(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    files.write(node, status.FILE, "{")
    assert status.read(node)["lastRun"] is None
    assert json.loads(json.dumps(status.read(node)))
