"""5,000 users and 200 groups, one of them with 2,000 members; thirty people at the same second.

Times are noted, not judged: bench/lab measures them where nothing else runs.
"""

import shlex

from lab import measure
from lab.cluster import Lab
from lab.node import Node
from lab.people import CROWD
from lab.report import Report

MEMBER = "max"
"""A member of the group of 2,000."""


def test_a_member_of_a_big_group_has_all_his_groups_cached_or_not(login: Node, report: Report) -> None:
    report.figure("id, cached, member of a group of 2,000", measure.id_cached(login, MEMBER))
    report.figure("id, nothing cached, member of a group of 2,000", measure.id_cold(login, MEMBER))
    assert {"big", "clusterdev", "domain users"} <= set(login.machine.must("id", "-nGz", MEMBER).lower().split("\0"))


def test_a_member_of_a_big_group_logs_in_by_key_cached_or_not(lab: Lab, login: Node, report: Report) -> None:
    took = measure.login_cold(lab.laptop, login, MEMBER)
    report.figure("login by key, nothing cached, member of a group of 2,000", took)
    took = measure.login_cached(lab.laptop, login, MEMBER)
    report.figure("login by key, cached, member of a group of 2,000", took)


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
