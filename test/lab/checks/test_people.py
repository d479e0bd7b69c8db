"""Who is known, and who gets in: the same on every node."""

import pytest

from lab.cluster import Lab
from lab.machine import Result
from lab.node import Node
from lab.people import MAPPINGS

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


@pytest.mark.parametrize("user", ["alice", "bob", "carol", "eve", "ida", "max"])
def test_every_node_agrees_on_every_number(lab: Lab, first_joins: dict[str, Result], user: str) -> None:
    lines = {node.machine.must("getent", "passwd", user) for node in lab.nodes.values()}
    ids = {node.machine.must("id", user) for node in lab.nodes.values()}
    assert len(lines) == 1
    assert len(ids) == 1


def test_the_key_of_the_directory_lets_in(lab: Lab, login: Node) -> None:
    said = lab.laptop.key("alice", "login-1", 'id -un; echo "$PWD"')
    assert said.out.split() == ["alice", "/fsx/home/alice"], said


def test_only_ssh_keys_are_offered_as_keys(login: Node) -> None:
    offered = login.machine.must("runuser", "-u", "nobody", "--", *keys_command(login), "alice").splitlines()
    assert [line.split()[0] for line in offered if line] == ["ssh-ed25519"]
    assert not any(mapping in "\n".join(offered) for mapping in MAPPINGS)


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


def test_ubuntu_keeps_its_key_and_its_sudo(lab: Lab, first_joins: dict[str, Result]) -> None:
    for node in lab.nodes.values():
        assert lab.laptop.key("ubuntu", node.name, "sudo", "-n", "id", "-u").out.strip() == "0"
