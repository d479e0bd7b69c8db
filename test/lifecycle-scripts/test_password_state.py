"""Expired passwords: known from the directory, told only to anyone who knows the password."""

import io
import os
import pwd
from pathlib import Path

import pytest
from ldap_server import Pair, certificate, entry, result, serve
from podlaunch_node import settings
from podlaunch_node.diagnose import login_words, member, password_state
from podlaunch_node.faults import Fault
from podlaunch_node.ldap import ends
from podlaunch_node.ldap.ends import DAY
from podlaunch_node.node import Node
from podlaunch_node.steps.directory import certificate as anchor
from podlaunch_node.steps.directory import sssd_conf
from podlaunch_node.steps.directory.obfuscate import obfuscate
from podlaunch_node.system import core_files, files
from podlaunch_node.system.local_names import LocalNames
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
        (file_time(NOW - 9), str(ends.NEVER), None),
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


@pytest.mark.parametrize(("password", "told"), [("right", True), ("wrong", False)])
def test_only_somebody_who_knows_the_password_is_told(tmp_path: Path, pair: Pair, password: str, told: bool) -> None:
    directory = Directory()
    with serve(pair, directory) as port:
        lines = login_words.after_refusal(joined(tmp_path, port, pair), "frank", password)
    assert [password_state.MUST_CHANGE in line and "administrator" in line for line in lines] == [True] * told
    assert directory.tries == [password]


def test_without_a_password_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert login_words.after_refusal(make_node(tmp_path), "frank", "") == []


def test_a_password_that_is_merely_wrong_is_not_tried_again(tmp_path: Path, pair: Pair) -> None:
    directory = Directory(last_set=file_time(NOW))
    with serve(pair, directory) as port:
        assert password_state.of_refused(joined(tmp_path, port, pair), "frank", "wrong") is None
    assert directory.tries == [], "it would count twice towards a lock-out"


def test_without_a_directory_nothing_stands_against_it(tmp_path: Path, pair: Pair) -> None:
    for node in (joined(tmp_path, 1, pair), make_node(tmp_path / "new")):
        assert password_state.of_refused(node, "frank", "right") is None
        assert password_state.read(node, "frank") is None


@pytest.mark.parametrize(
    ("when", "last_set", "code", "words"),
    [("strict", "0", 1, ["must be changed"]), ("taken", "0", 0, []), ("refused", "0", 0, ["must be changed"])],
)
def test_what_pam_tells_and_what_it_refuses(
    tmp_path: Path,
    pair: Pair,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    when: str,
    last_set: str,
    code: int,
    words: list[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["password-state", when])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"right\0")))
    monkeypatch.setenv("PAM_USER", pwd.getpwuid(os.getuid()).pw_name)
    monkeypatch.setattr(core_files, "forbid", lambda: None)
    with serve(pair, Directory(last_set)) as port:
        node = joined(tmp_path, port, pair)
        monkeypatch.setattr(login_words, "Node", lambda clock: node)
        assert login_words.main() == code
    said = capsys.readouterr().out
    assert [word in said for word in words] == [True] * len(words)
    assert bool(said) is bool(words)


@pytest.mark.parametrize(
    ("password", "account", "told"),
    [
        (NOW + 3.5 * DAY, None, ["Your password ends on 2027-01-18 (in 3 days), and it cannot be changed"]),
        (NOW + 0.5 * DAY, None, ["(within 1 day)"]),
        (NOW + 20 * DAY, NOW + 20 * DAY, []),
        (None, NOW + 1.5 * DAY, ["Your account ends on 2027-01-16 (in 1 day)"]),
        (None, None, []),
    ],
)
def test_somebody_whose_password_or_account_ends_soon_is_told(
    password: float | None, account: float | None, told: list[str]
) -> None:
    dates = {ends.ACCOUNT_ATTRIBUTES[0]: password, ends.ACCOUNT_ATTRIBUTES[1]: account}
    found = {name: [file_time(at).encode() if at else b"0"] for name, at in dates.items()}
    lines = login_words.ahead(found, NOW)
    assert [part in line for part, line in zip(told, lines, strict=True)] == [True] * len(told)


def test_a_member_is_read_back_from_the_node_s_own_files(tmp_path: Path, pair: Pair) -> None:
    found = member.kept(joined(tmp_path, 636, pair))
    assert (found.secret.bind_dn, found.secret.password) == (BIND_DN, PASSWORD)
    assert found.anchor == pair.certificate
    with pytest.raises(Fault, match="PLN-NEVER"):
        member.kept(make_node(tmp_path / "new"))
