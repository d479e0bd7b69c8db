"""Homes on the shared file system."""

import shlex
from collections.abc import Iterator

import pytest

from lab import measure
from lab.cluster import Lab
from lab.directory import public_key
from lab.machine import Result, wait_for
from lab.node import Node
from lab.people import CROWD, DOMAIN, OU


def test_a_home_is_private_and_complete(lab: Lab, login: Node) -> None:
    lab.laptop.key("alice", "login-1")
    owner, mode = login.machine.must("stat", "-c", "%U %a", "/fsx/home/alice").split()
    assert (owner, mode) == ("alice", "700")
    assert login.machine.run("test", "-f", "/fsx/home/alice/.bashrc").ok
    assert not lab.laptop.password("bob", "login-1", "ls", "/fsx/home/alice").ok


def test_the_directory_s_key_is_not_copied_into_the_home(lab: Lab, login: Node) -> None:
    lab.laptop.key("carol", "login-1")
    kept = login.machine.must("cat", "/fsx/home/carol/.ssh/authorized_keys")
    assert public_key("carol").split()[1] not in kept


def test_a_person_goes_from_node_to_node_without_a_question_also_when_a_node_has_new_host_keys(
    lab: Lab, login: Node, worker: Node
) -> None:
    known = "/fsx/home/carol/.ssh/known_hosts"
    address = worker.machine.address
    login.machine.sh(f"sed -n 's/^/worker-1,{address} /p' /etc/ssh/ssh_host_*_key.pub >{known}; chown carol: {known}")
    for there in ("worker-1", address, "localhost"):
        said = lab.laptop.key("carol", "login-1", f"ssh -o BatchMode=yes {there} hostname")
        assert said.out.strip() == ("login-1" if there == "localhost" else "worker-1"), said
        assert f"'{there}'" not in said.err, said
        assert "IDENTIFICATION" not in said.err, said
    worker.machine.sh("rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh")
    again = lab.laptop.key("carol", "login-1", "ssh -o BatchMode=yes worker-1 hostname")
    assert again.out.strip() == "worker-1", again
    login.machine.must("rm", known)


def test_of_other_hosts_ssh_asks_as_before(lab: Lab, login: Node) -> None:
    login.machine.sh(f"sed -i '/^{login.machine.address}$/d' /etc/podlaunch/cluster-nodes")
    other = lab.laptop.key("carol", "login-1", "ssh -o BatchMode=yes login-1 hostname")
    assert "Host key verification failed" in other.err, other
    assert login.podlaunch("refresh").ok
    assert lab.laptop.key("carol", "login-1", "ssh -o BatchMode=yes login-1 hostname").ok, "the timer keeps the list"


def test_the_key_pair_of_a_home_opens_it_from_the_cluster_s_network_only(lab: Lab, login: Node) -> None:
    laptop, elsewhere, copied = lab.laptop.machine, "10.192.99.1", "/root/keys/copied"
    laptop.write(copied, login.machine.read("/fsx/home/carol/.ssh/id_ed25519"), mode="600")
    laptop.must("ip", "address", "add", f"{elsewhere}/32", "dev", "eth0")
    login.machine.must("ip", "route", "add", elsewhere, "dev", "eth0")
    try:
        way = [*lab.laptop.key_command("carol", "login-1", identity=["-i", copied, "-o", "IdentitiesOnly=yes"])]
        assert laptop.run(*way).ok, "from an address of the cluster's network"
        refused = laptop.run(way[0], "-b", elsewhere, *way[1:])
        assert "Permission denied" in refused.err, refused
        assert laptop.run(*lab.laptop.key_command("carol", "login-1")).ok, "the directory's key opens it from anywhere"
    finally:
        login.machine.must("ip", "route", "del", elsewhere)
        laptop.sh(f"ip address del {elsewhere}/32 dev eth0; rm {copied}")


def test_who_has_sudo_gets_no_key_pair_without_a_passphrase(lab: Lab, login: Node) -> None:
    assert lab.laptop.key("alice", "login-1").ok
    assert not login.machine.run("test", "-e", "/fsx/home/alice/.ssh/id_ed25519").ok


def test_a_home_that_belongs_to_somebody_else_lets_nobody_in(lab: Lab, login: Node) -> None:
    home = "/fsx/home/guest29"
    login.machine.sh(f"mkdir {home}; chown 987654 {home}; echo 'touch /tmp/was-here' >{home}/.bashrc")
    try:
        refused = lab.laptop.key("guest29", "login-1")
        assert not refused.ok
        assert "belongs to uid 987654" in refused.out + refused.err
        assert not login.machine.run("test", "-e", "/tmp/was-here").ok
        assert "belongs to uid 987654" in login.podlaunch("diagnose", "guest29").out
    finally:
        login.machine.must("rm", "-r", home)
    assert lab.laptop.key("guest29", "login-1").ok


def test_somebody_whose_account_is_renamed_is_told_where_the_home_is(lab: Lab, login: Node) -> None:
    dn, homes = f"CN=guest26,OU=Users,{OU}", "/fsx/home"
    assert lab.laptop.key("guest26", "login-1", "echo 42 >results").ok
    lab.directory.modify(dn, "replace", "sAMAccountName", "guest26b")
    try:
        told = lab.laptop.key("guest26b", "login-1", "true", key="crowd")
        assert told.ok
        assert f"mv {homes}/guest26 {homes}/guest26b" in told.err
        assert f"mv {homes}/guest26 {homes}/guest26b" in login.podlaunch("diagnose", "guest26b").out
        login.machine.must("mv", f"{homes}/guest26", f"{homes}/guest26b")
        assert lab.laptop.key("guest26b", "login-1", "cat results", key="crowd").out.strip() == "42"
    finally:
        lab.directory.modify(dn, "replace", "sAMAccountName", "guest26")
        login.machine.run("mv", f"{homes}/guest26b", f"{homes}/guest26")


@pytest.fixture
def own_numbers(lab: Lab, login: Node) -> Iterator[None]:
    """The directory's own numbers count, by the documented place for additions; two people and a group have one."""
    numbers = {"CN=guest25,OU=Users": 5001, "CN=guest24,OU=Users": 1000, "CN=ClusterDev,OU=Groups": 5100}
    for place, number in numbers.items():
        lab.directory.modify(f"{place},{OU}", "add", "gidNumber", "5100")
        if "Users" in place:
            lab.directory.modify(f"{place},{OU}", "add", "uidNumber", str(number))
    conf = "/etc/sssd/conf.d/numbers.conf"
    login.machine.write(conf, f"[domain/{DOMAIN}]\nldap_id_mapping = False\n", mode="600")
    login.machine.sh("systemctl stop sssd; rm -f /var/lib/sss/db/cache_* /var/lib/sss/mc/*; systemctl start sssd")
    wait_for(lambda: login.machine.run("getent", "passwd", "guest25").ok, 30, "SSSD looks people up again")
    yield
    login.machine.must("rm", conf)
    for place in numbers:
        lab.directory.modify(f"{place},{OU}", "delete", "gidNumber", "5100")
        if "Users" in place:
            lab.directory.modify(f"{place},{OU}", "delete", "uidNumber", str(numbers[place]))
    measure.empty_cache(login)
    assert login.podlaunch("refresh").ok


def test_a_directory_may_have_numbers_of_its_own(lab: Lab, login: Node, own_numbers: None) -> None:
    said = lab.laptop.key("guest25", "login-1", "id -u; pwd")
    assert said.out.split() == ["5001", "/fsx/home/guest25"], said
    assert login.machine.must("stat", "-c", "%u", "/fsx/home/guest25").strip() == "5001"
    assert login.podlaunch("refresh").ok, "the bind account has no number"
    refused = lab.laptop.key("guest24", "login-1")
    assert not refused.ok, "sudo and files would take him for ubuntu"
    assert "this node's own account ubuntu" in refused.out + refused.err
    login.machine.must("rm", "-r", "/fsx/home/guest25")


def test_where_others_could_put_a_home_first_none_is_made_and_it_is_said(lab: Lab, login: Node) -> None:
    login.machine.must("chmod", "1777", "/fsx/home")
    try:
        assert "cannot be made" in lab.laptop.key("guest28", "login-1", "true").err
        assert not login.machine.run("test", "-e", "/fsx/home/guest28").ok
        refreshed = login.podlaunch("refresh")
        assert "PLN-HOME" in refreshed.out
        assert refreshed.ok, "it keeps nobody out"
    finally:
        login.machine.must("chmod", "755", "/fsx/home")
    assert login.podlaunch("refresh").ok


def test_a_home_is_made_once_when_its_owner_logs_in_everywhere_at_once(
    lab: Lab, first_joins: dict[str, Result]
) -> None:
    commands = [lab.laptop.key_command(CROWD[0], node, "true") for node in ("login-1", "worker-1") * 4]
    script = "\n".join(f"{shlex.join(command)} & pids+=($!)" for command in commands)
    lab.laptop.machine.sh(f'pids=(); {script}\nfor pid in "${{pids[@]}}"; do wait "$pid" || exit 1; done')
    worker = lab.nodes["worker-1"].machine
    assert worker.must("stat", "-c", "%U %a", f"/fsx/home/{CROWD[0]}").split() == [CROWD[0], "700"]
    left = worker.sh("ls -A /fsx/home").split("\n")
    assert not [name for name in left if name.startswith(".") or "tmp" in name], left
    pair = worker.sh(f"ls /fsx/home/{CROWD[0]}/.ssh; wc -l </fsx/home/{CROWD[0]}/.ssh/authorized_keys").split()
    assert pair[-1] == "1", pair
