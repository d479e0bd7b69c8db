"""What goes wrong, and how it ends."""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from lab.directory import ADDRESSES, DATABASE, public_key
from lab.machine import wait_for
from lab.people import OU
from lab.vpc import REGION
from rehearsal import cloud, launch, people
from rehearsal.emulators import Refused
from rehearsal.world import World

SEED = 20261127
CROWD = 12
OUTAGE = 15
"""Seconds that both controllers are away while a stack is made."""


def moments(count: int) -> list[tuple[int, float]]:
    """When a run of the people function is killed: after so many passwords and seconds. The same each time."""
    chance = random.Random(SEED)
    return [(chance.randrange(CROWD + 1), chance.random()) for _ in range(count)]


def kill_people(world: World, stack: str, count: int) -> None:
    """Kills the people function amid its work, and runs the same command again: all is there, and nothing twice."""
    function = cloud.resources(world.cloud, stack)["PeopleFunction"]
    for number, (passwords, seconds) in enumerate(moments(count)):
        name = f"kill{number}"
        words = f"the people function is killed {seconds:.1f} s after {passwords} of {CROWD} people, and asked again"
        with world.times.phase(words), ThreadPoolExecutor() as pool:
            made = world.behind.passwords + passwords
            asked = pool.submit(_import_or_fail, world, stack, name)
            wait_for(lambda: _is_at_work(world), 60, "the function is at work")
            wait_for(partial(_has_made, world, made), 60, "it has made some people")
            time.sleep(seconds)
            assert _kill(function), "nothing ran"
            asked.result()
            _import(world, stack, name)
            _is_whole(world, stack, name)


def _table(world: World, name: str) -> str:
    """A file of people to import; gives back its name."""
    rows = [f"{name}x{number},ClusterDev,{public_key('crowd')}" for number in range(CROWD)]
    (world.cloud.folder / f"{name}.csv").write_text("\n".join(["name,groups,key", *rows, ""]))
    return f"{name}.csv"


def _import(world: World, stack: str, name: str) -> None:
    """Imports people."""
    people.people(world, stack, "import", _table(world, name), "--yes")


def _import_or_fail(world: World, stack: str, name: str) -> None:
    try:
        _import(world, stack, name)
    except Refused as refused:
        assert "PL9004" in str(refused), refused


def _kill(function: str) -> list[int]:
    """Kills the processes of a function; gives back which."""
    words = f"AWS_LAMBDA_FUNCTION_NAME={function}".encode()
    killed = []
    for each in Path("/proc").glob("[0-9]*/environ"):
        try:
            if words in each.read_bytes().split(b"\0"):
                os.kill(int(each.parent.name), signal.SIGKILL)
                killed.append(int(each.parent.name))
        except OSError:  # It has ended, or is another's.
            continue
    return killed


def _is_whole(world: World, stack: str, name: str) -> None:
    """All people of the table are there, nothing is left to do, and neither controller has anybody twice."""
    again = people.people(world, stack, "import", f"{name}.csv", "--yes")
    assert again["done"] == [], again
    listed = people.people(world, stack, "export")["people"]
    assert isinstance(listed, list)
    there = {one["name"] for one in listed if one["groups"] == ["ClusterDev"] and one["state"] == "enabled"}
    assert {f"{name}x{number}" for number in range(CROWD)} <= there, there
    world.lab.directory.replicate()
    for controller in world.lab.directory.controllers():
        search = ["ldbsearch", "-H", DATABASE, "-b", OU, "(cn=*CNF:*)", "dn"]
        assert "CNF" not in controller.must(*search), f"a conflict on {controller.name}"


def outage_at_creation(world: World, link: cloud.Link) -> None:
    """Both controllers are away for a while as a stack is made: it waits, and is made."""
    with world.times.phase(f"a stack is made while both controllers are away for {OUTAGE} s"):
        world.behind.empty_directory()
        world.behind.cuts_controllers = True
        cloud.begin(world.cloud, "create-stack", link, launch.fields())
        waits = lambda: "TargetsAligned" in _under_way(world, link.stack)  # noqa: E731
        wait_for(waits, 240, "the stack waits for a controller", pause=1)
        time.sleep(OUTAGE)
        assert "TargetsAligned" in _under_way(world, link.stack), "it did not wait"
        controllers_back(world)
        stack = cloud.settled(world.cloud, link.stack)
        assert stack["StackStatus"] == "CREATE_COMPLETE", cloud.failures(world.cloud, link.stack)
    with world.times.phase("and is deleted, in one go"):
        cloud.delete(world.cloud, link.stack)


def no_controllers(world: World, link: cloud.Link) -> None:
    """Both controllers stay away: the stack fails with words that name it, and is deleted."""
    with world.times.phase("both controllers stay away: the stack fails, says why, and is deleted"):
        world.behind.empty_directory()
        world.behind.cuts_controllers = True
        try:
            fails(world, link, launch.fields(), "No domain controller answers the load balancer on port 389")
        finally:
            controllers_back(world)


def wrong_key(world: World, link: cloud.Link) -> None:
    """A key that is cut off is refused before anything else is made."""
    with world.times.phase("a public key that is cut off: the stack fails, says so, and is deleted"):
        key = public_key(launch.KEY)[:40]
        fails(world, link, {**launch.fields(), "AdminPublicKey": key}, "AdminPublicKey is not a valid key")


def group_exists(world: World, link: cloud.Link) -> None:
    """Somebody has made a group of the name that the stack wants."""
    with world.times.phase("a group of the wanted name exists: the stack fails, says so, and is deleted"):
        world.behind.empty_directory()
        world.lab.directory.dc1.must("samba-tool", "group", "add", "ClusterAdmin", "--groupou=OU=Groups,OU=hyperpod")
        fails(world, link, launch.fields(), "ClusterAdmin: exists")


def fails(world: World, link: cloud.Link, fields: dict[str, str | None], words: str) -> None:
    """Makes a stack that fails with these words within ten minutes, and deletes it."""
    began = time.monotonic()
    cloud.begin(world.cloud, "create-stack", link, fields)
    stack = cloud.settled(world.cloud, link.stack)
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE", stack["StackStatus"]
    reasons = "\n".join(cloud.failures(world.cloud, stack["StackId"]))
    assert words in reasons, reasons
    assert time.monotonic() - began < 660, "it took longer than ten minutes"
    cloud.delete(world.cloud, link.stack)


def lost_answer(world: World, stack: str) -> None:
    """Whoever asks is gone before the answer: what was asked is done all the same, and asking again changes nothing."""
    with world.times.phase("the answer of `podlaunch people` is lost: it is done all the same"):
        table = _table(world, "lost")
        gone = world.cloud.begin_podlaunch("people", "import", table, "--stack", stack, "--region", REGION, "--yes")
        wait_for(lambda: _is_at_work(world), 60, "the function is at work")
        gone.kill()
        gone.wait()
        wait_for(lambda: not _is_at_work(world), 120, "the function has ended")
        _is_whole(world, stack, "lost")


def _has_made(world: World, count: int) -> bool:
    return world.behind.passwords >= count


def _is_at_work(world: World) -> bool:
    """Whether a run of the people function holds the lock in the directory."""
    taken = "(&(cn=podlaunch-lock)(adminDescription=*)(!(adminDescription=free*)))"
    return "CN=podlaunch-lock" in world.lab.directory.dc1.must("ldbsearch", "-H", DATABASE, "-b", OU, taken, "dn")


def controllers_back(world: World) -> None:
    """Puts both controllers' cables back."""
    world.behind.cuts_controllers = False
    for name in ADDRESSES:
        world.lab.switch.cable_in(name)


def _under_way(world: World, stack: str) -> set[str]:
    found = cloud.events(world.cloud, stack)
    latest = {one["LogicalResourceId"]: one["ResourceStatus"] for one in reversed(found)}
    return {name for name, status in latest.items() if status == "CREATE_IN_PROGRESS"}
