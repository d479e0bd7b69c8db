"""Killed at any moment, and run again: the same end as one clean run."""

import pytest

from lab.cluster import Lab
from lab.killed import ROUNDS, Clean, clean_run, differences, ends_as_a_clean_run, entry, moments, new_node
from lab.machine import Result
from lab.node import Node
from lab.report import Report

PAM_AUTH_UPDATE = "/usr/sbin/pam-auth-update"

alive: list[bool] = []
"""Of each round, whether the run was still under way when it was killed."""


@pytest.fixture(scope="module")
def clean(lab: Lab, first_joins: dict[str, Result]) -> Clean:
    """A clean run on a new worker."""
    return clean_run(lab)


@pytest.mark.parametrize("share", moments(0))
def test_killed_and_run_again_it_ends_as_a_clean_run(lab: Lab, clean: Clean, share: float) -> None:
    alive.append(ends_as_a_clean_run(lab, clean, share, kill_tree, patience=5))


@pytest.mark.parametrize("written", ["half of them", "all of them"])
def test_killed_while_pam_s_stacks_are_written_it_ends_as_a_clean_run(lab: Lab, clean: Clean, written: str) -> None:
    node = new_node(lab)
    half = (
        "sed -i /make-home/d /etc/pam.d/common-account; rm /var/lib/pam/password" if written == "half of them" else ""
    )
    node.machine.sh(f"mv {PAM_AUTH_UPDATE} {PAM_AUTH_UPDATE}.real")
    node.machine.write(PAM_AUTH_UPDATE, f'#!/bin/sh\n{PAM_AUTH_UPDATE}.real "$@"\n{half}\nkill -9 $PPID\n', mode="755")
    node.entry()
    assert node.machine.run("test", "-e", "/var/lib/podlaunch/pam-under-way").ok, "the run was killed there"
    node.machine.sh(f"mv {PAM_AUTH_UPDATE}.real {PAM_AUTH_UPDATE}")
    entry(node)
    assert differences(node, clean) == []


def test_most_of_them_were_killed_in_the_middle(report: Report) -> None:
    assert len(alive) == ROUNDS
    assert sum(alive) >= ROUNDS * 3 // 4
    what = f"the scripts are killed {ROUNDS} times by SIGKILL, and run again"
    report.fault(what, "nothing", "one run", "nothing: the end is that of a clean run")


def kill_tree(node: Node) -> None:
    """SIGKILL to the run and all that it started, however deep; services that systemd started live on."""
    kill = """
tree() { for child in $(cat /proc/$1/task/*/children 2>/dev/null); do tree "$child"; done; echo "$1"; }
kill -KILL $(tree "$(cat /tmp/run.pid)") 2>/dev/null; true
"""
    node.machine.sh(kill)
