"""Logins go on while controllers and the load balancer die, and the node comes back online by itself."""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from lab.cluster import Lab
from lab.directory import start_serving, stop_serving
from lab.machine import Machine, wait_for
from lab.node import Node
from lab.people import LATE
from lab.report import Report

BACK_ONLINE = 15
"""Seconds after the end of a fault within which every node must talk to the directory again: two of SSSD's attempts.

The end is when the load balancer has both controllers in service. With SSSD's own settings it is a minute. The goal of
5 s on a quiet machine is kept by bench/lab, which ends with an error where it is missed.
"""

NEWCOMERS = itertools.cycle(LATE)
"""Each has never logged in before: only the directory can let them in."""


@pytest.fixture(autouse=True)
def cached(lab: Lab, login: Node, worker: Node) -> Iterator[None]:
    """alice and bob have logged in on both nodes; afterwards everything is in service."""
    for node in (login, worker):
        node.wait_online()
        assert lab.laptop.key("alice", node.name).ok
        assert lab.laptop.password("alice", node.name).ok
        assert lab.laptop.password("bob", node.name).ok
    yield
    lab.balancer.wait_both_up()
    for node in (login, worker):
        node.wait_online()


def until_let_in(lab: Lab, user: str, node: str = "login-1", seconds: float = 60) -> tuple[float, int]:
    """Tries password logins until one succeeds: the seconds it took, and how many were refused before."""
    tries: list[bool] = []

    def let_in() -> bool:
        tries.append(lab.laptop.password(user, node).ok)
        return tries[-1]

    return wait_for(let_in, seconds, f"{user} is let in by password"), len(tries) - 1


def cached_people_come_in(lab: Lab, report: Report, fault: str) -> None:
    """On both nodes: by password and key, with sudo; a wrong password does not, and ubuntu does."""
    took, refused = zip(*(until_let_in(lab, "bob", node) for node in ("login-1", "worker-1")), strict=True)
    assert max(refused) <= 3, f"{refused} password logins refused before one was let in"
    report.figure(f"first password login during: {fault}", max(took), "s")
    for node in ("login-1", "worker-1"):
        assert lab.laptop.key("alice", node, "sudo", "-n", "true").ok
        assert lab.laptop.key("ubuntu", node, "sudo", "-n", "true").ok
    assert not lab.laptop.password("bob", "worker-1", password="wrong").ok
    sees = "nothing" if not any(refused) else f"up to {max(refused)} password logins are refused"
    report.fault(fault, sees, f"a first login takes {max(took):.1f} s")


def back_online(nodes: list[Node]) -> float:
    """Waits until each of them talks to the directory; gives back the seconds that the last one took."""
    with ThreadPoolExecutor() as pool:
        return max(pool.map(Node.wait_online, nodes))


def outage(
    lab: Lab, report: Report, fault: str, begin: Callable[[], None], end: Callable[[], None], answered: bool
) -> None:
    """One fault from its beginning to the nodes' return. `answered`: one controller is left that answers."""
    nodes = [lab.nodes[name] for name in ("login-1", "worker-1")]
    newcomer = next(NEWCOMERS)
    for node in nodes:
        node.machine.must("id", newcomer)  # who is known and has never logged in is the harder case
    try:
        begin()
        for node in nodes:
            node.forget_cache()
        cached_people_come_in(lab, report, fault)
        if answered:
            took, _refused = until_let_in(lab, newcomer)
            report.figure(f"somebody who was never here is let in during: {fault}", took, "s")
            nodes[0].wait_online()
        else:
            assert not nodes[0].online()
            assert not lab.laptop.password(newcomer, "login-1").ok
    finally:
        end()
    # haproxy takes a controller into service after two good health checks: until then the fault goes on.
    lab.balancer.wait_both_up()
    back = back_online(nodes)
    report.figure(f"both nodes back online after: {fault}", back, "s")
    report.faults[-1] = replace(
        report.faults[-1], lasts=f"{report.faults[-1].lasts}; online {back:.1f} s after its end"
    )
    assert back <= BACK_ONLINE
    until_let_in(lab, newcomer)


def test_one_controller_stops_in_order(lab: Lab, report: Report) -> None:
    dc1 = lab.directory.dc1
    outage(lab, report, "one controller stops", lambda: stop_serving(dc1), lambda: start_serving(dc1), answered=True)


def test_one_controller_s_cable_is_pulled(lab: Lab, report: Report) -> None:
    outage(lab, report, "one controller vanishes", *cable(lab, lab.directory.dc2), answered=True)


def test_one_controller_is_frozen(lab: Lab, report: Report) -> None:
    dc1 = lab.directory.dc1
    fault = "one controller freezes: it takes connections and never answers"
    outage(lab, report, fault, dc1.freeze, dc1.thaw, answered=True)


def test_every_controller_vanishes(lab: Lab, report: Report) -> None:
    fault = "both controllers vanish; who has never logged in is refused"
    outage(lab, report, fault, lab.controllers_away, lab.controllers_back, answered=False)


def test_the_load_balancer_vanishes(lab: Lab, report: Report) -> None:
    fault = "the load balancer vanishes; who has never logged in is refused"
    outage(lab, report, fault, *cable(lab, lab.balancer.machine), answered=False)


def test_names_cannot_be_resolved(lab: Lab, report: Report) -> None:
    # An open connection needs no name: SSSD may stay online until it expires.
    fault = "the resolver is away"
    lab.vpc.stop_names()
    try:
        cached_people_come_in(lab, report, fault)
    finally:
        lab.start_names()
    back = back_online([lab.nodes[name] for name in ("login-1", "worker-1")])
    report.figure(f"both nodes back online after: {fault}", back, "s")
    assert back <= BACK_ONLINE


def test_ubuntu_comes_in_while_sssd_is_dead(lab: Lab, login: Node) -> None:
    login.machine.must("systemctl", "stop", "sssd")
    try:
        assert lab.laptop.key("ubuntu", "login-1", "sudo", "-n", "true").ok
        assert login.through_ssm("sudo", "-n", "true").ok
        assert not lab.laptop.key("alice", "login-1").ok
    finally:
        login.machine.must("systemctl", "start", "sssd")
    wait_for(lambda: lab.laptop.key("alice", "login-1").ok, 30, "alice is let in again")


def cable(lab: Lab, machine: Machine) -> tuple[Callable[[], None], Callable[[], None]]:
    """Pulls a cable, and puts it back."""
    return (lambda: lab.switch.cable_out(machine.name), lambda: lab.switch.cable_in(machine.name))
