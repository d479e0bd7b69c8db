"""Odd names: spaces, dots, accents, twenty characters, upper case."""

from collections.abc import Iterator

import pytest

from lab.cluster import Lab
from lab.directory import DATABASE
from lab.node import Node
from lab.people import DOMAIN, NO_PASSWORD, NORMAL, ODD_NAMES, OU, attribute


@pytest.mark.parametrize("user", ODD_NAMES)
def test_an_odd_name_is_known_and_gets_in(lab: Lab, login: Node, user: str) -> None:
    assert login.machine.run("getent", "passwd", user).ok
    by_key = lab.laptop.key(user, "login-1", 'id -u; test -w "$PWD" && echo home')
    assert by_key.out.split() == [login.machine.must("id", "-u", user).strip(), "home"], by_key
    assert lab.laptop.password(user, "login-1").ok


def test_a_group_with_a_space_lets_in(lab: Lab, login: Node) -> None:
    assert lab.laptop.key("ida", "login-1").ok


def test_a_name_in_another_case_is_the_same_person(lab: Lab, login: Node) -> None:
    known = {login.machine.must("id", "-u", name).strip() for name in ("UPPER", "upper")}
    assert len(known) == 1


TAKEN_FOR_OTHERS = ("0", "54321", "0.0", "root.adm")
"""Names of accounts: chown would take them for numbers, or for the node's own `root:adm`."""

KNOWN = """
import grp, pwd, sys
for word in sys.argv[1:]:
    for ask in (pwd.getpwnam, grp.getgrnam, lambda number: pwd.getpwuid(int(number)), lambda n: grp.getgrgid(int(n))):
        try:
            print(word, "is", ask(word)[0])
        except (KeyError, ValueError):
            pass
"""


def new(kind: str, place: str, name: str) -> str:
    """LDIF of an account or a group that somebody makes in the directory."""
    lines = [attribute("dn", f"CN=lab {name},OU={place},{OU}"), f"objectClass: {kind}\n"]
    flags = [f"userAccountControl: {NORMAL | NO_PASSWORD}\n"] if kind == "user" else []
    return "".join([*lines, attribute("sAMAccountName", name), *flags])


@pytest.fixture
def made(lab: Lab) -> Iterator[tuple[str, ...]]:
    """Accounts with these names, one whose name only begins with a number, and the group 54322."""
    names = (*TAKEN_FOR_OTHERS, "1st", "54322")
    entries = [*(new("user", "Users", name) for name in names[:-1]), new("group", "Groups", names[-1])]
    lab.directory.dc1.must("ldbadd", "-H", DATABASE, stdin="\n".join(entries))
    lab.directory.replicate()
    yield names
    dns = [f"CN=lab {name},OU={'Groups' if name == '54322' else 'Users'},{OU}" for name in names]
    lab.directory.dc1.must("ldbdel", "-H", DATABASE, *dns)
    lab.directory.replicate()


def rid(lab: Lab, name: str) -> int:
    """The last part of an account's SID: uids are made from it."""
    return int(lab.directory.dc1.must("wbinfo", "--name-to-sid", name).split()[0].rsplit("-", 1)[1])


def test_what_a_node_would_take_for_a_number_or_for_its_own_is_never_known(
    lab: Lab, login: Node, made: tuple[str, ...]
) -> None:
    first = int(login.machine.must("id", "-u", "alice")) - rid(lab, "alice")
    uids = {name: str(first + rid(lab, name)) for name in made}
    # By number first: what is found by it would be in the cache under its name too.
    words = [*uids.values(), *(f"{name}@{DOMAIN}" for name in made), *made]
    known = login.machine.must("python3", "-c", KNOWN, *words).splitlines()
    assert known == [f"{uids['1st']} is 1st", f"1st@{DOMAIN} is 1st", "0 is root", "0 is root", "1st is 1st"]
    given = login.machine.sh("touch /tmp/f; for to in 0 0.0 root.adm; do chown $to /tmp/f; stat -c %u /tmp/f; done")
    assert given.split() == ["0", "0", "0"]
    assert "taken for a number" in login.podlaunch("diagnose", "54321").out


def test_the_directory_does_not_choose_the_shell(lab: Lab, login: Node) -> None:
    # Anyone who may write an administrator's loginShell would else run as them, with their sudo.
    dn = f"CN=alice,OU=Users,{OU}"
    lab.directory.modify(dn, "add", "loginShell", "/fsx/home/bob/sh")
    try:
        login.wait_online()
        assert login.machine.must("getent", "passwd", "alice").strip().endswith(":/bin/bash")
    finally:
        lab.directory.modify(dn, "delete", "loginShell")
