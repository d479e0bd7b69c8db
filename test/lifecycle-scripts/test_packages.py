"""Debian packages, and apt's lock."""

from pathlib import Path

import pytest
from podlaunch_node import packages
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError, Done
from support import Clock, Commands, make_node, plan

ALL = "".join(f"{name} installed\n" for name in packages.WANTED)
LOCKED = CommandError(["apt-get"], 100, "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 42 (apt)")


def test_nothing_is_done_where_all_is_there(tmp_path: Path) -> None:
    node = make_node(tmp_path, Commands({"dpkg-query": ALL}))
    assert packages.check(node, plan()) == []
    packages.verify(node, plan())


def test_what_is_half_installed_counts_as_missing(tmp_path: Path) -> None:
    listed = ALL.replace("sudo installed", "sudo half-configured").replace("openssl installed\n", "")
    node = make_node(tmp_path, Commands({"dpkg-query": Done(1, listed, "no packages found")}))
    assert packages.missing(node) == ["sudo", "openssl"]


def test_only_what_is_missing_is_installed_and_a_killed_run_is_finished_first(tmp_path: Path) -> None:
    commands = Commands({"dpkg-query": ALL.replace("nftables installed\n", "")})
    packages.apply(make_node(tmp_path, commands), plan())
    done = [line for line in commands.lines if not line.startswith("dpkg-query")]
    assert done[0].endswith("--configure -a")
    assert done[1].endswith("update")
    assert done[2].endswith("install nftables")
    assert "--no-install-recommends" in done[2]
    assert "DPkg::Lock::Timeout=300" in done[2]
    assert all(env["DEBIAN_FRONTEND"] == "noninteractive" for env in commands.envs if env)


def test_a_lock_is_waited_for_and_then_named(tmp_path: Path) -> None:
    clock, said = Clock(), list[str]()
    commands = Commands({"dpkg-query": "", f"apt-get {packages.LOCK} -qq update": LOCKED})
    with pytest.raises(Fault, match="PLN-APT") as caught:
        packages.install(make_node(tmp_path, commands, clock, said))
    assert clock.slept == [5, 10, 20, 40]
    assert "process 42" in caught.value.message
    assert "lock" in caught.value.next_step
    assert not caught.value.ours
    assert "process 42" in said[0]


def test_an_archive_that_cannot_be_reached_has_another_next_step(tmp_path: Path) -> None:
    error = CommandError(["apt-get"], 100, "W: noise\nE: Failed to fetch http://…: Temporary failure resolving")
    commands = Commands({"dpkg-query": "", f"apt-get {packages.LOCK} -qq update": error})
    with pytest.raises(Fault) as caught:
        packages.install(make_node(tmp_path, commands))
    assert "archive" in caught.value.next_step
    assert "noise" not in caught.value.message


def test_what_still_is_missing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="PLN-APT"):
        packages.verify(make_node(tmp_path), plan())
