"""Who is known, and who gets in: the same on every node."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lab.cluster import Lab
from lab.directory import public_key
from lab.machine import Result
from lab.node import Node
from lab.people import DOMAIN, MAPPINGS, MASS, NAMED, NODES_OWN

ALL_NODES = ("controller-1", "login-1", "worker-1")


def groups_of(node: Node, user: str) -> list[str]:
    """The names of the user's groups on the node, in lower case: case means nothing to the directory."""
    return node.machine.sh(f"id -nGz '{user}' | tr '\\0' '\\n'").lower().splitlines()


@pytest.mark.parametrize("name", ALL_NODES)
def test_people_and_their_groups_are_known(lab: Lab, first_joins: dict[str, Result], name: str) -> None:
    node = lab.nodes[name]
    assert node.machine.run("getent", "passwd", "alice").ok
    assert "clusteradmin" in groups_of(node, "alice")
    assert "clusterdev" in groups_of(node, "carol"), "carol is in it through TeamX"
    assert groups_of(node, "eve") == ["domain users"]


def test_every_node_agrees_on_every_number(lab: Lab, first_joins: dict[str, Result]) -> None:
    names = [person.name for person in (*NAMED, *MASS[::25]) if person.name not in NODES_OWN]
    ask = 'while read -r name; do getent passwd "$name"; id "$name"; done'
    with ThreadPoolExecutor() as pool:
        told = list(pool.map(lambda node: node.machine.sh(ask, stdin="\n".join(names) + "\n"), lab.nodes.values()))
    assert len(told[0].splitlines()) == 2 * len(names)
    assert told[0] == told[1] == told[2]


def test_there_is_no_home_before_the_first_login(lab: Lab, login: Node) -> None:
    home = "/fsx/home/guest30"
    assert not login.machine.run("test", "-e", home).ok
    assert lab.laptop.key("guest30", "login-1").ok
    assert login.machine.must("stat", "-c", "%U %a", home).split() == ["guest30", "700"]


def test_the_key_of_the_directory_lets_in(lab: Lab, login: Node) -> None:
    said = lab.laptop.key("alice", "login-1", 'id -un; echo "$PWD"')
    assert said.out.split() == ["alice", "/fsx/home/alice"], said


def test_only_ssh_keys_are_offered_as_keys(login: Node) -> None:
    offered = login.machine.must("runuser", "-u", "nobody", "--", *keys_command(login), "alice").splitlines()
    assert [line.split()[0] for line in offered if line] == ["ssh-ed25519"]
    assert not any(mapping in "\n".join(offered) for mapping in MAPPINGS)


def test_keys_that_were_pasted_with_odd_blanks_let_in_and_what_is_no_key_is_named(lab: Lab, login: Node) -> None:
    kind, blob, *_comment = public_key("eve").split()
    dn = next(person.dn for person in NAMED if person.name == "guest27")
    before = public_key("crowd")
    for odd in (f"{kind}\t{blob}\tme", f"  {kind}   {blob} me "):
        lab.directory.modify(dn, "replace", "altSecurityIdentities", odd)
        login.wait_online(user="guest27")
        assert lab.laptop.key("guest27", "login-1", key="eve").ok, odd
    try:
        lab.directory.modify(
            dn, "replace", "altSecurityIdentities", f"SSHKey:{kind} {blob}", f" {kind} {blob}\r", before
        )
        login.wait_online(user="guest27")
        said = login.podlaunch("diagnose", "guest27")
        assert said.code == 1
        (line,) = (line for line in said.out.splitlines() if line.startswith("FAIL keys"))
        assert "PLN-KEYS: 2 values of altSecurityIdentities are not a public key alone" in line
        assert "begins with SSHKey:" in line
        assert blob not in said.out
    finally:
        lab.directory.modify(dn, "replace", "altSecurityIdentities", before)


def keys_command(node: Node) -> list[str]:
    """The AuthorizedKeysCommand that sshd runs, without its last word, the user."""
    settings = node.machine.must("sshd", "-T", "-C", "user=alice,host=laptop,addr=10.192.10.40").splitlines()
    line = next(line for line in settings if line.startswith("authorizedkeyscommand "))
    return [word for word in line.split()[1:] if not word.startswith("%")]


def test_without_a_key_in_the_directory_no_key_lets_in(lab: Lab, login: Node) -> None:
    assert not lab.laptop.key("bob", "login-1", key="alice").ok


@pytest.mark.parametrize(("user", "node"), [("bob", "login-1"), ("alice", "worker-1"), ("carol", "login-1")])
def test_the_password_of_the_directory_lets_in(lab: Lab, login: Node, user: str, node: str) -> None:
    said = lab.laptop.password(user, node, "id", "-un")
    assert said.out.strip() == user, said


def test_a_wrong_password_does_not_let_in(lab: Lab, login: Node) -> None:
    assert not lab.laptop.password("bob", "login-1", password="wrong").ok


def test_sudo_is_for_the_group_that_has_it(lab: Lab, login: Node) -> None:
    assert lab.laptop.key("alice", "login-1", "sudo", "-n", "id", "-u").out.strip() == "0"
    assert not lab.laptop.password("bob", "login-1", "sudo", "-n", "true").ok
    assert not lab.laptop.key("carol", "login-1", "sudo", "-n", "true").ok


def test_sudo_by_a_group_whose_name_is_not_plain(lab: Lab, login: Node) -> None:
    assert lab.laptop.key("heidi", "login-1", "sudo", "-n", "id", "-u").out.strip() == "0"
    assert lab.laptop.password("heidi", "login-1").ok
    assert not lab.laptop.key("heidi", "worker-1").ok


@pytest.mark.parametrize("name", NODES_OWN)
def test_an_account_of_the_directory_is_never_one_of_the_node_s_own(lab: Lab, login: Node, name: str) -> None:
    own = login.machine.must("getent", "-s", "files", "passwd", name)
    assert login.machine.must("getent", "passwd", name) == own
    for spelling in (name, name.upper(), name.capitalize(), f"{name}@{DOMAIN}"):
        assert not login.machine.run("getent", "-s", "sss", "passwd", spelling).ok, spelling
        assert not lab.laptop.key(spelling, "login-1", key="trap").ok, spelling
        assert not lab.laptop.password(spelling, "login-1").ok, spelling


def test_nor_is_an_account_that_the_node_gets_later(lab: Lab, login: Node) -> None:
    assert lab.laptop.key("late20", "login-1").ok
    # useradd refuses a name that is known; what copies lines from another node does not.
    login.machine.sh("echo late20:x:4020:4020::/tmp:/bin/sh >>/etc/passwd; echo late20:x:4020: >>/etc/group")
    try:
        assert login.podlaunch("refresh").ok
        login.wait_online()
        for spelling in ("late20", "Late20", f"late20@{DOMAIN}"):
            assert not lab.laptop.key(spelling, "login-1", key="crowd").ok, spelling
    finally:
        login.machine.sh("sed -i /^late20:/d /etc/passwd /etc/group")
        assert login.podlaunch("refresh").ok
    login.wait_online()


def test_a_directory_group_called_sudo_gains_nothing(lab: Lab, login: Node) -> None:
    assert "sudo" not in groups_of(login, "bob")
    assert not lab.laptop.password("bob", "login-1", "sudo", "-n", "true").ok


def test_ubuntu_keeps_its_key_and_its_sudo(lab: Lab, first_joins: dict[str, Result]) -> None:
    for node in lab.nodes.values():
        assert lab.laptop.key("ubuntu", node.name, "sudo", "-n", "id", "-u").out.strip() == "0"
