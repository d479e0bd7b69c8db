"""What a change in the directory does, and when."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from lab import people
from lab.cluster import ENTRY_CACHE_SECONDS, Lab
from lab.directory import public_key
from lab.machine import wait_for
from lab.node import Node
from lab.people import OU
from lab.report import Report

USERS, GROUPS = f"OU=Users,{OU}", f"OU=Groups,{OU}"
LIMIT = ENTRY_CACHE_SECONDS + 10
"""An entry's life in the cache, and the time that one login after the other takes to notice."""


@pytest.fixture
def bob_in_cache(lab: Lab, login: Node) -> Iterator[None]:
    """bob is in and has just been looked up; afterwards he is as he was."""
    login.wait_online()
    assert lab.laptop.password("bob", "login-1").ok
    yield
    for node in lab.nodes.values():
        node.forget_cache()


def seen_after(report: Report, what: str, change: Callable[[], bool]) -> None:
    """Waits until a change is seen and notes the time."""
    report.figure(f"{what} (entries live {ENTRY_CACHE_SECONDS} s in the lab)", wait_for(change, LIMIT, what), "s")


def test_a_new_key_is_seen_in_time(lab: Lab, bob_in_cache: None, report: Report) -> None:
    dn = f"CN=bob,{USERS}"
    lab.laptop.key("bob", "login-1", key="ubuntu")
    lab.directory.modify(dn, "add", "altSecurityIdentities", public_key("ubuntu"))
    try:
        seen_after(report, "a new key lets in", lambda: lab.laptop.key("bob", "login-1", key="ubuntu").ok)
        lab.directory.modify(dn, "delete", "altSecurityIdentities", public_key("ubuntu"))
        gone = lambda: not lab.laptop.key("bob", "login-1", key="ubuntu").ok  # noqa: E731
        seen_after(report, "a removed key is refused", gone)
    finally:
        lab.directory.apply(f"dn: {dn}\nchangetype: modify\nreplace: altSecurityIdentities\n")


def test_a_disabled_user_is_refused_in_time(lab: Lab, bob_in_cache: None, report: Report) -> None:
    dn = f"CN=carol,{USERS}"
    assert lab.laptop.key("carol", "login-1").ok
    lab.directory.modify(dn, "replace", "userAccountControl", str(people.NORMAL | people.DISABLED))
    try:
        assert not lab.laptop.password("carol", "login-1").ok, "by password at once"
        gone = lambda: not lab.laptop.key("carol", "login-1").ok  # noqa: E731
        seen_after(report, "a disabled user is refused by key", gone)
    finally:
        lab.directory.modify(dn, "replace", "userAccountControl", str(people.NORMAL))


def test_a_removed_member_is_refused_in_time(lab: Lab, bob_in_cache: None, report: Report) -> None:
    dev = f"CN=ClusterDev,{GROUPS}"
    lab.directory.modify(dev, "delete", "member", f"CN=bob,{USERS}")
    try:
        gone = lambda: not lab.laptop.password("bob", "login-1").ok  # noqa: E731
        seen_after(report, "a removed member is refused", gone)
    finally:
        lab.directory.modify(dev, "add", "member", f"CN=bob,{USERS}")
    back = lambda: lab.laptop.password("bob", "login-1").ok  # noqa: E731
    seen_after(report, "a new member is let in", back)


def test_a_removed_member_is_refused_in_time_while_a_session_of_his_is_open(
    lab: Lab, login: Node, bob_in_cache: None, report: Report
) -> None:
    dev = f"CN=ClusterDev,{GROUPS}"
    with ThreadPoolExecutor() as pool:
        session = pool.submit(lab.laptop.password, "bob", "login-1", "sleep", "60")
        wait_for(lambda: login.machine.run("pgrep", "-u", "bob").ok, 20, "bob's session is open")
        lab.directory.modify(dev, "delete", "member", f"CN=bob,{USERS}")
        try:
            gone = lambda: not lab.laptop.password("bob", "login-1").ok  # noqa: E731
            seen_after(report, "a removed member with an open session is refused", gone)
        finally:
            lab.directory.modify(dev, "add", "member", f"CN=bob,{USERS}")
            login.machine.run("pkill", "-u", "bob")
            session.result()


@pytest.mark.real_time
def test_with_the_default_settings_a_removed_member_is_refused_within_its_cache_time(
    lab: Lab, login: Node, report: Report
) -> None:
    dev = f"CN=ClusterDev,{GROUPS}"
    lab.publish_settings(entryCacheSeconds=300)
    assert login.podlaunch("refresh").ok
    login.wait_online()
    assert lab.laptop.password("bob", "login-1").ok
    lab.directory.modify(dev, "delete", "member", f"CN=bob,{USERS}")
    try:
        gone = lambda: not lab.laptop.password("bob", "login-1").ok  # noqa: E731
        report.figure("a removed member is refused, default settings", wait_for(gone, 330, "refused"), "s")
    finally:
        lab.directory.modify(dev, "add", "member", f"CN=bob,{USERS}")
        lab.publish_settings()
        login.podlaunch("refresh")
