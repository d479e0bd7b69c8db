"""A lab that stays up, for poking around."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from lab import slurm
from lab.cluster import Lab
from lab.machine import Machine
from lab.paths import cache

STATE = "up.json"
"""Lies in the lab's own folder and goes with it: how to enter each machine."""


def leave_up(only: Sequence[str] = ()) -> int:
    """Starts the lab, joins every node, and opens shells on machines by name until the end of input.

    With `only`, no more than these machines are started, and nothing is set up on them.
    """
    lab = Lab()
    try:
        machines = _start(lab, only)
        ways = keep_ways(lab, machines)
        print(f"The lab is up: {', '.join(ways)}. A name opens a shell; Ctrl-D here stops the lab.", flush=True)
        while line := _ask():
            if (name := line.strip()) in ways:
                _shell(ways[name])
            elif name:
                print(f"No machine has the name {name}: {', '.join(ways)}.")
    except KeyboardInterrupt:
        pass
    finally:
        print("\nlab: stopping", flush=True)
        lab.stop()
    return 0


def keep_ways(lab: Lab, machines: list[Machine]) -> dict[str, list[str]]:
    """Lets shell_on() of another terminal find these machines. Gives back how each is entered."""
    ways = {each.name: each.command() for each in machines}
    (lab.run / STATE).write_text(json.dumps(ways))
    return ways


def shell_on(name: str) -> int:
    """A shell on a machine of the lab that another terminal left up; gives back its exit code."""
    ways = _ways()
    if name not in ways:
        up = f"Up are {', '.join(ways)}." if ways else "No lab is up: start it with `npm run lab`."
        print(f"The lab has no machine {name} up. {up}", file=sys.stderr)
        return 1
    return _shell(ways[name])


def _start(lab: Lab, only: Sequence[str]) -> list[Machine]:
    if only:
        return lab.start_only(only)
    lab.start()
    slurm.start(lab.nodes)
    for node in lab.nodes.values():
        print(f"lab: joining {node.name}: exit {node.join().code}", flush=True)
    return lab.machines()


def _ways() -> dict[str, list[str]]:
    """How to enter each machine of the labs that are up, those of the youngest last and so first."""
    files = (file for file in cache().glob(f"run-*-*/{STATE}") if _runs(file.parent))
    ways: dict[str, list[str]] = {}
    for file in sorted(files, key=lambda file: file.stat().st_mtime):
        ways |= json.loads(file.read_text())
    return ways


def _runs(folder: Path) -> bool:
    """Whether the lab of this folder still runs; one that was killed left its folder."""
    return Path("/proc", folder.name.split("-")[1]).exists()


def _shell(way: list[str]) -> int:
    """A login shell. On a terminal it gets one of its own inside the machine, or Ctrl-C would end the lab."""
    terminal = ["script", "--quiet", "--return", "--command", "cd; exec bash -l", "/dev/null"]
    words = terminal if sys.stdin.isatty() else ["bash", "-l"]
    return os.spawnvp(os.P_WAIT, "bash", [*way, f"TERM={os.environ.get('TERM', 'dumb')}", *words])


def _ask() -> str:
    print("lab> ", end="", flush=True)
    return sys.stdin.readline()
