"""The bind account as the directory shows it: its dates, and whether it can read who is disabled."""

from collections.abc import Callable

import pytest
from ldap_server import Pair, certificate, entry, result, serve
from podlaunch_node import settings
from podlaunch_node.faults import Fault
from podlaunch_node.ldap import bind_account, client
from support import BIND_DN, document
from test_password_state import NOW, file_time

BASE = "DC=corp,DC=example,DC=com"
GROUP = "CN=ClusterAdmin,OU=Groups"
SETTINGS = settings.parse(document(), "a test")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("tls"), "localhost")


def showing(
    *others: bytes, code: int = 0, **own: list[bytes | str]
) -> Callable[[int, list[tuple[int, bytes]]], list[bytes]]:
    """A directory that shows the bind account with these attributes, and these other people."""

    def respond(_tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
        if parts[0][1].decode() == BIND_DN:
            return [entry(BIND_DN, sAMAccountName=["ReadOnly"], **own), result(0x65)]
        if b"ClusterAdmin" in parts[6][1] and GROUP.encode() not in parts[6][1]:
            return [entry(GROUP), result(0x65)]
        assert parts[3][1] == bytes([bind_account.SAMPLE]), "a few are enough"
        return [*others, result(0x65, code)]

    return respond


def look(pair: Pair, respond: Callable[[int, list[tuple[int, bytes]]], list[bytes]]) -> bind_account.BindAccount:
    """What the account sees on a directory that answers so."""
    with serve(pair, respond) as port, client.connect("localhost", port, pair.certificate, 5) as ldap:
        return bind_account.look(ldap, SETTINGS, BIND_DN)


BOTH = {"userAccountControl": ["512"], "accountExpires": ["0"]}
READABLE = entry("CN=alice", **BOTH)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("others", "hidden"),
    [
        ([READABLE], ""),
        ([READABLE, entry("CN=hidden")], "userAccountControl and accountExpires"),
        ([], ""),
        ([entry(BIND_DN)], ""),
        ([entry("CN=alice", accountExpires=["0"])], "userAccountControl"),
        ([entry("CN=alice", userAccountControl=["512"])], "accountExpires"),
        ([entry("CN=alice"), entry("CN=bob")], "userAccountControl and accountExpires"),
        ([entry("CN=alice"), entry(BIND_DN, **BOTH)], "userAccountControl and accountExpires"),  # type: ignore[arg-type]
    ],
)
def test_who_cannot_read_whether_others_are_disabled_is_named(pair: Pair, others: list[bytes], hidden: str) -> None:
    if not hidden:
        assert look(pair, showing(*others)).name == "ReadOnly"
        return
    with pytest.raises(Fault, match=f"PLN-RIGHTS.*cannot read {hidden} of other accounts") as caught:
        look(pair, showing(*others))
    assert not caught.value.ours
    assert "Account Restrictions" in caught.value.next_step


def test_where_the_groups_are_not_made_yet_there_is_nobody_to_look_at(pair: Pair) -> None:
    answers = {BIND_DN: [entry(BIND_DN, sAMAccountName=["ReadOnly"]), result(0x65)], BASE: [result(0x65)]}
    assert look(pair, lambda _tag, parts: answers[parts[0][1].decode()]).name == "ReadOnly"


def test_a_directory_with_more_people_than_are_looked_at_ends_the_search_so(pair: Pair) -> None:
    assert look(pair, showing(READABLE, code=client.SIZE_LIMIT_EXCEEDED)).name == "ReadOnly"
    with pytest.raises(Fault, match=r"PLN-SEARCH.*busy"):
        look(pair, showing(READABLE, code=51))


def test_a_search_for_all_is_not_cut_off_in_silence(pair: Pair) -> None:
    answers = [READABLE, result(0x65, client.SIZE_LIMIT_EXCEEDED)]
    with (
        serve(pair, lambda _tag, _parts: answers) as port,
        client.connect("localhost", port, pair.certificate, 5) as ldap,
        pytest.raises(client.LdapError),
    ):
        ldap.search(BASE, bind_account.PERSON, ["cn"])


def test_its_password_and_the_account_itself_may_end(pair: Pair) -> None:
    dates = {
        "msDS_UserPasswordExpiryTimeComputed": [file_time(NOW + 86400)],
        "accountExpires": [file_time(NOW + 3 * 86400)],
    }
    found = look(pair, showing(READABLE, **dates)).ends  # type: ignore[arg-type]
    assert [round(one.at - NOW) for one in found] == [86400, 3 * 86400]
    assert "the password of the bind account ReadOnly ends" in found[0].summary(NOW)
    assert "bind secret" in found[0].next_step
