"""Odd names: spaces, dots, accents, twenty characters, upper case."""

import pytest

from lab.cluster import Lab
from lab.node import Node
from lab.people import ODD_NAMES


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
