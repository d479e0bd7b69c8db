"""People come and go by podlaunch's own command."""

from lab.directory import public_key
from lab.machine import wait_for
from lab.vpc import REGION
from rehearsal.world import World

PERSON, KEY, GROUP = "bea", "crowd", "ClusterDev"


def people(world: World, stack: str, *words: str, stdin: str = "") -> dict[str, object]:
    """Runs `podlaunch people`, as whoever looks after people does; no secret is on their machine."""
    where = ("--stack", stack, "--region", REGION)
    said: dict[str, object] = world.cloud.podlaunch("people", *words, *where, stdin=stdin)
    return said


def add(world: World, stack: str) -> None:
    """Adds a person, who logs in."""
    with world.times.phase("`podlaunch people add`: a person is added, and logs in"):
        words = ("add", PERSON, "--group", GROUP, "--key", "-", "--yes")
        done = people(world, stack, *words, stdin=public_key(KEY))
        assert any(PERSON in text for text in _done(done)), done
        again = people(world, stack, *words, stdin=public_key(KEY))
        assert _done(again) == [], again
        wait_for(lambda: comes_in(world), 60, f"{PERSON} comes in")
        assert not world.lab.laptop.key(PERSON, "login-1", "sudo", "-n", "true", key=KEY).ok, "root by sudo"
        assert not world.lab.laptop.key(PERSON, "controller-1", key=KEY).ok, "on the controller"


def remove(world: World, stack: str) -> None:
    """Removes the person, who is refused once what is cached is old."""
    with world.times.phase("`podlaunch people remove`: the person is refused"):
        people(world, stack, "remove", PERSON, "--yes")
        wait_for(lambda: not comes_in(world), 90, f"{PERSON} is refused")


def comes_in(world: World) -> bool:
    """Whether the person logs in on the login node."""
    return world.lab.laptop.key(PERSON, "login-1", key=KEY).ok


def _done(said: dict[str, object]) -> list[str]:
    done = said["done"]
    assert isinstance(done, list)
    return done
