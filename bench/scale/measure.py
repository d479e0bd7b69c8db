"""Measures in the lab what one connection, one search and one Slurm association cost, and writes costs.json."""

import json
import os
import signal
import sys
import time
from pathlib import Path

from lab import slurm
from lab.cluster import Lab
from lab.node import Node
from lab.people import MASS

HERE = Path(__file__).resolve().parent
BATCHES = 5
CONNECTIONS = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
sys.path.insert(0, "/opt/podlaunch/current")
from podlaunch_node import learn, identity
from podlaunch_node.ldap import bind_account, directory_link
from podlaunch_node.steps.login import people
from podlaunch_node.node import Node
node = Node()
wanted, secret, anchor = learn.ask(node, identity.find(node, False))
def once(_):
    start = time.monotonic()
    with directory_link.open_bound(wanted.directory, anchor, secret) as ldap:
        bound = time.monotonic()
        bind_account.read_entry(ldap, secret.bind_dn, ["sAMAccountName"])
        return bound - start, time.monotonic() - bound
alone = sorted(once(0) for _ in range(20))[10]
start = time.monotonic()
with ThreadPoolExecutor(16) as pool:
    list(pool.map(once, range(400)))
rate = 400 / (time.monotonic() - start)
start = time.monotonic()
with directory_link.open_bound(wanted.directory, anchor, secret) as ldap:
    count = len(people.members(ldap, wanted.directory.search_base, "Big"))
took = time.monotonic() - start
import json
print(json.dumps({"bind_ms": alone[0] * 1000, "search_ms": alone[1] * 1000, "binds_per_second": rate,
                  "members_ms_per_1000": took * 1e6 / count}))
"""


def main() -> None:
    """Starts the lab, measures, writes the costs, stops the lab."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    lab = Lab()
    try:
        lab.start()
        slurm.start(lab.nodes)
        for node in lab.nodes.values():
            assert node.join().ok
        costs = json.loads(lab.nodes["controller-1"].machine.must("python3", "-c", CONNECTIONS, timeout=300))
        costs |= associations(lab.nodes["controller-1"])
        costs |= {"date": time.strftime("%Y-%m-%d", time.gmtime()), "processors": os.cpu_count()}
        (HERE / "costs.json").write_text(json.dumps(costs, indent=2) + "\n")
        print(json.dumps(costs, indent=2))
    finally:
        lab.stop()


def associations(controller: Node) -> dict[str, float]:
    """What it takes to add people to Slurm's accounting, and to list them."""
    names = [person.name for person in MASS[: 200 * BATCHES]]
    add = [f"{slurm.BIN}/sacctmgr", "--immediate", "--quiet", "add"]
    machine = controller.machine
    machine.run(*add, "account", "scale")
    start = time.monotonic()
    for at in range(0, len(names), 200):
        machine.must(*add, "user", f"name={','.join(names[at : at + 200])}", "account=scale", timeout=300)
    added = time.monotonic() - start
    start = time.monotonic()
    listed = machine.must(f"{slurm.BIN}/sacctmgr", "--noheader", "--parsable2", "show", "associations", "format=user")
    took = time.monotonic() - start
    return {
        "add_ms_per_1000": added * 1e6 / len(names),
        "list_ms_per_1000": took * 1e6 / len(listed.splitlines()),
    }


main()
