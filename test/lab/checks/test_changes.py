"""What a change in the directory does, and when."""

import time
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
from lab.role_agent import answers

USERS, GROUPS = f"OU=Users,{OU}", f"OU=Groups,{OU}"
PAM_ID_TIMEOUT = 5
"""For so many seconds after a login SSSD does not ask for somebody again (pam_id_timeout)."""
LIMIT = ENTRY_CACHE_SECONDS + 10
"""An entry's life in the cache, and the time that one login after the other takes to notice."""


ASK_SESSION = "cd /fsx/home/max && [ -p ask ] && rm -f said && echo >ask && sleep 1 && cat said"
"""Lets the session that is open try sudo, and says what came of it."""


def session_is(node: Node, who: str) -> bool:
    """Whether sudo in the session that is open makes root of max, or nobody."""
    return node.machine.run("timeout", "10", "sh", "-c", ASK_SESSION).out.strip() == who


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
    try:
        lab.directory.modify(dn, "add", "altSecurityIdentities", public_key("ubuntu"))
        seen_after(report, "a new key lets in", lambda: lab.laptop.key("bob", "login-1", key="ubuntu").ok)
        lab.directory.modify(dn, "delete", "altSecurityIdentities", public_key("ubuntu"))
        gone = lambda: not lab.laptop.key("bob", "login-1", key="ubuntu").ok  # noqa: E731
        seen_after(report, "a removed key is refused", gone)
        lasts = f"until the entry's time is over, at most ({ENTRY_CACHE_SECONDS} s in the lab, 300 s by default)"
        report.fault("a key is taken from the directory", "the key still lets in, then is refused", lasts)
    finally:
        lab.directory.apply(f"dn: {dn}\nchangetype: modify\nreplace: altSecurityIdentities\n")


def test_a_new_key_is_seen_at_once_by_whoever_asks_for_it(lab: Lab, login: Node, bob_in_cache: None) -> None:
    dn = f"CN=bob,{USERS}"
    assert not lab.laptop.key("bob", "login-1", key="ubuntu").ok
    try:
        lab.directory.modify(dn, "add", "altSecurityIdentities", public_key("ubuntu"))
        login.machine.must("sss_cache", "-u", "bob")
        assert lab.laptop.key("bob", "login-1", key="ubuntu").ok
    finally:
        lab.directory.apply(f"dn: {dn}\nchangetype: modify\nreplace: altSecurityIdentities\n")


def test_a_new_password_is_taken_at_once(lab: Lab, bob_in_cache: None) -> None:
    dn = f"CN=bob,{USERS}"
    try:
        lab.directory.set_password(dn, "An0ther-Passw0rd")
        assert lab.laptop.password("bob", "login-1", password="An0ther-Passw0rd").ok
    finally:
        lab.directory.set_password(dn, people.PASSWORD)
    assert lab.laptop.password("bob", "login-1").ok


def test_a_disabled_user_is_refused_in_time(lab: Lab, bob_in_cache: None, report: Report) -> None:
    dn = f"CN=carol,{USERS}"
    assert lab.laptop.key("carol", "login-1").ok
    try:
        lab.directory.modify(dn, "replace", "userAccountControl", str(people.NORMAL | people.DISABLED))
        assert not lab.laptop.password("carol", "login-1").ok, "by password at once"
        time.sleep(PAM_ID_TIMEOUT)
        assert not lab.laptop.key("carol", "login-1").ok
        lasts = f"by password at once; by key at the next login that is {PAM_ID_TIMEOUT} s after the last one"
        report.fault("an account is disabled", "its owner is refused", lasts)
        assert lab.laptop.key("max", "login-1").ok, "others are not"
    finally:
        lab.directory.modify(dn, "replace", "userAccountControl", str(people.NORMAL))
    back = lambda: lab.laptop.key("carol", "login-1").ok  # noqa: E731
    seen_after(report, "an enabled user is let in by key", back)


def test_a_removed_member_is_refused_at_the_next_login_by_key_and_password(
    lab: Lab, login: Node, bob_in_cache: None, report: Report
) -> None:
    dev = f"CN=ClusterDev,{GROUPS}"
    assert lab.laptop.key("max", "login-1").ok
    assert lab.laptop.password("max", "login-1").ok
    try:
        lab.directory.modify(dev, "delete", "member", f"CN=max,{USERS}")
        time.sleep(PAM_ID_TIMEOUT)
        assert not lab.laptop.key("max", "login-1").ok
        assert not lab.laptop.password("max", "login-1").ok
    finally:
        lab.directory.modify(dev, "add", "member", f"CN=max,{USERS}")
    lasts = f"at the next login that is {PAM_ID_TIMEOUT} s after the last one"
    report.fault("a member is taken from his group", "he is refused, by key and by password", lasts)
    wait_for(lambda: lab.laptop.key("max", "login-1").ok, LIMIT, "max is let in again")


def test_whoever_has_left_the_group_with_sudo_loses_it_in_a_session_that_is_open(
    lab: Lab, login: Node, bob_in_cache: None, report: Report
) -> None:
    admins, dev, dn = f"CN=ClusterAdmin,{GROUPS}", f"CN=ClusterDev,{GROUPS}", f"CN=max,{USERS}"
    lab.directory.modify(admins, "add", "member", dn)
    login.forget_cache()
    shell = "mkfifo ask; while read -r _ <ask; do sudo -n true && echo root >said || echo nobody >said; done"
    try:
        with ThreadPoolExecutor() as pool:
            session = pool.submit(lab.laptop.key, "max", "login-1", f"rm -f ask said; {shell}")
            try:
                wait_for(lambda: session_is(login, "root"), 30, "the session has sudo")
                lab.directory.modify(admins, "delete", "member", dn)
                seen_after(report, "sudo is refused in a session that is open", lambda: session_is(login, "nobody"))
                assert lab.laptop.key("max", "login-1").ok, f"he still is in {dev}"
            finally:
                login.machine.run("pkill", "-u", "max")
                session.result()
    finally:
        lab.directory.apply(f"dn: {admins}\nchangetype: modify\nreplace: member\nmember: CN=alice,{USERS}\n")
        login.forget_cache()


def test_a_removed_member_is_refused_in_time(lab: Lab, bob_in_cache: None, report: Report) -> None:
    dev = f"CN=ClusterDev,{GROUPS}"
    try:
        lab.directory.modify(dev, "delete", "member", f"CN=bob,{USERS}")
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
def test_with_the_default_settings_changes_are_seen_within_the_cache_time(
    lab: Lab, login: Node, report: Report
) -> None:
    dev, bob, carol = f"CN=ClusterDev,{GROUPS}", f"CN=bob,{USERS}", f"CN=carol,{USERS}"
    lab.publish_settings(entryCacheSeconds=300)
    assert login.podlaunch("refresh").ok
    login.wait_online()
    assert lab.laptop.password("bob", "login-1").ok
    assert lab.laptop.key("carol", "login-1").ok
    assert not lab.laptop.key("bob", "login-1", key="ubuntu").ok
    lab.directory.modify(bob, "add", "altSecurityIdentities", public_key("ubuntu"))
    lab.directory.modify(carol, "replace", "userAccountControl", str(people.NORMAL | people.DISABLED))
    try:
        lab.directory.modify(dev, "delete", "member", bob)
        time.sleep(PAM_ID_TIMEOUT)
        assert not lab.laptop.key("carol", "login-1").ok, "a disabled account is refused at the next login"
        assert not lab.laptop.password("bob", "login-1").ok, "a removed member is refused at the next login"
        lab.directory.modify(dev, "add", "member", bob)
        new_key = lambda: lab.laptop.key("bob", "login-1", key="ubuntu").ok  # noqa: E731
        took = wait_for(new_key, 330, "a new key lets in", pause=5)
        report.figure("a new key lets in, default settings", took, "s")
    finally:
        lab.directory.modify(carol, "replace", "userAccountControl", str(people.NORMAL))
        lab.directory.apply(f"dn: {bob}\nchangetype: modify\nreplace: altSecurityIdentities\n")
        lab.publish_settings()
        login.podlaunch("refresh")


def test_settings_that_somebody_widened_have_no_effect_and_the_node_says_why(
    lab: Lab, login: Node, report: Report
) -> None:
    everybody = {"name": "Domain Users", "logIn": ["Login"], "sudo": True}
    lab.put_parameter(groups=[*lab.settings()["groups"], everybody], userMetadataAccess="open")
    try:
        refreshed = login.podlaunch("refresh")
        assert "PLN-VOUCH" in refreshed.out + refreshed.err
        assert "Domain Users" in login.podlaunch("status").out
        assert not lab.laptop.key("bob", "login-1", "sudo", "-n", "true").ok
        assert not lab.laptop.key("eve", "login-1").ok, "she is in no group that may log in"
        assert not answers(login.machine, "20001")
    finally:
        lab.publish_settings()
    refreshed = login.podlaunch("refresh")
    assert refreshed.ok
    assert "PLN-VOUCH" not in refreshed.out + refreshed.err + login.podlaunch("status").out
    report.fault("somebody writes wider settings to the parameter", "nothing", "until the stack writes them")
