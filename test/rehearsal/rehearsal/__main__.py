"""python -m rehearsal: see docs/lab/rehearsal.md. The last line is `N passed, N failed`."""

import argparse
import signal
import sys
import traceback
from types import FrameType
from typing import NoReturn

from lab.up import keep_ways
from rehearsal import cloud, day2, faults, launch, page, people, rotation, secrets, update
from rehearsal.traffic import logins
from rehearsal.world import World

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Runs the rehearsal; gives back the exit code."""
    for each in ENDS:
        signal.signal(each, _end)
    asked = _arguments()
    world = World()
    failed = 0
    try:
        with world.times.phase("what is there before a launch: machines of the lab, emulated AWS"):
            world.start()
        rehearse(world, asked.faults)
        if asked.write_docs:
            page.write(world.times.phases)
    except KeyboardInterrupt:
        print("rehearsal: interrupted", file=sys.stderr)
        return 130
    except Exception as reason:  # noqa: BLE001 - whatever it is, it is said, and all is stopped
        failed = 1
        traceback.print_exc()
        first = str(reason).strip().split("\n")[0]
        print(f"FAILED rehearsal - {'; '.join(getattr(reason, '__notes__', []))}: {type(reason).__name__}: {first}")
    finally:
        if asked.stay:
            _stay(world)
        world.stop()
    print(f"{len(world.times.phases)} passed, {failed} failed")
    return failed


def rehearse(world: World, every_fault: bool) -> None:
    """The whole launch, in its order; then a trial that is made amid an outage."""
    link = launch.first_release(world)
    launch.launch(world, link)
    stack = link.stack
    passwords = secrets.passwords(world, stack)
    people.add(world, stack)
    with logins(world, day2.LOGINS):
        day2.renew(world, stack)
        rotation.rotate_twice(world, stack)
        faults.kill_people(world, stack, 10 if every_fault else 1)
        day2.replace_controller(world, stack)
    people.remove(world, stack)
    if every_fault:
        faults.lost_answer(world, stack)
    update.another_release(world, stack)
    secrets.are_nowhere(world, stack, passwords + secrets.passwords(world, stack))
    update.delete(world, stack)
    trial = cloud.link_of(world.cloud, link.version, "launchpad-trial")
    faults.outage_at_creation(world, trial)
    if every_fault:
        for fault in (faults.wrong_key, faults.group_exists, faults.no_controllers):
            fault(world, trial)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run rehearsal --", description="The whole launch on one machine.")
    parser.add_argument("--faults", action="store_true", help="every fault; by itself one kill and one outage")
    parser.add_argument("--write-docs", action="store_true", help="write the times to docs/lab/rehearsal.md")
    parser.add_argument("--stay", action="store_true", help="leave all up at the end, until the end of input")
    return parser.parse_args()


def _stay(world: World) -> None:
    ways = keep_ways(world.lab, world.lab.machines())
    print(f"Up: {', '.join(ways)}. `npm run lab -- NAME` enters one; the end of input stops all.", flush=True)
    while sys.stdin.readline():
        pass


def _end(number: int, _: FrameType | None) -> NoReturn:
    """Ends as Ctrl-C does, so that everything is stopped in order. Once: npm hands on what the terminal sends too."""
    for each in ENDS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt(number)


sys.exit(main())
