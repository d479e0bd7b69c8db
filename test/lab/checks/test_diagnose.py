"""`podlaunch-node diagnose` says which link of the chain to a login is broken, in words and in JSON."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lab import balancer
from lab.certificates import self_signed
from lab.cluster import Lab
from lab.node import Node
from lab.people import BIND_ACCOUNTS, BIND_PASSWORD, OU

ACCOUNT_RESTRICTIONS = "4c164200-20c0-11d0-a768-00aa006e0529"
"""The set of attributes that userAccountControl and accountExpires belong to (MS-ADTS 3.1.1.2.3.3)."""


def broken(node: Node, *person: str) -> dict[str, str]:
    """The first link that is broken, as JSON has it; the words must name it too."""
    said = node.podlaunch("diagnose", *person)
    assert said.code == 1, said
    assert "Traceback" not in said.out + said.err
    links = json.loads(node.podlaunch("diagnose", "--json", *person).out)["links"]
    first = next(link for link in links if link["state"] == "broken")
    assert f"FAIL {first['link']}" in said.out
    # The system's own words in brackets depend on how long a way has been closed.
    assert first["words"].partition(" (")[0] in said.out
    assert first["nextStep"], first
    found: dict[str, str] = {key: first[key] for key in ("link", "code", "words")}
    return found


def test_nothing_is_broken_for_somebody_who_may_log_in(login: Node) -> None:
    said = login.podlaunch("diagnose", "alice")
    assert said.ok, said.out
    assert "of ClusterAdmin, with sudo" in said.out
    assert "1 in the directory" in said.out


@pytest.mark.parametrize(
    ("person", "link", "words"),
    [
        ("nobody-at-all", "account", "no person"),
        ("dave", "account", "disabled"),
        ("erin", "account", "expired"),
        ("frank", "password", "must be changed"),
        ("grace", "password", "has expired"),
        ("eve", "member", "none of the groups"),
        ("ida", "", ""),
    ],
)
def test_what_keeps_a_person_out_is_named(login: Node, person: str, link: str, words: str) -> None:
    if not link:
        assert login.podlaunch("diagnose", person).ok
        return
    found = broken(login, person)
    assert found["link"] == link
    assert words in found["words"]


def is_whole_again(node: Node) -> None:
    """Every link is complete, the last run too: the timer's may have met the fault."""
    node.wait_online()
    assert node.podlaunch("refresh").ok
    said = node.podlaunch("diagnose")
    assert said.ok, said.out


@contextmanager
def away(lab: Lab, what: str) -> Iterator[None]:
    """One thing on the way to the directory is wrong for a while."""
    account = f"CN={BIND_ACCOUNTS[0]},OU=Users,{OU}"
    try:
        if what == "name":
            lab.forget_name()
        elif what == "tcp":
            lab.switch.cable_out("lb")
        elif what == "tls":
            lab.balancer.serve(self_signed(lab.vpc.machine, balancer.NAME))
        else:
            # The directory takes the password before the last one for an hour.
            for number in (1, 2):
                lab.directory.set_password(account, f"An0ther-Passw0rd-{number}")
        yield
    finally:
        if what == "name":
            lab.start_names()
        elif what == "tcp":
            lab.balancer_back()
        elif what == "tls":
            lab.balancer.serve(lab.leaf)
        else:
            lab.directory.set_password(account, BIND_PASSWORD)


@pytest.mark.parametrize("link", ["name", "tcp", "tls", "bind"])
def test_the_link_to_the_directory_that_is_broken_is_named(lab: Lab, login: Node, link: str) -> None:
    with away(lab, link):
        found = broken(login)
        assert (found["link"], found["code"]) == (link, f"PLN-{link.upper()}")
        assert lab.laptop.key("ubuntu", "login-1").ok
    is_whole_again(login)


@pytest.mark.parametrize(
    ("link", "breaking", "mending"),
    [
        ("sssd", "systemctl stop sssd", "systemctl start sssd"),
        ("sshd", "echo 'DenyUsers bob' >>/etc/ssh/sshd_config", "sed -i '/^DenyUsers bob/d' /etc/ssh/sshd_config"),
        (
            "keys",
            "chmod -x /opt/podlaunch/current/podlaunch_node/libexec/authorized-keys",
            "chmod +x /opt/podlaunch/current/podlaunch_node/libexec/authorized-keys",
        ),
        ("sudo", "echo 'not sudoers' >/etc/sudoers.d/zz-lab", "rm /etc/sudoers.d/zz-lab"),
        ("role", "nft delete table inet podlaunch_metadata", "nft -f /etc/podlaunch/metadata-service.nft"),
        ("homes", "chmod 777 /fsx/home", "chmod 755 /fsx/home"),
    ],
)
def test_the_link_on_the_node_that_is_broken_is_named(login: Node, link: str, breaking: str, mending: str) -> None:
    login.machine.sh(breaking)
    try:
        assert broken(login)["link"] == link
    finally:
        login.machine.sh(mending)
    is_whole_again(login)


def test_a_password_that_ends_soon_is_said_before_it_does(lab: Lab, login: Node) -> None:
    account, person = f"CN={BIND_ACCOUNTS[0]},OU=Users,{OU}", f"CN=bob,OU=Users,{OU}"
    assert "PLN-ENDS" not in login.podlaunch("status").out
    for dn in (account, person):
        lab.directory.set_password_age(dn, 38.5)
    try:
        refreshed, status = login.podlaunch("refresh"), login.podlaunch("status")
        diagnosed = login.podlaunch("diagnose", "bob")
        for said in (refreshed, status, diagnosed):
            assert said.ok, "it works today"
            assert "the password of the bind account ReadOnly ends on" in said.out
        assert "in 3 days" in next(line for line in diagnosed.out.splitlines() if line.startswith("WARN password"))
        told = lab.laptop.password("bob", "login-1")
        assert told.ok
        assert told.err.count("Your password ends on") == 1, told.err
        assert "(in 3 days)" in told.err
        assert "ends on" not in lab.laptop.password("carol", "login-1").err
    finally:
        for dn in (account, person):
            lab.directory.set_password_age(dn, None)
    assert login.podlaunch("refresh").ok
    assert "PLN-ENDS" not in login.podlaunch("status").out


def test_a_bind_account_that_cannot_read_who_is_disabled_is_named(lab: Lab, login: Node) -> None:
    # SSSD takes who shows no userAccountControl for enabled.
    alice = f"CN=alice,OU=Users,{OU}"
    lab.publish_settings(groups=[one for one in lab.settings()["groups"] if one["name"] == "ClusterAdmin"])
    before = lab.directory.forbid_reading(alice, BIND_ACCOUNTS[0], ACCOUNT_RESTRICTIONS)
    try:
        refreshed = login.podlaunch("refresh")
        assert refreshed.code == 1
        assert "PLN-RIGHTS" in refreshed.out
        assert broken(login)["code"] == "PLN-RIGHTS"
    finally:
        lab.directory.set_rights(alice, before)
        lab.publish_settings()
    is_whole_again(login)


def test_a_group_of_the_settings_that_the_directory_does_not_have_is_named(lab: Lab, login: Node) -> None:
    missing = {"name": "Nobody Made It", "logIn": ["Login"], "sudo": False}
    lab.publish_settings(groups=[*lab.settings()["groups"], missing])
    try:
        assert login.podlaunch("refresh").ok
        assert "Nobody Made It" in broken(login)["words"]
    finally:
        lab.publish_settings()
        assert login.podlaunch("refresh").ok
