"""The bind secret changes between two accounts while people log in: no login is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

from lab import balancer
from lab.certificates import self_signed, signed
from lab.cluster import Lab
from lab.load import Load, more_logins, under_load
from lab.node import Node
from lab.people import BIND_ACCOUNTS, BIND_PASSWORD, OU
from lab.report import Report


def on_every_node(lab: Lab) -> AbstractContextManager[list[Load]]:
    """People who log in on every node meanwhile."""
    users = {"carol": "login-1", "max": "worker-1", "alice": "controller-1"}
    return under_load(lab, {user: lab.nodes[name] for user, name in users.items()})


def rotate(lab: Lab, to: str, password: str) -> None:
    """What the rotation function does: reset the idle account on every controller, then flip the secret."""
    lab.directory.set_password(f"CN={to},OU=Users,{OU}", password)
    lab.bind_as(to, password)


def refresh_everywhere(lab: Lab) -> None:
    """What the timer does, on every node at the same time."""
    with ThreadPoolExecutor() as pool:
        refreshed = list(pool.map(lambda node: node.podlaunch("refresh"), lab.nodes.values()))
    assert all(result.ok for result in refreshed), refreshed


def test_a_rotation_under_load_loses_no_login(lab: Lab, login: Node, report: Report) -> None:
    first, second = BIND_ACCOUNTS
    try:
        with on_every_node(lab) as loads:
            for number, account in enumerate((second, first, second)):
                rotate(lab, account, f"R0tated-Passw0rd-{number}")
                refresh_everywhere(lab)
                more_logins(loads, 4)
    finally:
        for account in (second, first):
            rotate(lab, account, BIND_PASSWORD)
        refresh_everywhere(lab)
    total = sum(load.let_in for load in loads)
    report.figure("logins on three nodes during three rotations of the bind account, all let in", total, "logins")
    report.fault("the bind secret is rotated three times", "nothing", f"{total} logins meanwhile", "no login")
    assert [load.refused[:2] for load in loads] == [[], [], []]
    assert all(load.let_in > 10 for load in loads), loads
    for node in lab.nodes.values():
        node.wait_online(15)


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
