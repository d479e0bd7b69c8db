"""Homes: made once, whole, private, however many nodes ask for one at the same second."""

import dataclasses
import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from podlaunch_node import settings
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import run
from podlaunch_node.steps.homes import earlier_home, home_directories, make_home
from podlaunch_node.steps.node import cluster_nodes
from support import Commands, document, make_node, plan, put

FROM = ["10.1.0.0/16", "127.0.0.0/8"]


@pytest.fixture
def node(tmp_path: Path) -> Node:
    """A node with a skeleton and a folder for homes."""
    made = make_node(tmp_path)
    put(made, "/etc/skel/.bashrc", "# hello\n")
    put(made, "/etc/skel/.config/tool", "x\n", mode=0o600)
    made.path("/fsx/home").mkdir(parents=True)
    return Node(root=tmp_path, owner=made.owner, run=run)


def person(name: str = "alice") -> pwd.struct_passwd:
    """A person with the test's own uid, so that no root is needed."""
    return pwd.struct_passwd((name, "*", os.getuid(), os.getgid(), name, f"/fsx/home/{name}", "/bin/bash"))


def test_a_home_has_skeleton_keys_and_mode(node: Node) -> None:
    assert make_home.make_home(node, person(), "/fsx/home", FROM)
    home = node.path("/fsx/home/alice")
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / ".bashrc").read_text() == "# hello\n"
    assert (home / ".config/tool").stat().st_mode & 0o777 == 0o600
    assert (home / ".ssh").stat().st_mode & 0o777 == 0o700
    assert (home / ".ssh/id_ed25519").stat().st_mode & 0o777 == 0o600
    public = (home / ".ssh/id_ed25519.pub").read_text()
    assert (home / ".ssh/authorized_keys").read_text() == f'from="10.1.0.0/16,127.0.0.0/8" {public}'
    assert os.listdir(node.path("/fsx/home")) == ["alice"]


def test_without_a_key_pair_there_is_no_ssh_folder(node: Node) -> None:
    make_home.make_home(node, person(), "/fsx/home", [])
    assert not node.path("/fsx/home/alice/.ssh").exists()


def test_a_home_that_is_there_is_never_touched(node: Node) -> None:
    put(node, "/fsx/home/alice/thesis.tex", "42")
    assert not make_home.make_home(node, person(), "/fsx/home", FROM)
    assert os.listdir(node.path("/fsx/home/alice")) == ["thesis.tex"]


def test_twenty_logins_at_once_make_one_home(node: Node) -> None:
    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(lambda _: make_home.make_home(node, person(), "/fsx/home", FROM), range(20)))
    assert made.count(True) == 1
    assert os.listdir(node.path("/fsx/home")) == ["alice"]
    assert len(node.path("/fsx/home/alice/.ssh/authorized_keys").read_text().splitlines()) == 1


@pytest.mark.parametrize("home", ["/home/alice", "/fsx/home", "/fsx/home/a/b", "/fsx/home/../alice"])
def test_nothing_is_made_elsewhere(node: Node, home: str) -> None:
    one = pwd.struct_passwd(("alice", "*", os.getuid(), os.getgid(), "", home, "/bin/bash"))
    assert not make_home.make_home(node, one, "/fsx/home", [])


def come_in(node: Node, monkeypatch: pytest.MonkeyPatch, one: pwd.struct_passwd) -> int:
    """PAM's call for this person."""
    settings.keep(node, document())
    monkeypatch.setattr(make_home, "Node", lambda: node)
    monkeypatch.setattr(pwd, "getpwnam", lambda _name: one)
    monkeypatch.setenv("PAM_USER", one.pw_name)
    return make_home.main()


def at(node: Node, name: str, uid: int | None = None) -> pwd.struct_passwd:
    """A person with the test's own uid, or another, whose home is where the node's files are."""
    own = os.getuid() if uid is None else uid
    return pwd.struct_passwd((name, "*", own, os.getgid(), name, str(node.path(f"/fsx/home/{name}")), "/bin/bash"))


def test_somebody_whose_account_has_another_name_now_is_told_where_the_home_is(
    node: Node, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(node, "/fsx/home/smith/thesis.tex", "42")
    assert come_in(node, monkeypatch, at(node, "jones")) == 0, "and comes in"
    said = capsys.readouterr().out
    assert f"mv {node.path('/fsx/home/smith')} {node.path('/fsx/home/jones')}" in said
    assert "another name" in said
    assert os.listdir(node.path("/fsx/home")) == ["smith"], "no second home hides the first"


def test_the_youngest_home_of_a_uid_is_the_one_that_is_named(node: Node) -> None:
    homes, uid = node.path("/fsx/home"), os.getuid()
    assert earlier_home.find(homes, uid) is None
    for age, name in enumerate(["new", "old", ".podlaunch-new-1"]):
        (homes / name).mkdir()
        os.utime(homes / name, (1000 - age, 1000 - age))
    (homes / "link").symlink_to(homes / "old")
    (homes / "file").write_text("x")
    assert earlier_home.find(homes, uid) == homes / "new"
    assert earlier_home.find(homes, uid + 1) is None
    assert earlier_home.find(homes, uid, seconds=-1) is None, "a login does not wait for ever"


@pytest.mark.parametrize("uid", [5001, 99])
def test_a_directory_may_have_uids_of_its_own(
    node: Node, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], uid: int
) -> None:
    made: list[int] = []
    monkeypatch.setattr(make_home, "make_home", lambda _node, person, _root, _key_from: made.append(person.pw_uid))
    assert come_in(node, monkeypatch, at(node, "posixy", uid)) == 0
    assert made == [uid], capsys.readouterr().out


def test_the_node_s_own_accounts_get_no_home_from_here(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    own = "ubuntu:x:1000:1000::/home/ubuntu:/bin/bash\n"
    node = dataclasses.replace(node, run=Commands({"getent -s files passwd": own}))
    assert come_in(node, monkeypatch, at(node, "ubuntu", 1000)) == 0
    assert os.listdir(node.path("/fsx/home")) == []


def test_a_failure_leaves_nothing_under_the_home_s_name(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(make_home, "give", fail)
    with pytest.raises(OSError, match="No space"):
        make_home.make_home(node, person(), "/fsx/home", [])
    assert os.listdir(node.path("/fsx/home")) == []


def test_what_a_killed_call_left_goes_after_a_while(node: Node) -> None:
    host = os.uname().nodename
    for name in (f".podlaunch-new-1-{host}-1", ".podlaunch-new-1-otherhost-1"):
        put(node, f"/fsx/home/{name}/x", "x")
    folder = node.path("/fsx/home")
    now = folder.stat().st_mtime
    make_home.sweep(folder, now)
    assert len(os.listdir(folder)) == 2
    make_home.sweep(folder, now + 700)
    assert os.listdir(folder) == [".podlaunch-new-1-otherhost-1"]


def test_local_homes_need_no_mount(tmp_path: Path) -> None:
    local = make_node(tmp_path)
    wanted = plan(homeRoot="/home")
    assert home_directories.check(local, wanted)
    home_directories.apply(local, wanted)
    home_directories.verify(local, wanted)
    assert home_directories.check(local, wanted) == []


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o775])
def test_where_others_can_write_among_the_homes_none_is_made(node: Node, mode: int) -> None:
    node.path("/fsx/home").chmod(mode)
    with pytest.raises(Fault, match=f"mode {mode:o}") as caught:
        make_home.make_home(node, person(), "/fsx/home", [])
    assert not caught.value.ours
    assert os.listdir(node.path("/fsx/home")) == []


def test_a_folder_above_may_be_sticky_but_not_open(node: Node) -> None:
    node.path("/fsx").chmod(0o777)
    with pytest.raises(Fault, match="PLN-HOME"):
        make_home.make_home(node, person(), "/fsx/home", [])
    node.path("/fsx").chmod(0o1777)
    assert make_home.make_home(node, person(), "/fsx/home", [])


def test_a_link_in_the_place_of_the_folder_is_refused(node: Node) -> None:
    node.path("/elsewhere").mkdir()
    node.path("/fsx/link").symlink_to(node.path("/elsewhere"))
    one = pwd.struct_passwd(("alice", "*", os.getuid(), os.getgid(), "", "/fsx/link/alice", "/bin/bash"))
    with pytest.raises(Fault, match="PLN-HOME"):
        make_home.make_home(node, one, "/fsx/link", [])


def test_a_home_of_somebody_else_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = pwd.struct_passwd(("alice", "*", os.getuid(), os.getgid(), "", str(tmp_path), "/bin/bash"))
    assert make_home.is_own(mine)
    other = pwd.struct_passwd(("alice", "*", os.getuid() + 1, os.getgid(), "", str(tmp_path), "/bin/bash"))
    assert not make_home.is_own(other)
    assert f"belongs to uid {os.getuid()}" in capsys.readouterr().out


def test_a_folder_for_homes_that_others_can_write_is_a_warning_of_the_run(tmp_path: Path) -> None:
    local = make_node(tmp_path)
    wanted = plan(homeRoot="/home")
    home_directories.apply(local, wanted)
    local.path("/home").chmod(0o777)
    with pytest.raises(Fault, match="PLN-HOME"):
        home_directories.verify(local, wanted)


def test_shared_homes_wait_for_their_file_system(tmp_path: Path) -> None:
    if os.stat(tmp_path).st_dev != os.stat("/").st_dev:
        pytest.skip("the temporary folder is a file system of its own")
    with pytest.raises(Fault, match="PLN-HOME") as caught:
        home_directories.apply(make_node(tmp_path), plan())
    assert not caught.value.ours
    assert not (tmp_path / "fsx").exists()


@pytest.mark.parametrize(("groups", "pair"), [({}, True), ({"ClusterAdmin": 7}, False), ({"Data Science": 7}, True)])
def test_who_has_sudo_on_any_node_gets_no_key_pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, groups: dict[str, int], pair: bool
) -> None:
    monkeypatch.setattr(cluster_nodes, "networks", lambda _node: ["10.1.0.0/16"])
    monkeypatch.setattr(os, "getgrouplist", lambda _name, _gid: [5, 7])
    monkeypatch.setattr(make_home, "_number", groups.get)
    found = make_home.key_networks(make_node(tmp_path), plan().settings, person())
    assert found == (["10.1.0.0/16", "127.0.0.0/8", "::1"] if pair else [])


def test_no_key_pair_is_made_where_none_is_wanted_or_no_network_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_home, "_number", lambda _group: None)
    monkeypatch.setattr(cluster_nodes, "networks", lambda _node: ["10.1.0.0/16"])
    without = plan(sshKeyPair=False).settings
    assert make_home.key_networks(make_node(tmp_path), without, person()) == []
    monkeypatch.setattr(cluster_nodes, "networks", lambda _node: [])
    assert make_home.key_networks(make_node(tmp_path), plan().settings, person()) == []
