"""Power is lost at any moment of a run, and the scripts run again: the same end as one clean run."""

import pytest

from lab.cluster import Lab
from lab.killed import ROUNDS, Clean, clean_run, ends_as_a_clean_run, moments, stage
from lab.machine import Result
from lab.node import Node
from lab.report import Report

alive: list[bool] = []
"""Of each round, whether the run was still under way when the power was lost."""


@pytest.fixture(scope="module")
def clean(lab: Lab, first_joins: dict[str, Result]) -> Clean:
    """A clean run on a new worker."""
    return clean_run(lab)


@pytest.mark.parametrize("share", moments(1))
def test_after_a_loss_of_power_a_second_run_ends_as_a_clean_run(lab: Lab, clean: Clean, share: float) -> None:
    def lose_power(node: Node) -> None:
        """Off and on again; HyperPod downloads the scripts anew."""
        node.reboot()
        stage(node, clean.scripts)

    alive.append(ends_as_a_clean_run(lab, clean, share, lose_power, patience=15))


def test_most_of_them_lost_power_in_the_middle(report: Report) -> None:
    assert len(alive) == ROUNDS
    assert sum(alive) >= ROUNDS * 3 // 4
    what = f"the scripts lose power {ROUNDS} times, and run again"
    report.fault(what, "nothing", "one run", "nothing: the end is that of a clean run")
