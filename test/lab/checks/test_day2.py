"""Day 2 without a rebuild: a timer brings new settings to the node, and applies only what changed."""

import re
from collections.abc import Iterator
from functools import partial

import pytest

from lab import balancer, measure
from lab.cluster import Lab
from lab.directory import ADMINISTRATOR_PASSWORD, public_key
from lab.machine import wait_for
from lab.node import Node
from lab.paths import CHECKOUT
from lab.people import BASE_DN, DOMAIN, OU
from lab.report import Report

PATIENCE = 3
"""A directory that takes longer than so many seconds to say what state a password is in is not waited for."""


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
    lab.publish_settings(homeRoot="/home", sshKeyPair=False)
    assert login.podlaunch("refresh").ok
    login.wait_online()
    assert lab.laptop.key("carol", "login-1", "pwd").out.strip() == "/home/carol"
    assert not login.machine.run("test", "-e", "/home/carol/.ssh").ok


def page_block(number: int) -> str:
    """A change that docs/by-hand.md or docs/day-2.md shows, as it is there."""
    pages = "".join((CHECKOUT / "docs" / name).read_text() for name in ("by-hand.md", "day-2.md"))
    found: list[str] = re.findall(r"```ldif\n(.*?)```", pages, re.DOTALL)
    return found[number]


def page_ldif(number: int, name: str, key: str = "") -> str:
    """The same for a person of the lab's directory."""
    block = page_block(number)
    block = re.sub(r"CN=\w+,(.*)DC=hyperpod,DC=internal", rf"CN={name},\1{BASE_DN}", block)
    return re.sub(r"ssh-ed25519 .*", key, block) if key else block


def apply_as_the_page_says(node: Node, ldif: str) -> None:
    """Runs the page's ldapmodify on a node; the password comes from standard input, not from the keyboard."""
    page = (CHECKOUT / "docs/by-hand.md").read_text()
    found = re.search(r"^ *(LDAPTLS_CACERT=.*)$", page, re.MULTILINE)
    assert found
    words = {"ca.pem": "/etc/podlaunch/directory-ca.pem", "admin@hyperpod.internal": f"Administrator@{DOMAIN}"}
    assert balancer.NAME in found[1]
    line = found[1].replace("-W", "-y /dev/stdin").replace("change.ldif", "/root/change.ldif")
    for word, instead in words.items():
        line = line.replace(word, instead)
    node.machine.write("/root/change.ldif", ldif)
    node.machine.must("sh", "-c", line, stdin=ADMINISTRATOR_PASSWORD)


def test_the_page_s_lines_give_a_person_a_key_that_lets_in(lab: Lab, login: Node) -> None:
    dn = f"CN=bob,OU=Users,{OU}"
    assert not lab.laptop.key("bob", "login-1", key="alice").ok
    apply_as_the_page_says(login, page_ldif(1, "bob", public_key("alice")))
    try:
        lab.directory.replicate_both_ways()
        measure.empty_cache(login)
        assert lab.laptop.key("bob", "login-1", key="alice").ok
    finally:
        lab.directory.apply(f"dn: {dn}\nchangetype: modify\ndelete: altSecurityIdentities\n")
        measure.empty_cache(login)


def test_the_page_s_lines_lock_somebody_whose_password_is_guessed(lab: Lab, login: Node) -> None:
    policy = "samba-tool domain passwordsettings pso".split()
    group, person = f"CN=Data Science,OU=Groups,{OU}", f"CN=ida,OU=Users,{OU}"
    lab.directory.dc1.must(*policy, "create", "CustomerPSO-01", "10", "--complexity=on")
    lab.directory.replicate()
    ldif = re.sub(r"CN=ClusterDev,\S+", group, page_block(2)).replace("DC=hyperpod,DC=internal", BASE_DN)
    try:
        apply_as_the_page_says(login, ldif)
        lab.directory.replicate_both_ways()
        guess = f"ldapsearch -x -H ldap://{lab.directory.dc1.address} -D '{person}' -w wrong -s base -b '' dn"
        for _ in range(10):
            assert lab.directory.dc1.run("sh", "-c", guess).code == 49
        lab.directory.replicate()
        assert not lab.laptop.password("ida", "login-1").ok
        assert "was locked after wrong passwords" in login.podlaunch("diagnose", "ida").out
        assert lab.laptop.key("ida", "login-1").ok, "a locked account still has its key"
        assert lab.laptop.password("bob", "login-1").ok, "others are not concerned"
    finally:
        lab.directory.dc1.must(*policy, "delete", "CustomerPSO-01")
        lab.directory.modify(person, "replace", "lockoutTime", "0")
    login.wait_online()
    assert lab.laptop.password("ida", "login-1").ok


def test_the_page_s_lines_keep_a_bind_account_s_password_from_expiring(lab: Lab, login: Node) -> None:
    dn = f"CN=grace,OU=Users,{OU}"  # whose password is older than 42 days
    assert not lab.laptop.password("grace", "login-1").ok
    apply_as_the_page_says(login, page_ldif(0, "grace"))
    try:
        lab.directory.replicate_both_ways()
        measure.empty_cache(login)
        assert lab.laptop.password("grace", "login-1").ok
    finally:
        lab.directory.modify(dn, "replace", "userAccountControl", "512")
        measure.empty_cache(login)
