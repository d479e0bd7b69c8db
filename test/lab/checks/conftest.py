"""The lab is started once and every check uses it; a check that changes something puts it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lab import run, slurm
from lab.cluster import Lab
from lab.machine import Result
from lab.node import Node
from lab.report import Report

PARTS = (
    "first_boot join people closed names homes metadata secrets scale slurm",
    "changes diagnose outages rotation idle_connection certificates packages put_back bastion",
    "faults day2 people_function harness",
    "kill power_loss slurm_nodes revoked releases",
)
"""The files of checks, in their order. The parts run at the same time, each in a lab of its own."""
ORDER = " ".join(PARTS).split()


def pytest_addoption(parser: pytest.Parser) -> None:
    """--real-time measures the waits of minutes that are otherwise shortened; --write-docs keeps the fault table."""
    parser.addoption("--real-time", action="store_true", help="measure the true waits: 350 s idle, 300 s cache")
    parser.addoption("--write-docs", action="store_true", help="write the fault table to docs/lab/faults.md")
    parser.addoption("--part", type=int, choices=run.PARTS, help="only this part of the checks")
    parser.addoption("--result", help="keep what was found in this file, as JSON")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Runs the files in ORDER, or those of one part; checks marked real_time only when asked for."""
    items.sort(key=lambda item: ORDER.index(file_of(item)))
    real_time, part = bool(config.getoption("--real-time")), config.getoption("--part")
    wanted = PARTS[part - 1].split() if part else ORDER
    chosen = [item for item in items if file_of(item) in wanted]
    chosen = [item for item in chosen if real_time or not item.get_closest_marker("real_time")]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def file_of(item: pytest.Item) -> str:
    """The name of a check's file, as PARTS has it."""
    return Path(item.path).stem.removeprefix("test_")


@pytest.fixture(scope="session")
def report(pytestconfig: pytest.Config) -> Report:
    """Where checks note what they measure."""
    found = [plugin for plugin in pytestconfig.pluginmanager.get_plugins() if isinstance(plugin, Report)]
    return found[0] if found else Report()


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """The lab, up; no node has joined."""
    made = Lab(keeps_aws_loaded=True)
    try:
        yield made.start()
    finally:
        made.stop()


@pytest.fixture(scope="session")
def first_joins(lab: Lab) -> dict[str, Result]:
    """The first run of the scripts on each new node."""
    joins = {}
    slurm.start(lab.nodes)
    for node in lab.nodes.values():
        joins[node.name] = node.join()
        print(joins[node.name].out, joins[node.name].err)
    return joins


@pytest.fixture
def login(lab: Lab, first_joins: dict[str, Result]) -> Node:
    """The login node, joined."""
    return lab.nodes["login-1"]


@pytest.fixture
def worker(lab: Lab, first_joins: dict[str, Result]) -> Node:
    """The worker, joined."""
    return lab.nodes["worker-1"]


@pytest.fixture
def controller(lab: Lab, first_joins: dict[str, Result]) -> Node:
    """The controller of the cluster, joined."""
    return lab.nodes["controller-1"]


@pytest.fixture
def new_worker(lab: Lab, first_joins: dict[str, Result]) -> Iterator[Node]:
    """A worker that has just been replaced, its scripts downloaded but not run."""
    node = lab.nodes["worker-1"]
    lab.worker_is_whole = False
    node.replace()
    node.download()
    yield node


@pytest.fixture(autouse=True)
def whole(request: pytest.FixtureRequest, lab: Lab, first_joins: dict[str, Result]) -> None:
    """The worker is a joined one again, unless the check takes a new one anyway.

    That takes a join: within a file, the checks that take a new one follow each other.
    """
    if lab.worker_is_whole or "new_worker" in request.fixturenames:
        return
    node = lab.nodes["worker-1"]
    node.replace()
    slurm.set_up(node)
    assert node.join().ok
    assert node.podlaunch("status").ok, node.podlaunch("status")
    lab.worker_is_whole = True
