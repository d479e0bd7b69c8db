"""ssh between the cluster's own nodes."""

import json
import subprocess
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.run import Done
from podlaunch_node.steps.node import cluster_nodes, cluster_ssh
from podlaunch_node.system import files
from support import Commands, make_node, plan
from test_scripts import LIBEXEC, command, copy, run

OWN = ("127.0.0.1", "10.1.0.2", "172.16.0.9", "169.254.7.7", "fe80::1", "::1")
KNOWS = {
    "ssh -F /etc/ssh/ssh_config -G": f"knownhostscommand {cluster_ssh.COMMAND} %H %t %K\n",
    "ip -json address": json.dumps([{"addr_info": [{"local": address} for address in OWN]}]),
}
KEY = ("ssh-ed25519", "AAAAC3Nz")


@pytest.fixture(autouse=True)
def cluster(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the cluster's nodes."""
    known = ["10.1.0.2", "10.1.0.3"]
    monkeypatch.setattr(cluster_nodes, "addresses", lambda _node: known)
    return known


def test_check_apply_verify(tmp_path: Path, cluster: list[str]) -> None:
    node = make_node(tmp_path, Commands(KNOWS))
    assert len(cluster_ssh.check(node, plan())) == 2
    cluster_ssh.apply(node, plan())
    cluster_ssh.verify(node, plan())
    assert files.read(node, cluster_ssh.LIST) == "10.1.0.2\n10.1.0.3\n172.16.0.9\n"
    cluster.append("10.1.0.4")
    assert cluster_ssh.check(node, plan()) == [f"{cluster_ssh.LIST} differs"], "a new node"


def test_a_list_is_kept_while_hyperpod_s_file_cannot_be_read(tmp_path: Path, cluster: list[str]) -> None:
    node = make_node(tmp_path, Commands(KNOWS))
    cluster_ssh.apply(node, plan())
    cluster.clear()
    assert cluster_ssh.check(node, plan()) == []


def test_an_ssh_that_does_not_read_the_drop_in_is_said(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    cluster_ssh.apply(node, plan())
    with pytest.raises(Fault, match="PLN-SSH") as caught:
        cluster_ssh.verify(node, plan())
    assert not caught.value.ours


def test_an_old_ssh_would_refuse_the_option_and_gets_none(tmp_path: Path) -> None:
    node = make_node(tmp_path, Commands({"ssh -F none -G": Done(255, "", "Bad configuration option")}))
    assert cluster_ssh.check(node, plan()) == []
    cluster_ssh.apply(node, plan())
    cluster_ssh.verify(node, plan())
    assert files.read(node, cluster_ssh.FILE) is None


def answer(tmp_path: Path, name: str, kind: str = KEY[0], key: str = KEY[1]) -> "subprocess.CompletedProcess[str]":
    """What the command says of a host."""
    (tmp_path / "cluster-nodes").write_text("10.1.0.2\n10.1.0.3\nfd00::3\n")
    hosts = {
        "worker-1": "10.1.0.3",
        "both": "10.1.0.3 fd00::3",
        "mixed": "10.1.0.3 10.9.9.9",
        "localhost": "::1 127.0.0.1",
        "longer": "10.1.0.33",
        "dots": "10x1.0.3",
        "other": "192.0.2.1",
        "10.1.0.2": "10.1.0.2",
    }
    lines = "".join(
        f"{host}) " + "".join(f"echo '{one} STREAM {host}'; " for one in found.split()) + ";;\n"
        for host, found in hosts.items()
    ).replace("; ;;", ";;")
    command(tmp_path, "getent", f'[ "$1" = ahosts ] || exit 1\ncase "$2" in\n{lines}*) exit 2;; esac')
    return run(copy(tmp_path, "cluster-host-key", "/etc/podlaunch", str(tmp_path)), tmp_path, name, kind, key)


@pytest.mark.parametrize("name", ["worker-1", "both", "localhost", "10.1.0.2", "[worker-1]:2222"])
def test_the_key_that_a_node_shows_is_taken(tmp_path: Path, name: str) -> None:
    done = answer(tmp_path, name)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{name} {KEY[0]} {KEY[1]}\n", "")


@pytest.mark.parametrize("name", ["other", "mixed", "longer", "dots", "unknown", "", "$(touch x)", "a b"])
def test_of_other_hosts_nothing_is_said(tmp_path: Path, name: str) -> None:
    done = answer(tmp_path, name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_question_for_an_order_of_keys_has_no_answer(tmp_path: Path) -> None:
    assert answer(tmp_path, "worker-1", "NONE", "NONE").stdout == ""


def test_the_script_is_the_one_that_is_named() -> None:
    assert (LIBEXEC / Path(cluster_ssh.COMMAND).name).exists()
