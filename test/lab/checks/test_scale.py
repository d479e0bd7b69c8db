"""5,000 users and 200 groups, one of them with 2,000 members; thirty people at the same second."""

import shlex

from lab import measure
from lab.cluster import Lab
from lab.node import Node
from lab.people import CROWD
from lab.report import Report

MEMBER = "max"
"""A member of the group of 2,000."""


def test_id_from_the_cache_takes_ten_milliseconds_at_most(login: Node, report: Report) -> None:
    took = measure.id_cached(login, MEMBER)
    report.figure("id, cached, member of a group of 2,000", took)
    assert took <= 10


def test_id_without_a_cache_takes_sixty_milliseconds_at_most(login: Node, report: Report) -> None:
    took = measure.id_cold(login, MEMBER)
    report.figure("id, nothing cached, member of a group of 2,000", took)
    assert took <= 60


def test_a_login_by_key_without_a_cache_takes_a_second_at_most(lab: Lab, login: Node, report: Report) -> None:
    took = measure.login_cold(lab.laptop, login, MEMBER)
    report.figure("login by key, nothing cached, member of a group of 2,000", took)
    assert took <= 1000


def test_a_login_by_key_from_the_cache_takes_half_a_second_at_most(lab: Lab, login: Node, report: Report) -> None:
    took = measure.login_cached(lab.laptop, login, MEMBER)
    report.figure("login by key, cached, member of a group of 2,000", took)
    assert took <= 500


def test_thirty_people_log_in_at_the_same_second(lab: Lab, login: Node, report: Report) -> None:
    measure.empty_cache(login)
    commands = [shlex.join(lab.laptop.key_command(user, "login-1")) for user in CROWD]
    script = "\n".join(f"{command} & pids+=($!)" for command in commands)
    wait = 'failed=0; for pid in "${pids[@]}"; do wait "$pid" || failed=$((failed + 1)); done; echo $failed'
    result = lab.laptop.machine.run("bash", "-c", f"pids=(); {script}\n{wait}")
    report.figure("30 people log in at the same second with nothing cached: the last is in after", result.seconds, "s")
    assert result.out.strip() == "0", result.err


def test_the_whole_directory_is_not_listed(login: Node) -> None:
    assert "user0001" not in login.machine.must("getent", "passwd")
