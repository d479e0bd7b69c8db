"""Debian packages, and apt's lock."""

from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.node import packages
from support import Clock, Commands, make_node, plan

ALL = "".join(f"{name} installed\n" for name in packages.WANTED)
LOCKED = """E: Could not get lock /var/lib/apt/lists/lock. It is held by process 42 (apt)
E: Unable to lock directory /var/lib/apt/lists/
"""
UPDATE, INSTALL = " ".join([*packages.APT_GET, "update"]), " ".join([*packages.APT_GET, "-y"])
DPKG_LOCKED = """dpkg: error: dpkg frontend lock was locked by another process with pid 42
Note: removing the lock file is always wrong, can damage the locked area
and the entire system. See <https://wiki.debian.org/Teams/Dpkg/FAQ#db-lock>.
"""
INTERRUPTED = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."


def test_nothing_is_done_where_all_is_there(tmp_path: Path) -> None:
    node = make_node(tmp_path, Commands({"dpkg-query": ALL}))
    assert packages.check(node, plan()) == []
    packages.verify(node, plan())


def test_what_is_half_installed_counts_as_missing(tmp_path: Path) -> None:
    listed = ALL.replace("sudo installed", "sudo half-configured").replace("openssl installed\n", "")
    node = make_node(tmp_path, Commands({"dpkg-query": Done(1, listed, "no packages found")}))
    assert packages.missing(node) == ["sudo", "openssl"]


def test_only_what_is_missing_is_installed(tmp_path: Path) -> None:
    commands = Commands({"dpkg-query": ALL.replace("nftables installed\n", "")})
    packages.apply(make_node(tmp_path, commands), plan())
    done = [line for line in commands.lines if not line.startswith("dpkg-query")]
    assert done[0].endswith("update")
    assert done[1].endswith("install nftables")
    assert "--no-install-recommends" in done[1]
    assert all(env["DEBIAN_FRONTEND"] == "noninteractive" for env in commands.envs if env)


def test_what_a_killed_run_left_half_configured_is_finished_first(tmp_path: Path) -> None:
    first = [CommandError(["apt-get"], 100, INTERRUPTED)]

    def answer(_argv: list[str], _stdin: str) -> Done:
        if first:
            raise first.pop()
        return Done(0, "", "")

    commands = Commands({"dpkg-query": ALL.replace("nftables installed\n", ""), INSTALL: answer})
    packages.apply(make_node(tmp_path, commands), plan())
    done = [line for line in commands.lines if not line.startswith("dpkg-query")]
    assert [line.split()[-1] for line in done] == ["update", "nftables", "-a", "nftables"]


@pytest.mark.parametrize("words", [LOCKED, DPKG_LOCKED])
def test_a_lock_is_waited_for_and_its_holder_named_once(tmp_path: Path, words: str) -> None:
    clock, said = Clock(), list[str]()
    commands = Commands({"dpkg-query": "", UPDATE: CommandError(["apt-get"], 100, words)})
    with pytest.raises(Fault, match="PLN-APT") as caught:
        packages.install(make_node(tmp_path, commands, clock, said))
    assert packages.GIVE_UP_SECONDS <= sum(clock.slept) < packages.GIVE_UP_SECONDS + 10
    assert "42" in caught.value.message
    assert "lock" in caught.value.next_step
    assert not caught.value.ours
    assert len(said) == 1
    assert "42" in said[0]


def test_an_archive_that_cannot_be_reached_is_named_with_another_next_step(tmp_path: Path) -> None:
    commands = Commands(
        {
            "dpkg-query": "",
            UPDATE: Done(0, "", "W: Failed to fetch http://…: Temporary failure resolving\nW: Some were ignored"),
            INSTALL: CommandError(["apt-get"], 100, "W: noise\nE: Package 'sudo' has no installation candidate"),
        }
    )
    with pytest.raises(Fault) as caught:
        packages.install(make_node(tmp_path, commands))
    assert "archive" in caught.value.next_step
    assert "no installation candidate (W: Failed to fetch" in caught.value.message
    assert "noise" not in caught.value.message


def test_a_source_without_which_it_goes_is_no_reason_to_stop(tmp_path: Path) -> None:
    old_key = CommandError(["apt-get"], 100, "E: The repository 'https://…' is not signed.")
    commands = Commands({"dpkg-query": ALL.replace("nftables installed\n", ""), UPDATE: old_key})
    packages.install(make_node(tmp_path, commands))
    assert commands.lines[-1].endswith("install nftables")


def test_an_archive_that_swallows_packets_is_not_tried_for_ever(tmp_path: Path) -> None:
    clock = Clock()

    def swallow(argv: list[str], _stdin: str) -> Done:
        clock.now += 300
        raise CommandError(argv, None, "no end after 300 s")

    commands = Commands({"dpkg-query": "", UPDATE: swallow, INSTALL: CommandError(["apt-get"], 100, "E: no candidate")})
    began = clock.now
    with pytest.raises(Fault, match="PLN-APT"):
        packages.install(make_node(tmp_path, commands, clock))
    assert clock.now - began < 2 * packages.GIVE_UP_SECONDS


def test_what_still_is_missing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="PLN-APT"):
        packages.verify(make_node(tmp_path), plan())
