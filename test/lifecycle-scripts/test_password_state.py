"""Expired passwords: known from the directory, told only to whoever knows the password."""

from pathlib import Path

import pytest
from ldap_server import Pair, certificate, entry, result, serve
from podlaunch_node import certificate as anchor
from podlaunch_node import files, member, password_state, settings, sssd_conf
from podlaunch_node.faults import Fault
from podlaunch_node.local_names import LocalNames
from podlaunch_node.node import Node
from podlaunch_node.obfuscate import obfuscate
from support import BIND_DN, DOCUMENT, PASSWORD, Clock, document, make_node, plan

NOW = Clock().now
PERSON = "CN=Frank,DC=corp"


def file_time(seconds: float) -> str:
    """A moment as Active Directory writes it."""
    return str(int((seconds + 11_644_473_600) * 10_000_000))


@pytest.mark.parametrize(
    ("last_set", "expires", "state"),
    [
        ("0", "0", password_state.MUST_CHANGE),
        (file_time(NOW - 9), file_time(NOW - 1), password_state.EXPIRED),
        (file_time(NOW - 9), file_time(NOW + 60), None),
        (file_time(NOW - 9), str(password_state.NEVER), None),
        (file_time(NOW - 9), "0", None),
    ],
)
def test_the_state_of_an_entry(last_set: str, expires: str, state: str | None) -> None:
    found = {"pwdLastSet": [last_set.encode()], "msDS-UserPasswordExpiryTimeComputed": [expires.encode()]}
    assert password_state.state_of(found, NOW) == state


def test_an_entry_that_hides_its_dates_has_no_state() -> None:
    assert password_state.state_of({}, NOW) is None


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("tls"), "localhost")


class Directory:
    """A directory whose person has an expired password; counts binds as this person."""

    def __init__(self, last_set: str = "0") -> None:
        self.tries: list[str] = []
        self.last_set = last_set

    def __call__(self, tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
        if tag == 0x63:
            dates = {"pwdLastSet": [self.last_set], "msDS_UserPasswordExpiryTimeComputed": ["0"]}
            return [entry(PERSON, **dates), result(0x65)]  # type: ignore[arg-type]
        if parts[1][1].decode() == BIND_DN:
            return [result(0x61, 0 if parts[2][1].decode() == PASSWORD else 49)]
        self.tries.append(parts[2][1].decode())
        return [result(0x61, 49, f"error, data {'773' if self.tries[-1] == 'right' else '52e'}, v1db1")]


def joined(root: Path, port: int, pair: Pair) -> Node:
    """A node that was joined to a directory that is served here."""
    node = make_node(root)
    place = {**DOCUMENT["directory"], "ldapsHost": "localhost", "ldapsPort": port}
    settings.keep(node, document(directory=place))
    anchor.apply(node, plan(anchor=pair.certificate))
    text = sssd_conf.render(plan(), obfuscate(PASSWORD), anchor.ANCHOR, LocalNames())
    files.write(node, sssd_conf.FILE, text, mode=0o600)
    return node


@pytest.mark.parametrize(
    ("password", "told", "tries"), [("right", True, ["right"]), ("wrong", False, ["wrong"]), (None, True, [])]
)
def test_only_somebody_who_knows_the_password_is_told(
    tmp_path: Path, pair: Pair, password: str | None, told: bool, tries: list[str]
) -> None:
    directory = Directory()
    with serve(pair, directory) as port:
        state = password_state.look(joined(tmp_path, port, pair), "frank", password)
    assert (state is not None) is told
    assert directory.tries == tries


def test_a_password_that_is_merely_wrong_is_not_tried_again(tmp_path: Path, pair: Pair) -> None:
    directory = Directory(last_set=file_time(NOW))
    with serve(pair, directory) as port:
        assert password_state.look(joined(tmp_path, port, pair), "frank", "wrong") is None
    assert directory.tries == [], "it would count twice towards a lock-out"


def test_without_a_directory_nothing_stands_against_it(tmp_path: Path, pair: Pair) -> None:
    assert password_state.look(joined(tmp_path, 1, pair), "frank", None) is None
    assert password_state.look(make_node(tmp_path / "new"), "frank", None) is None


def test_the_words_name_the_way_out() -> None:
    assert "administrator" in password_state.words(password_state.EXPIRED)


def test_a_member_is_read_back_from_the_node_s_own_files(tmp_path: Path, pair: Pair) -> None:
    found = member.kept(joined(tmp_path, 636, pair))
    assert (found.secret.bind_dn, found.secret.password) == (BIND_DN, PASSWORD)
    assert found.anchor == pair.certificate
    with pytest.raises(Fault, match="PLN-NEVER"):
        member.kept(make_node(tmp_path / "new"))
