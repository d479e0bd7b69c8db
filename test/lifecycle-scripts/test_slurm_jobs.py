"""Jobs of people who may not log in any more."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import Done
from podlaunch_node.steps.login import people
from podlaunch_node.steps.slurm import slurm_jobs
from podlaunch_node.steps.slurm.slurm_jobs import Job, Known, Revoked, Work, compare
from support import Clock, Commands, make_node, plan

NOW = 1_800_000_000.0
CAROL, BOB = 990201107, 990201109
BEFORE, AFTER = NOW - 100, NOW + 100


def work(jobs: list[Job], before: Known, cancel: bool = False, now: float = NOW) -> Work:
    """The work of a run at which bob may log in and carol may not."""
    return compare(jobs, {"bob"}, before, now, cancel)


def test_what_runs_may_finish_what_waits_is_held_and_other_people_s_jobs_are_left_alone() -> None:
    jobs = [
        Job("1", CAROL, "carol", False, BEFORE),
        Job("2", CAROL, "carol", True, BEFORE),
        Job("3", BOB, "bob", True, BEFORE),
    ]
    found = work(jobs, Known(["bob", "carol"]))
    assert (found.cancel, found.hold, found.release) == ([], ["2"], [])
    assert found.known == Known(["bob"], {"carol": Revoked(NOW, ["2"])})
    again = work(jobs, found.known, now=AFTER)
    assert again.summary() == []


def test_what_is_submitted_later_is_cancelled_whether_it_runs_or_waits() -> None:
    known = Known(["bob"], {"carol": Revoked(NOW)})
    found = work([Job("4", CAROL, "carol", False, AFTER), Job("5", CAROL, "carol", True, AFTER)], known, now=AFTER + 10)
    assert found.cancel == ["4", "5"]


def test_who_is_revoked_without_a_job_is_remembered() -> None:
    found = work([], Known(["bob", "carol"]))
    assert found.known.revoked == {"carol": Revoked(NOW)}
    assert found.summary() == ["other people than before may log in"]


def test_on_request_everything_is_cancelled() -> None:
    jobs = [
        Job("1", CAROL, "carol", False, BEFORE),
        Job("2", CAROL, "carol", True, BEFORE),
        Job("3", BOB, "bob", False, BEFORE),
    ]
    assert work(jobs, Known(["bob", "carol"]), cancel=True).cancel == ["1", "2"]


def test_who_is_back_gets_what_was_held_and_nothing_that_somebody_else_holds() -> None:
    jobs = [Job("2", BOB, "bob", True, BEFORE), Job("9", BOB, "bob", True, BEFORE)]
    found = work(jobs, Known([], {"bob": Revoked(BEFORE, ["2"])}))
    assert found.release == ["2"]
    assert found.known == Known(["bob"], {})


def test_nobody_is_revoked_because_of_a_name() -> None:
    found, by_number = {"bob": True}, {1109: "bob"}
    shown = [
        slurm_jobs.known_as(Job("1", BOB, name, True, BEFORE), found, by_number) for name in ("990201109", "robert")
    ]
    assert {job.user for job in shown} == {"bob"}
    assert slurm_jobs.known_as(Job("1", CAROL, "carol", True, BEFORE), found, by_number).user == "carol"


QUEUE = (
    "1|990201107|RUNNING|2026-11-27T05:00:00|carol\n"
    "2|990201107|COMPLETING|2026-11-27T05:00:00|carol\n"
    "3|1000|RUNNING|2026-11-27T05:00:00|ubuntu\n"
    "4|990201108|PENDING|2026-11-27T05:00:00|anna maria\n"
)


@pytest.fixture
def controller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Node, Commands]]:
    """A controller with this queue, whose directory knows bob only."""
    at = time.mktime(time.strptime("2026-11-27T05:10:00", slurm_jobs.TIME))
    commands = Commands({"systemctl is-active slurmctld": "active", "squeue": QUEUE})
    monkeypatch.setattr(people, "find", lambda _node, _plan: {"bob": True, "dave": False})
    monkeypatch.setattr(people, "by_number", lambda _plan: {1109: "bob", 1110: "dave"})
    yield make_node(tmp_path, commands, Clock(at)), commands


def test_a_run_holds_keeps_and_has_nothing_to_do_afterwards(controller: tuple[Node, Commands]) -> None:
    node, commands = controller
    slurm_jobs.apply(node, plan("controller"))
    assert commands.ran("scontrol") == ["scontrol hold 4"]
    assert commands.ran("scancel") == []
    assert slurm_jobs.check(node, plan("controller")) == []


def test_only_the_directory_s_people_are_looked_at(controller: tuple[Node, Commands]) -> None:
    node, commands = controller
    commands.answers["scancel"] = lambda _argv, _stdin: commands.answers.update(squeue="") or Done(0, "", "")
    slurm_jobs.apply(node, plan("controller", revokedJobs="cancel"))
    assert commands.ran("scancel") == ["scancel --quiet 1 4"]


def test_jobs_that_do_not_end_are_a_fault(controller: tuple[Node, Commands]) -> None:
    node, _commands = controller
    with pytest.raises(Fault, match="PLN-SLURM"):
        slurm_jobs.apply(node, plan("controller", revokedJobs="cancel"))


def test_elsewhere_and_where_the_directory_shows_nobody_nothing_is_done(
    controller: tuple[Node, Commands], monkeypatch: pytest.MonkeyPatch
) -> None:
    node, commands = controller
    assert slurm_jobs.check(node, plan("login")) == []
    monkeypatch.setattr(people, "find", lambda _node, _plan: {})
    assert slurm_jobs.check(node, plan("controller")) == []
    assert commands.ran("squeue") == []


def test_a_state_that_cannot_be_read_is_an_empty_one(controller: tuple[Node, Commands]) -> None:
    node, _commands = controller
    node.path(slurm_jobs.KEPT).parent.mkdir(parents=True, exist_ok=True)
    for text in ("[", "[]", '{"revoked": {"a": {"x": 1}}}'):
        node.path(slurm_jobs.KEPT).write_text(text)
        assert slurm_jobs.kept(node) == Known()
