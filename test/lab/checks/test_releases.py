"""Nodes of the Debian releases before and after: HyperPod's SSSD, sshd and PAM are between the two.

Each joins, lets in and refuses as the lab's own nodes do. SSSD, sshd, PAM and apt are the release's own; only the older
one borrows a Python, for its own is older than the scripts need.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from lab.cluster import Lab
from lab.load import more_logins, under_load
from lab.machine import Result
from lab.node import OTHER_RELEASES, Node
from lab.people import BIND_ACCOUNTS
from lab.report import Report
from lab.secrets import let_sssd_log_errors, secrets_logged

FILES = "find /etc /opt/podlaunch /var/lib/pam -xdev -type f -printf '%p %T@ %m %U %G %i\\n' | sort"
STARTED = ["systemctl", "show", "-p", "ExecMainStartTimestampMonotonic,NRestarts", "ssh", "sssd"]
VERSIONS = "dpkg-query --show --showformat '${Package} ${Version}\\n' sssd-common openssh-server; /usr/bin/python3 -V"


WITHOUT_WORDS = ("older-1",)
"""Debian 11 switches keyboard-interactive off by a word that sshd reads outside of Match only: no PAM module speaks."""

RESTARTED = ("newer-1",)
"""From 2.10 on SSSD cannot read one section anew: it is restarted, and logins wait."""


@dataclass(frozen=True)
class Joined:
    """A node and its first run of the scripts."""

    node: Node
    first: Result


@pytest.fixture(scope="module")
def joined(lab: Lab, first_joins: dict[str, Result]) -> Iterator[dict[str, Joined]]:
    """A node of each other release, after its first run."""
    try:
        nodes = lab.start_other_releases()
        with ThreadPoolExecutor() as pool:
            runs = list(pool.map(Node.join, nodes.values()))
        yield {name: Joined(node, run) for (name, node), run in zip(nodes.items(), runs, strict=True)}
    finally:
        lab.stop_other_releases()


@pytest.fixture(params=OTHER_RELEASES)
def one(request: pytest.FixtureRequest, joined: dict[str, Joined]) -> Joined:
    """One of them."""
    return joined[request.param]


def test_it_joins(one: Joined, report: Report) -> None:
    assert one.first.ok, one.first
    assert one.node.podlaunch("status").ok, one.node.podlaunch("status")
    assert one.node.podlaunch("diagnose").ok, one.node.podlaunch("diagnose")
    assert one.node.machine.must("systemctl", "--failed", "--no-legend", "--plain") == ""
    print(one.node.machine.sh(VERSIONS))
    report.figure(f"first run of the scripts on {one.node.name}", one.first.seconds, "s")


def test_its_sssd_has_nothing_to_say_against_the_configuration(one: Joined) -> None:
    checked = one.node.machine.run("sssctl", "config-check")
    assert checked.ok, checked
    assert "Issues identified by validators: 0" in checked.out
    assert "Messages generated during configuration merging: 0" in checked.out
    journal = one.node.machine.sh("journalctl --no-pager --boot -u sssd -p warning --output cat")
    assert "sssd.conf" not in journal, journal


def test_a_second_run_changes_nothing(one: Joined) -> None:
    machine = one.node.machine
    before = machine.sh(FILES), machine.must(*STARTED)
    again = one.node.entry()
    assert again.ok, again
    assert "nothing" in again.out + again.err
    assert (machine.sh(FILES), machine.must(*STARTED)) == before


def test_what_runs_behind_a_socket_is_well_before_its_first_caller(joined: dict[str, Joined]) -> None:
    node = joined["newer-1"].node
    assert node.machine.must("systemctl", "is-active", "ssh.socket").strip() == "active"
    node.machine.must("systemctl", "stop", "ssh.service")
    assert not node.machine.run("test", "-e", "/run/sshd").ok, "the folder that sshd wants for its own test"
    assert node.podlaunch("check").ok
    assert node.podlaunch("diagnose").ok


def test_key_and_password_of_the_directory_let_in(lab: Lab, one: Joined) -> None:
    said = lab.laptop.key("alice", one.node.name, 'id -un; echo "$PWD"')
    assert said.out.split() == ["alice", "/fsx/home/alice"], said
    assert lab.laptop.password("bob", one.node.name, "id", "-un").out.strip() == "bob"
    assert not lab.laptop.password("bob", one.node.name, password="wrong").ok


@pytest.mark.parametrize("user", ["eve", "dave", "erin"])
def test_who_is_in_no_group_or_disabled_or_expired_is_refused(lab: Lab, one: Joined, user: str) -> None:
    assert one.node.machine.run("getent", "passwd", user).ok, "known, so that the refusal means something"
    assert not lab.laptop.key(user, one.node.name).ok
    assert not lab.laptop.password(user, one.node.name).ok


def test_a_password_to_be_changed_is_refused_and_a_key_is_not(lab: Lab, one: Joined) -> None:
    refused = lab.laptop.password("frank", one.node.name)
    assert not refused.ok
    if one.node.name not in WITHOUT_WORDS:
        assert "administrator" in (refused.out + refused.err).lower(), refused
    assert lab.laptop.key("frank", one.node.name).ok


def test_ten_refused_logins_shut_out_nobody_else_from_the_same_address(lab: Lab, one: Joined) -> None:
    with ThreadPoolExecutor() as pool:
        refused = list(pool.map(lambda _: lab.laptop.key("eve", one.node.name), range(10)))
    assert not any(result.ok for result in refused)
    assert lab.laptop.key("ubuntu", one.node.name).ok
    assert lab.laptop.key("carol", one.node.name).ok


def test_sudo_is_for_the_group_that_has_it(lab: Lab, one: Joined) -> None:
    assert lab.laptop.key("alice", one.node.name, "sudo", "-n", "id", "-u").out.strip() == "0"
    assert not lab.laptop.key("carol", one.node.name, "sudo", "-n", "true").ok
    assert lab.laptop.key("ubuntu", one.node.name, "sudo", "-n", "id", "-u").out.strip() == "0"


def test_no_log_of_its_sssd_holds_the_bind_password(lab: Lab, one: Joined) -> None:
    let_sssd_log_errors(lab, one.node)
    assert secrets_logged(one.node) == []


@pytest.mark.parametrize("user", ["alice", "carol", "ida", "max"])
def test_its_numbers_are_those_of_the_other_nodes(lab: Lab, one: Joined, user: str) -> None:
    here, there = one.node.machine, lab.nodes["login-1"].machine
    assert here.must("getent", "passwd", user) == there.must("getent", "passwd", user)
    assert sorted(here.must("id", "-G", user).split()) == sorted(there.must("id", "-G", user).split())


def test_a_new_bind_account_is_taken_up_and_costs_no_login(lab: Lab, one: Joined, report: Report) -> None:
    assert one.node.podlaunch("refresh").ok, "so that the account is new to it"
    before = one.node.machine.must(*STARTED)
    lab.bind_as(BIND_ACCOUNTS[1])
    try:
        with under_load(lab, {"max": one.node}) as loads:
            more_logins(loads)
            refreshed = one.node.podlaunch("refresh")
            more_logins(loads)
        assert refreshed.ok, refreshed
        report.figure(f"on {one.node.name} during a change of the bind account, all let in", loads[0].let_in, "logins")
        assert loads[0].refused == []
        assert f"CN={BIND_ACCOUNTS[1]}," in one.node.machine.read("/etc/sssd/sssd.conf")
        one.node.wait_online()
        assert lab.laptop.password("carol", one.node.name).ok
        assert (one.node.machine.must(*STARTED) == before) is (one.node.name not in RESTARTED)
    finally:
        lab.bind_as_first()
    assert one.node.podlaunch("status").ok
    assert one.node.machine.must("systemctl", "--failed", "--no-legend", "--plain") == ""
