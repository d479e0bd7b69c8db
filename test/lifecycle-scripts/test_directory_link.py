"""The chain to the directory over real TLS: each broken link has its own code."""

import dataclasses
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from ldap_server import Pair, certificate, entry, result, serve
from podlaunch_node.faults import Fault
from podlaunch_node.ldap import ber, client, directory_link
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.ldap.client import LdapError
from podlaunch_node.settings import Settings, parse
from support import BIND_DN, PASSWORD, Clock, document, make_node

SECRET = BindSecret(BIND_DN, PASSWORD)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("tls"), "localhost")


def at(port: int, host: str = "localhost") -> Settings:
    """Settings with a directory that is served here."""
    wanted = parse(document(), "a test")
    place = dataclasses.replace(wanted.directory, ldaps_host=host, ldaps_port=port)
    return dataclasses.replace(wanted, directory=place)


def directory(tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
    """Knows the bind account, and 700 people in pages of 500."""
    if tag == 0x60:
        right = parts[1][1].decode() == BIND_DN and parts[2][1].decode() == PASSWORD
        return [result(0x61) if right else result(0x61, 49, "80090308: comment: error, data 52e, v1db1\0")]
    if parts[0][1].decode() == BIND_DN:
        return [entry(BIND_DN, sAMAccountName=["ReadOnly"], accountExpires=["0"]), result(0x65)]
    return [entry("CN=p1", userAccountControl=["512"], accountExpires=["0"]), result(0x65)]


def test_the_whole_chain_gives_the_account_s_own_name(tmp_path: Path, pair: Pair) -> None:
    with serve(pair, directory) as port:
        assert directory_link.walk(make_node(tmp_path), at(port), pair.certificate, SECRET).name == "ReadOnly"


def fault_of(tmp_path: Path, place: Settings, anchor: str, secret: BindSecret = SECRET) -> Fault:
    with pytest.raises(Fault) as caught:
        directory_link.walk(make_node(tmp_path), place, anchor, secret)
    assert not caught.value.ours
    assert PASSWORD not in str(caught.value)
    return caught.value


def test_a_name_without_an_address(tmp_path: Path, pair: Pair) -> None:
    assert fault_of(tmp_path, at(1, "nowhere.invalid"), pair.certificate).code == "PLN-NAME"


def test_a_port_that_refuses(tmp_path: Path, pair: Pair) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert fault_of(tmp_path, at(port), pair.certificate).code == "PLN-TCP"


@pytest.mark.parametrize(
    ("name", "san", "days", "words"),
    [
        ("other.example.com", None, 2, "match"),
        ("localhost", None, -1, "expired"),
    ],
)
def test_a_certificate_of_another_name_or_time(
    tmp_path: Path, name: str, san: str | None, days: int, words: str
) -> None:
    wrong = certificate(tmp_path, name, days, san)
    with serve(wrong, directory) as port:
        found = fault_of(tmp_path, at(port), wrong.certificate)
    assert found.code == "PLN-TLS"
    assert words in found.message
    assert "clock" in found.next_step


def test_no_python_asks_more_of_a_certificate_than_sssd_does(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_python_3_13(cadata: str | None) -> ssl.SSLContext:
        context = default(cadata=cadata)
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        return context

    default = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", of_python_3_13)
    context = client.tls_context(pair.certificate)
    assert context.verify_flags & (ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN) == (
        ssl.VERIFY_X509_PARTIAL_CHAIN
    )
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path, pair: Pair) -> None:
    other = certificate(tmp_path, "localhost")
    with serve(pair, directory) as port:
        assert fault_of(tmp_path, at(port), other.certificate).code == "PLN-TLS"


@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        (49, "data 52e, v1db1", "password is wrong"),
        (49, "data 532, v", "password has expired"),
        (49, "data 773, v", "must be changed"),
        (49, "data 775, v", "locked"),
        (8, "", "demands signing"),
        (13, "", "demands encryption"),
        (51, "", "busy"),
        (52, "", "not available"),
        (49, "data 531, v", "from here"),
        (53, "unwilling", "unwilling"),
    ],
)
def test_a_refused_bind_says_why(tmp_path: Path, pair: Pair, code: int, message: str, words: str) -> None:
    with serve(pair, lambda _tag, _parts: [result(0x61, code, message)]) as port:
        found = fault_of(tmp_path, at(port), pair.certificate)
    assert found.code == "PLN-BIND"
    assert words in found.message


@pytest.mark.parametrize("answer", [[], [b"\x30\x00"], [ber.tlv(0x30, b"\xff")]])
def test_a_controller_that_hangs_up_or_talks_nonsense(tmp_path: Path, pair: Pair, answer: list[bytes]) -> None:
    with serve(pair, lambda _tag, _parts: answer) as port:
        assert fault_of(tmp_path, at(port), pair.certificate).code == "PLN-BIND"


def test_an_account_that_cannot_see_itself(tmp_path: Path, pair: Pair) -> None:
    answer = {0x60: [result(0x61)], 0x63: [result(0x65, 32)]}
    with serve(pair, lambda tag, _parts: answer[tag]) as port:
        assert fault_of(tmp_path, at(port), pair.certificate).code == "PLN-SEARCH"


def test_first_boot_waits_for_the_name(tmp_path: Path, pair: Pair) -> None:
    clock, said = Clock(), list[str]()
    node = make_node(tmp_path, clock=clock, said=said)
    with pytest.raises(Fault, match="PLN-NAME"):
        directory_link.walk(node, at(1, "nowhere.invalid"), pair.certificate, SECRET, patient=True)
    assert sum(clock.slept) == 30
    assert len(said) == 6


def test_first_boot_does_not_wait_for_a_wrong_password(tmp_path: Path, pair: Pair) -> None:
    clock = Clock()
    wrong = BindSecret(BIND_DN, "wrong")
    with serve(pair, directory) as port, pytest.raises(Fault, match="PLN-BIND"):
        directory_link.walk(make_node(tmp_path, clock=clock), at(port), pair.certificate, wrong, patient=True)
    assert clock.slept == []


def pages() -> Iterator[list[bytes]]:
    """Two pages of a search."""
    people = [entry(f"CN=p{number}", sAMAccountName=[f"p{number}"]) for number in range(700)]
    yield [*people[:500], result(0x65), b"more"]
    yield [*people[500:], result(0x65), b""]


def test_a_search_reads_every_page(pair: Pair) -> None:
    page = pages()

    def respond(_tag: int, _parts: list[tuple[int, bytes]]) -> list[bytes]:
        *operations, cookie = next(page)
        value = ber.tlv(ber.SEQUENCE, ber.integer(0), ber.octets(cookie))
        control = ber.tlv(ber.SEQUENCE, ber.octets(client.PAGED), ber.octets(value))
        return [*operations[:-1], operations[-1] + ber.tlv(0xA0, control)]

    with serve(pair, respond) as port, client.connect("localhost", port, pair.certificate, 5) as ldap:
        found = ldap.search("DC=x", client.equals("objectClass", "user"), ["sAMAccountName"])
    assert len(found) == 700
    assert found[699]["sAMAccountName"] == [b"p699"]


def test_a_failed_search_is_an_error(pair: Pair) -> None:
    refuses = serve(pair, lambda _tag, _parts: [result(0x65, 1, "operations error")])
    with refuses as port, client.connect("localhost", port, pair.certificate, 5) as ldap:
        with pytest.raises(LdapError) as caught:
            ldap.search("", client.present("objectClass"), [], scope=0)
    assert caught.value.code == 1
