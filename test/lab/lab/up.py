"""A lab that stays up, for poking around."""

import json
import os
import sys

from lab.cluster import Lab
from lab.paths import cache

STATE = "up.json"


def leave_up() -> int:
    """Starts the lab, joins every node, and opens shells on machines by name until the end of input."""
    lab = Lab()
    state = cache() / STATE
    try:
        lab.start()
        for node in lab.nodes.values():
            print(f"lab: joining {node.name}: exit {node.join().code}", flush=True)
        machines = {each.name: each for each in lab.machines()}
        shells = {name: machine.command("bash", "-l", env={"TERM": "xterm"}) for name, machine in machines.items()}
        state.write_text(json.dumps(shells))
        print(f"The lab is up: {', '.join(machines)}. A name opens a shell; Ctrl-D here stops the lab.")
        while line := _ask():
            if line.strip() in shells:
                os.spawnvp(os.P_WAIT, "bash", shells[line.strip()])
    except KeyboardInterrupt:
        pass
    finally:
        state.unlink(missing_ok=True)
        lab.stop()
    return 0


def shell_on(name: str) -> int:
    """A shell on a machine of the lab that another terminal left up."""
    state = cache() / STATE
    shells = json.loads(state.read_text()) if state.exists() else {}
    if name not in shells:
        print(f"The lab has no machine {name} up: start it with `npm run lab`.", file=sys.stderr)
        return 1
    return os.spawnvp(os.P_WAIT, "bash", shells[name])


def _ask() -> str:
    print("lab> ", end="", flush=True)
    return sys.stdin.readline()
