"""The chain that diagnose walks."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import metadata_world
import pytest
from ldap_server import Pair, certificate, entry, result, serve
from podlaunch_node import identity
from podlaunch_node.diagnose import chain, key_values, node_links, person_links, status
from podlaunch_node.diagnose.link import Link
from podlaunch_node.diagnose.member import Member
from podlaunch_node.identity import Identity
from podlaunch_node.node import LIBEXEC, Node
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.login import access
from support import BIND_DN, Commands, make_node, plan, put
from test_own_job import SLURM
from test_password_state import joined


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("tls"), "localhost")


def directory(tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
    """Knows the bind account and anyone who runs the tests."""
    if tag == 0x60:
        return [result(0x61)]
    if parts[0][1].decode() == BIND_DN:
        return [entry(BIND_DN, sAMAccountName=["ReadOnly"]), result(0x65)]
    if b"nobody-there" in parts[6][1]:
        return [result(0x65)]
    return [entry("CN=me", userAccountControl=["514"], accountExpires=["0"], pwdLastSet=["0"]), result(0x65)]


def states(links: list[Link]) -> dict[str, str]:
    """State by name."""
    return {link.name: link.state for link in links}


def test_a_node_that_never_joined_has_one_broken_link(tmp_path: Path) -> None:
    links = chain.walk(make_node(tmp_path), None)
    assert [(link.name, link.code) for link in links] == [("settings", "PLN-NEVER")]
    assert "what to do" in "\n".join(links[0].summary())


def test_the_network_s_links_are_whole_one_by_one(tmp_path: Path, pair: Pair) -> None:
    with serve(pair, directory) as port:
        found = chain.walk(joined(tmp_path, port, pair), None)
    assert [link.name for link in found[:6]] == ["settings", "name", "tcp", "tls", "bind", "search"]
    assert all(link.is_whole for link in found[:6])
    assert "valid until" in found[3].message
    assert found[5].message == "finds itself as ReadOnly"


def test_what_lies_behind_a_broken_link_is_not_reached(tmp_path: Path, pair: Pair) -> None:
    found = chain.walk(joined(tmp_path, 1, pair), "alice")
    now = states(found)
    assert [now[name] for name in chain.CHAIN] == ["whole", "broken", "not reached", "not reached", "not reached"]
    assert "account" not in now
    assert "sssd" in now, "the node's own links are looked at all the same"


def test_a_refused_bind_leaves_the_search_unreached(tmp_path: Path, pair: Pair) -> None:
    with serve(pair, lambda _tag, _parts: [result(0x61, 49, "data 52e, v")]) as port:
        now = states(chain.walk(joined(tmp_path, port, pair), None))
    assert (now["tls"], now["bind"], now["search"]) == ("whole", "broken", "not reached")


@pytest.fixture
def member(tmp_path: Path) -> Member:
    """A member's settings."""
    wanted = plan(homeRoot="/home")
    return Member(wanted.settings, wanted.secret, wanted.anchor)


def well(root: Path) -> tuple[Node, Commands]:
    """A node on which everything is as it should be."""
    from podlaunch_node.steps.login.sshd import KEYS_COMMAND

    values = f"usepam yes\nauthorizedkeyscommand {KEYS_COMMAND}\nauthorizedkeyscommanduser nobody\n"
    commands = Commands(
        {
            "systemctl is-active sssd": "active",
            "/usr/sbin/sshd -T": values,
            **metadata_world.answers(),
            "systemctl is-enabled": "",
        }
    )
    node = make_node(root, commands)
    put(node, f"{LIBEXEC}/authorized-keys", "#!/bin/sh\n", mode=0o755)
    put(node, "/home/x", "")
    access.apply(node, plan())
    status.write(node, Identity("lab", "r", "login", 3), "Login", [], [], "v")
    return node, commands


def test_a_node_that_is_well(tmp_path: Path, member: Member) -> None:
    node, _commands = well(tmp_path)
    assert set(states(node_links.links(node, member)).values()) == {"whole"}


def test_who_may_use_the_node_s_role_is_said(tmp_path: Path, member: Member) -> None:
    node, _commands = well(tmp_path)
    role = next(link for link in node_links.links(node, member) if link.name == "role")
    assert role.message.endswith("may use it: 0, 1000, 10001")


@pytest.mark.parametrize(
    ("command", "answer", "link", "code"),
    [
        ("systemctl is-active sssd", "failed", "sssd", "PLN-SSSD"),
        ("getent group Data Science", Done(2, "", ""), "groups", "PLN-GROUP"),
        ("/usr/sbin/sshd -T", "usepam no\n", "sshd", "PLN-SSHD"),
        ("setpriv", metadata_world.OPEN_TO_NOBODY, "role", "PLN-METADATA"),
        ("/usr/bin/python3 -IB", "TIMEOUT", "role", "PLN-METADATA"),
        ("visudo", CommandError(["visudo"], 1, "syntax error"), "sudo", "PLN-COMMAND"),
    ],
)
def test_each_of_the_node_s_links_can_break(
    tmp_path: Path, member: Member, command: str, answer: str | Done | CommandError, link: str, code: str
) -> None:
    node, commands = well(tmp_path)
    commands.answers[command] = answer
    found = [one for one in node_links.links(node, member) if not one.is_whole]
    assert [(one.name, one.code) for one in found] == [(link, code)]
    assert found[0].as_dict()["nextStep"]


def test_a_sshd_that_limits_users_itself_is_named(tmp_path: Path, member: Member) -> None:
    node, commands = well(tmp_path)
    commands.answers["/usr/sbin/sshd -T"] = str(commands.answers["/usr/sbin/sshd -T"]) + "allowgroups wheel\n"
    found = [one for one in node_links.links(node, member) if not one.is_whole]
    assert "allowgroups wheel" in found[0].message


def test_files_that_are_gone_break_their_links(tmp_path: Path, member: Member) -> None:
    node, _commands = well(tmp_path)
    node.path(f"{LIBEXEC}/authorized-keys").unlink()
    node.path(access.FILE).unlink()
    now = states(node_links.links(node, member))
    assert (now["keys"], now["gate"]) == ("broken", "broken")


@pytest.fixture
def someone() -> Iterator[str]:
    """The name of anyone who runs the tests."""
    yield pwd.getpwuid(os.getuid()).pw_name


def test_a_person_s_own_links(tmp_path: Path, pair: Pair, someone: str) -> None:
    answers = {
        f"id -G {someone}": "0 77 88\n",
        "getent group ClusterAdmin": "clusteradmin:*:77:\n",
        str(tmp_path / LIBEXEC.lstrip("/") / "authorized-keys"): "ssh-ed25519 AAAA x\n",
    }
    with serve(pair, directory) as port:
        node = joined(tmp_path, port, pair)
        node = Node(root=node.root, owner=node.owner, run=Commands(answers), clock=node.clock)
        put(node, identity.KEPT, '{"cluster_name":"lab","region":"r","group":"login","nodes":3}')
        node.run.answers["ip -json address"] = "[]"  # type: ignore[attr-defined]
        links = {link.name: link for link in chain.walk(node, someone)[14:]}
        stranger = chain.walk(node, "nobody-there")[-1]
    assert (links["account"].message, links["password"].state) == ("is disabled", "broken")
    assert links["member"].message == "of ClusterAdmin, with sudo"
    assert links["keys"].message == "1 in the directory"
    assert "uid" in links["user"].message
    assert stranger.code == "PLN-PERSON"


def test_somebody_of_whom_nobody_can_say_whether_they_are_disabled_is_not_called_enabled() -> None:
    link = person_links._account({"dn": [b"CN=me"], "accountExpires": [b"0"]}, 0)
    assert (link.state, link.code) == ("broken", "PLN-RIGHTS")


def test_a_person_s_keys_are_counted_and_what_is_no_key_is_named(tmp_path: Path) -> None:
    wanted = plan()
    member, key = Member(wanted.settings, wanted.secret, wanted.anchor), "ssh-ed25519 AAAAC3Nz me"
    node = make_node(tmp_path, Commands({str(tmp_path): f"{key}\n"}))

    def keys(*values: str) -> Link:
        found = {key_values.ATTRIBUTE: [value.encode() for value in values]}
        return person_links._keys(node, member, "me", found)

    assert keys(key, "X509:<S>CN=me").message == "1 in the directory"
    assert keys(key, "ssh-rsa AAAAB3Nz new").message.startswith("1 in the directory, 1 more within 300 s")
    link = keys(key, "SSHKey:ssh-rsa AAAAB3Nz me")
    assert link.code == "PLN-KEYS"
    assert link.message == "1 value of altSecurityIdentities is not a public key alone (begins with SSHKey:)"


def test_a_home_under_an_earlier_name_is_named(tmp_path: Path) -> None:
    wanted = plan(homeRoot="/home")
    node, uid = make_node(tmp_path), os.getuid()
    put(node, "/home/smith/thesis.tex", "42")
    known = pwd.struct_passwd(("jones", "*", uid, 0, "", "/home/jones", "/bin/bash"))
    link = person_links._home(node, Member(wanted.settings, wanted.secret, wanted.anchor), known)
    assert (link.state, link.code) == ("broken", "PLN-HOME")
    assert f"mv {tmp_path}/home/smith {tmp_path}/home/jones" in link.next_step


@pytest.mark.parametrize(
    ("uid", "sudo", "message"),
    [
        (990201101, False, "runs here"),
        (990201103, False, "has no running job on this node"),
        (990201103, True, "needs none: is in a group with sudo"),
    ],
)
def test_where_workers_are_for_people_with_a_job_it_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uid: int, sudo: bool, message: str
) -> None:
    node = make_node(tmp_path, Commands({**SLURM, "ip -json": "[]"}))
    put(node, identity.KEPT, '{"cluster_name":"lab","region":"r","group":"worker","nodes":3}')
    monkeypatch.setattr(person_links, "has_sudo", lambda _settings, _person: sudo)
    known = pwd.struct_passwd(("carol", "*", uid, 0, "", "/fsx/home/carol", "/bin/bash"))

    def links(**changes: Any) -> list[Link]:
        wanted = plan("worker", **changes)
        return person_links._job(node, Member(wanted.settings, wanted.secret, wanted.anchor), known)

    (link,) = links(workerLogin="with-job")
    assert link.message == message
    assert link.code == ("PLN-JOB" if message.startswith("has no") else "")
    assert links() == []


def test_somebody_in_no_group_is_told_which_ones_count(tmp_path: Path) -> None:
    wanted = plan()
    node = make_node(tmp_path, Commands({"id -G eve": "5\n", "getent group": "g:*:6:\n", "ip -json": "[]"}))
    put(node, identity.KEPT, '{"cluster_name":"lab","region":"r","group":"login","nodes":3}')
    link = person_links._member(node, Member(wanted.settings, wanted.secret, wanted.anchor), "eve")
    assert link.code == "PLN-MEMBER"
    assert "ClusterAdmin, Data Science" in link.message
