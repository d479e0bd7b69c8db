"""The password that nodes search the directory with is changed."""

from concurrent.futures import ThreadPoolExecutor

from rehearsal import cloud, day2
from rehearsal.world import World

FUNCTION = "RotateBindSecret"
DUE, SETTLED = 15, 1 / 24
"""After how many days the schedule's run finds that it is time, and a later one that controllers have the password."""


def rotate_twice(world: World, stack: str) -> None:
    """Each time one run prepares, and the next one switches; nodes find it out by themselves."""
    with world.times.phase("the bind account is rotated twice, by what its schedule asks"):
        for _ in range(2):
            before = account(world, stack)
            run_after(world, stack, DUE)
            assert account(world, stack) == before, "the first run prepares only"
            run_after(world, stack, SETTLED)
            assert account(world, stack) != before
            with ThreadPoolExecutor() as pool:
                for refreshed in pool.map(lambda node: node.podlaunch("refresh"), world.lab.nodes.values()):
                    assert refreshed.ok, refreshed


def run_after(world: World, stack: str, days: float) -> None:
    """A run of the schedule so many days from now."""
    with world.cloud.clock_of(f"{FUNCTION}Function", days):
        day2.fire(world, stack, FUNCTION)


def account(world: World, stack: str) -> str:
    """The account that the bind secret names now."""
    return cloud.secret(world.cloud, cloud.resources(world.cloud, stack)["BindSecret"])["bindDn"]
