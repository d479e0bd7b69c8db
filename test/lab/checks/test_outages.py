"""Logins go on while controllers and the load balancer die, and the node comes back online by itself."""

from collections.abc import Callable, Iterator

import pytest

from lab.cluster import Lab
from lab.directory import start_serving, stop_serving
from lab.machine import Machine, wait_for
from lab.node import Node
from lab.report import Report

BACK_ONLINE = 5
"""Seconds after the end of a fault within which a node must talk to the directory again."""


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


def until_let_in(lab: Lab, user: str, seconds: float = 60) -> tuple[float, int]:
    """Tries password logins until one succeeds: the seconds it took, and how many were refused before."""
    tries: list[bool] = []

    def let_in() -> bool:
        tries.append(lab.laptop.password(user, "login-1").ok)
        return tries[-1]

    return wait_for(let_in, seconds, f"{user} is let in by password"), len(tries) - 1


def note(report: Report, fault: str, took: float, refused: int, back: float | None = None) -> None:
    """A row of the fault table from what was measured."""
    sees = "nothing" if refused == 0 else f"{refused} password logins refused"
    lasts = f"first login after {took:.1f} s" + (
        f"; back online {back:.1f} s after its end" if back is not None else ""
    )
    report.fault(fault, sees, lasts)


def outage(lab: Lab, report: Report, fault: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
    """One fault from its beginning to the node's return; keys and passwords of cached people work throughout."""
    login = lab.nodes["login-1"]
    begin()
    login.forget_cache()
    try:
        took, refused = until_let_in(lab, "bob")
        assert lab.laptop.key("alice", "login-1", "sudo", "-n", "true").ok
        assert not lab.laptop.password("bob", "login-1", password="wrong").ok
    finally:
        end()
    lab.balancer.wait_both_up()
    back = login.wait_online()
    note(report, fault, took, refused, back)
    report.figure(f"back online after: {fault}", back, "s")
    assert back <= BACK_ONLINE


def test_one_controller_stops_in_order(lab: Lab, report: Report) -> None:
    dc1 = lab.directory.dc1
    outage(lab, report, "one controller stops", lambda: stop_serving(dc1), lambda: start_serving(dc1))


def test_one_controller_s_cable_is_pulled(lab: Lab, report: Report) -> None:
    outage(lab, report, "one controller vanishes", *cable(lab, lab.directory.dc2))


def test_one_controller_is_frozen(lab: Lab, report: Report) -> None:
    dc1 = lab.directory.dc1
    outage(lab, report, "one controller freezes: it takes connections and never answers", dc1.freeze, dc1.thaw)


def test_every_controller_vanishes(lab: Lab, report: Report) -> None:
    one, two = (cable(lab, each) for each in lab.directory.controllers())
    both = (lambda: (one[0](), two[0]())[0], lambda: (one[1](), two[1]())[0])
    outage(lab, report, "both controllers vanish: people who have logged in before go on", *both)


def test_the_load_balancer_vanishes(lab: Lab, report: Report) -> None:
    fault = "the load balancer vanishes: people who have logged in before go on"
    outage(lab, report, fault, *cable(lab, lab.balancer.machine))


def test_whoever_never_logged_in_is_refused_while_all_is_away_and_let_in_after(lab: Lab, login: Node) -> None:
    login.machine.must("id", "anna maria")
    lab.switch.cable_out("lb")
    try:
        assert not lab.laptop.password("anna maria", "login-1").ok
    finally:
        lab.switch.cable_in("lb")
    wait_for(lambda: lab.laptop.password("anna maria", "login-1").ok, 60, "let in again")


def test_names_cannot_be_resolved(lab: Lab, report: Report, login: Node) -> None:
    outage(lab, report, "the resolver is away", lab.vpc.stop_names, lab.start_names)


def cable(lab: Lab, machine: Machine) -> tuple[Callable[[], None], Callable[[], None]]:
    """Pulls a cable, and puts it back."""
    return (lambda: lab.switch.cable_out(machine.name), lambda: lab.switch.cable_in(machine.name))
