"""Names that systemd-resolved withholds from the node, with a DNS server that knows them."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from ldap_server import certificate, serve
from podlaunch_node.diagnose import chain
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError
from podlaunch_node.steps.directory import connection, resolver
from podlaunch_node.system import files
from support import Commands, make_node, put
from test_directory_link import SECRET, at, directory
from test_password_state import joined

HOST = "ldaps.corp.local"


@pytest.fixture
def dns(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A DNS server on 127.0.0.1 that knows HOST and localhost alone, and never answers for ldaps.slow.local."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        monkeypatch.setattr(resolver.knows, "__defaults__", (0.5, listener.getsockname()[1]))

        def answer() -> None:
            while True:
                try:
                    question, caller = listener.recvfrom(512)
                except OSError:
                    return
                name = ".".join(_labels(question[12:]))
                if name != "ldaps.slow.local":
                    known = name in (HOST, "localhost")
                    head = b"\x81\x80\x00\x01" + (b"\x00\x01" if known else b"\x00\x00") + b"\x00\x00\x00\x00"
                    record = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x0a\x00\x00\x14" if known else b""
                    listener.sendto(question[:2] + head + question[12:] + record, caller)

        threading.Thread(target=answer, daemon=True).start()
        yield
        listener.close()


def _labels(data: bytes) -> Iterator[str]:
    while data[0]:
        yield data[1 : 1 + data[0]].decode()
        data = data[1 + data[0] :]


def test_a_server_is_asked_itself(dns: None) -> None:
    assert resolver.knows("127.0.0.1", HOST)
    assert not resolver.knows("127.0.0.1", "ldaps.other.local")
    assert not resolver.knows("127.0.0.1", "ldaps.slow.local")
    assert not resolver.knows("127.0.0.1", "a" * 300 + ".local"), "no label is that long"


def test_without_systemd_resolved_nothing_is_withheld(tmp_path: Path, dns: None) -> None:
    assert not resolver.is_withheld(make_node(tmp_path), HOST)


def test_systemd_resolved_is_told_once(tmp_path: Path, dns: None) -> None:
    commands = Commands()
    node = make_node(tmp_path, commands)
    put(node, resolver.BEHIND, "nameserver 127.0.0.1\nnameserver fd00::2\nsearch x\n")
    assert resolver.is_withheld(node, HOST)
    assert not resolver.is_withheld(node, "ldaps.other.local")
    assert resolver.teach(node, HOST)
    text = files.read(node, resolver.DROP_IN) or ""
    assert text.endswith("[Resolve]\nDNS=127.0.0.1\nDomains=~corp.local\n")
    assert commands.ran("systemctl restart systemd-resolved")
    assert not resolver.teach(node, HOST)


def unknown(*_words: object, **_more: object) -> None:
    """What the node's own resolver says."""
    raise socket.gaierror(-2, "Name or service not known")


def test_a_name_that_is_withheld_is_made_known_and_the_node_joins(
    tmp_path: Path, dns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair, said = certificate(tmp_path, "localhost"), list[str]()
    connect = socket.create_connection

    def until_told(*words: object, **more: object) -> socket.socket:
        if not node.path(resolver.DROP_IN).exists():
            unknown()
        return connect(*words, **more)  # type: ignore[arg-type]

    node = make_node(tmp_path / "node", said=said)
    put(node, resolver.BEHIND, "nameserver 127.0.0.1\n")
    monkeypatch.setattr(socket, "create_connection", until_told)
    with serve(pair, directory) as port:
        assert connection.prove(node, at(port), pair.certificate, SECRET).name == "ReadOnly"
    assert any("systemd-resolved" in line for line in said)


def test_a_name_that_stays_unknown_is_not_blamed_on_the_hosted_zone(
    tmp_path: Path, dns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path, "localhost").certificate
    failing = Commands({"systemctl restart systemd-resolved": CommandError(["systemctl"], 1, "no")})
    node = make_node(tmp_path, failing)
    put(node, resolver.BEHIND, "nameserver 127.0.0.1\n")
    monkeypatch.setattr(socket, "create_connection", unknown)
    with pytest.raises(Fault, match="PLN-NAME"):
        connection.prove(node, at(1), pem, SECRET)
    with pytest.raises(Fault, match="systemd-resolved knows it") as caught:
        connection.prove(node, at(1), pem, SECRET)
    assert "resolvectl query" in caught.value.next_step
    assert "hosted zone" not in caught.value.next_step


def test_diagnose_names_systemd_resolved_and_changes_nothing(
    tmp_path: Path, dns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = joined(tmp_path, 1, certificate(tmp_path, "localhost"))
    put(node, resolver.BEHIND, "nameserver 127.0.0.1\n")
    monkeypatch.setattr(socket, "create_connection", unknown)
    link = next(one for one in chain.walk(node, None) if one.name == "name")
    assert "systemd-resolved knows it" in link.message
    assert not node.path(resolver.DROP_IN).exists()
