"""Accounts and groups that a node would take for numbers, or for its own."""

import pytest
from podlaunch_node.ldap import never_known
from podlaunch_node.steps.directory import sssd_conf
from podlaunch_node.system.local_names import LocalNames
from support import plan

LOCAL = LocalNames(("root", "www-data"), ("adm", "root"), ("0", "33"), ("0", "4"))


@pytest.mark.parametrize("name", ["0", "1000", "0.0", "10 000", "4294967295", "12.34.56"])
def test_a_name_without_a_letter_is_a_number(name: str) -> None:
    assert never_known.is_number(name)
    assert "number" in (never_known.why_not(name, LOCAL) or "")


@pytest.mark.parametrize("name", ["1st", "j.doe", "0x", "2024-07", "_1", "李雷", "Ωmega", "3é"])
def test_others_are_not(name: str) -> None:
    assert not never_known.is_number(name)
    assert never_known.why_not(name, LOCAL) is None


def test_own_names_and_numbers_and_what_chown_takes_for_owner_and_group() -> None:
    users = never_known.users(LOCAL)
    assert {"root", "www-data", "0", "33", "4", "root.root", "root.adm", "www-data.www-data", "ubuntu.root"} <= {*users}
    assert {"adm", "root", "0", "4", "33", "docker"} <= {*never_known.groups(LOCAL)}
    assert "one of its own" in (never_known.why_not("Root.ADM", LOCAL) or "")


def test_the_directory_is_not_asked_for_names_without_a_letter() -> None:
    text = sssd_conf.render(plan(), "TOKEN", "/ca.pem", LOCAL)
    for kind in ("user", "group"):
        assert f"ldap_{kind}_search_base = DC=corp,DC=example,DC=com?subtree?{never_known.WITH_A_LETTER}\n" in text
    for one in "az-_":
        assert f"(sAMAccountName=*{one}*)" in never_known.WITH_A_LETTER
    assert not any(f"*{digit}*" in never_known.WITH_A_LETTER for digit in "0123456789.")
