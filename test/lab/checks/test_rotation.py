"""The bind secret changes between two accounts while people log in: no login is lost."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest

from lab import balancer
from lab.certificates import self_signed, signed
from lab.cluster import Lab
from lab.load import Load, more_logins, under_load
from lab.node import Node
from lab.people import BIND_ACCOUNTS, BIND_PASSWORD, OU
from lab.report import Report
from lab.rotation_function import RotationFunction, rotation_function


def on_every_node(lab: Lab) -> AbstractContextManager[list[Load]]:
    """People who log in on every node meanwhile."""
    users = {"carol": "login-1", "max": "worker-1", "alice": "controller-1"}
    return under_load(lab, {user: lab.nodes[name] for user, name in users.items()})


@pytest.fixture
def rotation(lab: Lab) -> Iterator[RotationFunction]:
    """The function that rotates; afterwards both accounts have the passwords of before."""
    with rotation_function(lab) as made:
        before = made.version()
        try:
            yield made
        finally:
            for account in BIND_ACCOUNTS:
                lab.directory.set_password(f"CN={account},OU=Users,{OU}", BIND_PASSWORD)
            made.go_back(before)
            refresh_everywhere(lab)


def refresh_everywhere(lab: Lab) -> None:
    """What the timer does, on every node at the same time."""
    with ThreadPoolExecutor() as pool:
        refreshed = list(pool.map(lambda node: node.podlaunch("refresh"), lab.nodes.values()))
    assert all(result.ok for result in refreshed), refreshed


def test_a_rotation_under_load_loses_no_login(
    lab: Lab, login: Node, rotation: RotationFunction, report: Report
) -> None:
    with on_every_node(lab) as loads:
        assert "ReadOnly2 has a new password" in rotation.scheduled()
        assert rotation.account() == "ReadOnly", "nothing changes for nodes yet"
        assert "It was tried at DC1 and DC2" in rotation.scheduled()
        assert rotation.account() == "ReadOnly2"
        more_logins(loads, 2)  # Nodes still search with the first account.
        refresh_everywhere(lab)
        more_logins(loads, 3)
        assert "It was tried at DC1 and DC2" in rotation.emergency()
        assert rotation.account() == "ReadOnly"
        refresh_everywhere(lab)
        more_logins(loads, 3)
        assert "ReadOnly2, which nodes used before, has a new password, too" in rotation.scheduled()
        more_logins(loads, 3)
    total = sum(load.let_in for load in loads)
    report.figure("logins on three nodes during a rotation of the bind account and an emergency", total, "logins")
    report.fault(
        "the bind secret is rotated, and again in an emergency", "nothing", f"{total} logins meanwhile", "no login"
    )
    assert [load.refused[:2] for load in loads] == [[], [], []]
    assert all(load.let_in > 10 for load in loads), loads
    for node in lab.nodes.values():
        node.wait_online(15)


@pytest.mark.real_time
def test_a_thousand_logins_during_rotations_are_let_in(
    lab: Lab, login: Node, rotation: RotationFunction, report: Report
) -> None:
    rotations = 0
    with on_every_node(lab) as loads:
        while sum(load.tries() for load in loads) < 1000:
            rotation.scheduled()
            more_logins(loads, 5)
            rotation.scheduled()
            refresh_everywhere(lab)
            more_logins(loads, 5)
            rotations += 1
    total = sum(load.let_in for load in loads)
    report.figure(
        f"logins on three nodes during {rotations} rotations of the bind account, all let in", total, "logins"
    )
    assert [load.refused[:2] for load in loads] == [[], [], []]


def test_a_new_certificate_authority_under_load_loses_no_login(lab: Lab, login: Node, report: Report) -> None:
    authority = self_signed(lab.vpc.machine, "Podlaunch authority, the next")
    leaf = signed(lab.vpc.machine, balancer.NAME, authority)
    try:
        with on_every_node(lab) as loads:
            more_logins(loads)
            lab.balancer.serve(leaf)
            lab.import_certificate(leaf)
            refresh_everywhere(lab)
            more_logins(loads)
    finally:
        lab.balancer.serve(lab.leaf)
        lab.import_certificate(lab.leaf)
        refresh_everywhere(lab)
    total = sum(load.let_in for load in loads)
    report.fault("the load balancer gets a certificate of another authority", "nothing", f"{total} logins meanwhile")
    assert [load.refused[:2] for load in loads] == [[], [], []]


def test_while_sssd_changes_directory_users_wait_and_the_node_s_own_do_not(lab: Lab, login: Node) -> None:
    changing = "/run/podlaunch/sssd-changing"
    with ThreadPoolExecutor() as pool:
        login.machine.must("touch", changing)
        try:
            waiting = pool.submit(lab.laptop.key, "carol", "login-1")
            assert lab.laptop.key("ubuntu", "login-1", "sudo", "-n", "true").ok
            assert login.through_ssm("sudo", "-n", "true").ok
            time.sleep(1)
            assert not waiting.done()
        finally:
            login.machine.must("rm", changing)
        assert waiting.result().ok


def test_a_refresh_without_a_change_restarts_nothing(login: Node) -> None:
    show = ["systemctl", "show", "-p", "ExecMainStartTimestampMonotonic", "sssd", "ssh"]
    before = login.machine.must(*show)
    assert login.podlaunch("refresh").ok
    assert login.machine.must(*show) == before


def test_the_old_account_is_not_used_after_the_flip(lab: Lab, login: Node) -> None:
    idle = f"CN={BIND_ACCOUNTS[1]},OU=Users,{OU}"
    try:
        lab.directory.modify(idle, "replace", "userAccountControl", "66050")
        login.wait_online()
        assert login.podlaunch("diagnose").ok
    finally:
        lab.directory.modify(idle, "replace", "userAccountControl", "66048")
