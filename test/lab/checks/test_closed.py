"""Closed by default: nothing lets anyone in but the settings' groups."""

import pytest

from lab.cluster import Lab
from lab.node import Node
from lab.people import PASSWORD


@pytest.mark.parametrize("node", ["login-1", "worker-1", "controller-1"])
def test_a_person_in_no_group_is_refused_everywhere(lab: Lab, login: Node, node: str) -> None:
    assert not lab.laptop.key("eve", node).ok
    assert not lab.laptop.password("eve", node).ok


def test_a_group_is_let_in_only_on_its_node_types(lab: Lab, login: Node) -> None:
    assert lab.laptop.key("ida", "login-1").ok
    assert not lab.laptop.key("ida", "worker-1").ok
    assert not lab.laptop.key("carol", "controller-1").ok
    assert lab.laptop.key("alice", "controller-1").ok


@pytest.mark.parametrize("user", ["dave", "erin"])
def test_a_disabled_or_expired_account_is_refused_by_key_and_password(lab: Lab, login: Node, user: str) -> None:
    assert not lab.laptop.key(user, "login-1").ok
    assert not lab.laptop.password(user, "login-1").ok


def test_a_wrong_password_costs_time_and_nobody_is_locked_out(lab: Lab, login: Node) -> None:
    for _ in range(2):
        assert not lab.laptop.password("bob", "login-1", password="wrong").ok
    stack = login.machine.read("/etc/pam.d/common-auth").splitlines()
    ours = [line for line in stack if "pam_faildelay.so delay=2000000" in line]
    assert len(ours) == 1
    assert lab.laptop.password("bob", "login-1").ok


@pytest.mark.parametrize("user", ["frank", "grace"])
def test_a_password_to_be_changed_refuses_passwords_and_names_the_way_out(lab: Lab, login: Node, user: str) -> None:
    refused = lab.laptop.password(user, "login-1")
    assert not refused.ok
    assert "administrator" in (refused.out + refused.err).lower(), refused


@pytest.mark.parametrize("user", ["frank", "grace"])
def test_a_password_to_be_changed_leaves_keys_alone_by_default(lab: Lab, login: Node, user: str) -> None:
    assert lab.laptop.key(user, "login-1").ok


def test_passwd_names_the_way_out(lab: Lab, login: Node) -> None:
    said = lab.laptop.key("alice", "login-1", "passwd", "</dev/null")
    assert not said.ok
    assert "administrator" in (said.out + said.err).lower(), said


def test_nobody_fetches_the_keys_for_sshd_as_root(login: Node) -> None:
    effective = login.machine.must("sshd", "-T").splitlines()
    user = next(line.split()[1] for line in effective if line.startswith("authorizedkeyscommanduser "))
    assert user not in ("root", "none")


def test_passwords_are_not_asked_for_from_the_node_s_own_accounts(lab: Lab, login: Node) -> None:
    login.machine.must("chpasswd", stdin=f"ubuntu:{PASSWORD}\nroot:{PASSWORD}\n")
    try:
        assert not lab.laptop.password("ubuntu", "login-1").ok
        assert not lab.laptop.password("root", "login-1").ok
    finally:
        login.machine.sh("passwd -l ubuntu; passwd -l root")
    assert lab.laptop.key("ubuntu", "login-1").ok


def test_the_gate_without_its_file_is_closed(lab: Lab, login: Node) -> None:
    login.machine.must("rm", "/etc/podlaunch/access.conf")
    try:
        assert not lab.laptop.key("alice", "login-1").ok
        assert lab.laptop.key("ubuntu", "login-1", "sudo", "-n", "true").ok
    finally:
        assert login.podlaunch("apply").ok
    assert lab.laptop.key("alice", "login-1").ok


def test_an_sshd_config_that_ends_in_a_match_block_opens_nothing(lab: Lab, login: Node) -> None:
    main = "/etc/ssh/sshd_config"
    login.machine.sh(f"cp -a {main} /root; printf 'Match User nobody-at-all\\n    X11Forwarding no\\n' >>{main}")
    try:
        assert login.podlaunch("apply").ok
        login.machine.must("systemctl", "restart", "ssh")
        assert not lab.laptop.key("eve", "login-1").ok
        assert not lab.laptop.password("eve", "login-1").ok
        assert lab.laptop.key("carol", "login-1").ok
        assert lab.laptop.password("bob", "login-1").ok
    finally:
        login.machine.sh(f"cp -a /root/sshd_config {main}; systemctl restart ssh")
    assert login.podlaunch("check").ok


def test_cron_and_su_ask_at_the_same_gate(login: Node) -> None:
    assert login.machine.run("su", "-", "carol", "-c", "true").ok
    assert not login.machine.run("su", "-", "eve", "-c", "true").ok


def test_root_gets_in_neither_by_key_nor_by_password(lab: Lab, login: Node) -> None:
    assert not lab.laptop.key("root", "login-1", key="alice").ok
    assert not lab.laptop.password("root", "login-1").ok
