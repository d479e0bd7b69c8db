"""Day 2 without a rebuild: a timer brings new settings to the node, and applies only what changed."""

from collections.abc import Iterator
from functools import partial

import pytest

from lab import measure
from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.report import Report

PATIENCE = 3
"""A directory that takes longer than so many seconds to say how a password stands is not waited for."""


@pytest.fixture
def settings_after(lab: Lab, login: Node) -> Iterator[None]:
    """Puts the lab's own settings back."""
    yield
    lab.publish_settings()
    assert login.podlaunch("refresh").ok


def started(node: Node, unit: str) -> str:
    """When a service was started."""
    return node.machine.must("systemctl", "show", "-p", "ExecMainStartTimestampMonotonic", unit)


def is_told_of_the_way_out(lab: Lab, user: str) -> bool:
    """Whether somebody with a key is refused, and told whom to ask."""
    refused = lab.laptop.key(user, "login-1")
    assert not refused.ok or refused.seconds >= PATIENCE, "let in, though the directory did not take long"
    return not refused.ok and "administrator" in (refused.out + refused.err).lower()


def test_a_timer_with_jitter_refreshes(login: Node) -> None:
    timers = login.machine.must("systemctl", "list-timers", "--all", "--no-legend")
    name = next(word for word in timers.split() if word.startswith("podlaunch") and word.endswith(".timer"))
    assert login.machine.run("systemctl", "is-enabled", name).ok
    show = ["systemctl", "show", "-p", "RandomizedDelayUSec,NextElapseUSecMonotonic", name]
    properties = dict(line.split("=") for line in login.machine.must(*show).splitlines())
    assert properties["RandomizedDelayUSec"] == "12h", "half of the refresh time is left to chance"
    assert properties["NextElapseUSecMonotonic"] != "infinity"


def test_a_group_taken_from_the_settings_is_refused_without_a_restart_of_sssd(
    lab: Lab, login: Node, settings_after: None
) -> None:
    assert lab.laptop.key("ida", "login-1").ok
    sssd = started(login, "sssd")
    lab.publish_settings(groups=[group for group in lab.settings()["groups"] if group["name"] != "Data Science"])
    assert login.podlaunch("refresh").ok
    assert not lab.laptop.key("ida", "login-1").ok
    assert lab.laptop.key("carol", "login-1").ok
    assert started(login, "sssd") == sssd


def test_sudo_is_given_and_taken_by_the_settings(lab: Lab, login: Node, settings_after: None) -> None:
    groups = [{**group, "sudo": group["name"] == "ClusterDev"} for group in lab.settings()["groups"]]
    ssh = started(login, "ssh")
    lab.publish_settings(groups=groups)
    assert login.podlaunch("refresh").ok
    assert lab.laptop.key("carol", "login-1", "sudo", "-n", "true").ok
    assert not lab.laptop.key("alice", "login-1", "sudo", "-n", "true").ok
    assert started(login, "ssh") == ssh


def test_password_logins_are_switched_off_by_the_settings(lab: Lab, login: Node, settings_after: None) -> None:
    lab.publish_settings(passwordLogin=False)
    assert login.podlaunch("refresh").ok
    assert not lab.laptop.password("bob", "login-1").ok
    assert lab.laptop.key("carol", "login-1").ok


def test_an_expired_password_stops_keys_too_if_the_settings_say_so(
    lab: Lab, login: Node, settings_after: None, report: Report
) -> None:
    assert lab.laptop.key("grace", "login-1").ok
    lab.publish_settings(expiredPassword="refuse-all")
    assert login.podlaunch("refresh").ok
    login.wait_online()
    for user in ("grace", "frank"):
        wait_for(partial(is_told_of_the_way_out, lab, user), 20, f"{user} is refused in words")
    took = measure.login_cached(lab.laptop, login, "carol")
    report.figure("login by key, cached, with expiredPassword: refuse-all", took)


def test_domain_users_as_a_group_lets_everyone_in(lab: Lab, login: Node, settings_after: None) -> None:
    everyone = {"name": "Domain Users", "logIn": ["Login"], "sudo": False}
    lab.publish_settings(groups=[*lab.settings()["groups"], everyone])
    assert login.podlaunch("refresh").ok
    assert lab.laptop.key("eve", "login-1").ok


def test_the_metadata_service_is_opened_by_the_settings_only(lab: Lab, login: Node, settings_after: None) -> None:
    ask = "curl -s -m 5 -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/"
    assert lab.laptop.key("carol", "login-1", ask).out != "401"
    lab.publish_settings(userMetadataAccess="open")
    assert login.podlaunch("refresh").ok
    assert lab.laptop.key("carol", "login-1", ask).out == "401"


def test_the_timer_brings_new_settings_by_itself(lab: Lab, worker: Node, report: Report) -> None:
    lab.publish_settings(refreshSeconds=5)
    assert worker.podlaunch("refresh").ok
    lab.publish_settings(refreshSeconds=5, passwordLogin=False)
    try:
        off = lambda: not lab.laptop.password("carol", "worker-1").ok  # noqa: E731
        took = wait_for(off, 90, "the timer has brought the settings", pause=1)
        report.figure("new settings are in force by the timer (every 5 s in the lab)", took, "s")
    finally:
        lab.publish_settings()
        assert worker.podlaunch("refresh").ok


def test_homes_local_to_the_node_by_the_settings(lab: Lab, login: Node, settings_after: None) -> None:
    lab.publish_settings(homeDirectories={"root": "/home", "sshKeyPair": False})
    assert login.podlaunch("refresh").ok
    login.wait_online()
    assert lab.laptop.key("carol", "login-1", "pwd").out.strip() == "/home/carol"
    assert not login.machine.run("test", "-e", "/home/carol/.ssh").ok
