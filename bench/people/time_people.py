"""Measures in the lab how long the people function takes for 500 people, and writes the table of docs/people.md."""

import argparse
import base64
import os
import re
import signal
import struct
import sys
import time
from pathlib import Path
from typing import Any

from lab.cluster import Lab
from lab.directory import Directory, start_serving, stop_serving
from lab.people import BIND_ACCOUNTS, OU
from lab.people_function import people_function

PAGE = Path(__file__).resolve().parents[2] / "docs/people.md"
MARKED = re.compile("(?<=<!-- measured by bench/people/run -->\n).*?(?=<!-- end -->)", re.DOTALL)
SECOND = f"CN={BIND_ACCOUNTS[1]},OU=Users,{OU}"
GROUPS = ["Bench1", "Bench2"]
GOALS = {"plan": 2.0, "apply": 30.0}


def main() -> None:
    """Starts the directory of the lab and its services, measures, writes the table, stops them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    lab = Lab()
    try:
        lab.start()
        took = measure(lab, options.people)
    finally:
        lab.stop()
    table = rows(took, options.people)
    print(table)
    if options.write_docs:
        PAGE.write_text(MARKED.sub(lambda _: table, PAGE.read_text()))
    sys.exit(missed(took) or None)


def measure(lab: Lab, count: int) -> dict[str, float]:
    """Seconds of each call, with the start of the process that the function is in."""
    everybody = [person(number) for number in range(count)]
    document = {"groups": GROUPS, "people": everybody}
    changed = document | {"people": [one | {"keys": [key(), one["keys"][1]]} for one in everybody]}
    took = {}
    mark_bind_accounts(lab.directory)
    leave_the_disk_alone(lab)
    with people_function(lab) as function:

        def timed(what: str, **call: Any) -> dict[str, Any]:  # noqa: ANN401
            begin = time.monotonic()
            answer = function.ask(**call)
            took[what] = time.monotonic() - begin
            assert "error" not in answer, answer
            return answer

        planned = timed("plan: everybody is new", action="plan", document=document)
        assert not planned["problems"], planned
        done = timed("apply: everybody is made, with two keys and a group", action="apply", document=document)
        assert len(done["done"]) >= 2 * count, done
        assert timed("plan: nothing is to be done", action="plan", document=document)["plan"] == []
        timed("plan: a key of each is another", action="plan", document=changed)
        timed("apply: a key of each is another", action="apply", document=changed)
        assert len(timed("export, list", action="export")["document"]["people"]) == count
    return took


def person(number: int) -> dict[str, Any]:
    """One of a document: two keys, one group."""
    return {"name": f"bench{number:04}", "groups": [GROUPS[number % len(GROUPS)]], "keys": [key(), key()]}


def key() -> str:
    """A public key of nobody."""
    kind = b"ssh-ed25519"
    wire = struct.pack(">I", len(kind)) + kind + struct.pack(">I", 32) + os.urandom(32)
    return f"{kind.decode()} {base64.b64encode(wire).decode()} bench"


def mark_bind_accounts(directory: Directory) -> None:
    """Makes the second account that nodes search with one of podlaunch's: the bind secret opens only the first."""
    directory.modify(SECOND, "add", "adminDescription", "podlaunch:bind:1")


def leave_the_disk_alone(lab: Lab) -> None:
    """Has Samba not wait for the disk after each change, which the whole machine shares."""
    no_sync = "sed -i '/nosync/d; s/^\\[global\\]/[global]\\n\\tldb:nosync = true/' /etc/samba/smb.conf"
    for controller in lab.directory.controllers():
        stop_serving(controller)
        controller.sh(no_sync)
        start_serving(controller)
    lab.balancer.wait_both_up()


def rows(took: dict[str, float], count: int) -> str:
    """The table."""
    lines = [f"| {count} people with two keys each | seconds |", "| --- | ---: |"]
    return "\n".join([*lines, *(f"| {what} | {seconds:.1f} |" for what, seconds in took.items())]) + "\n"


def missed(took: dict[str, float]) -> str:
    """What took longer than it should, or nothing."""
    goals = {what: GOALS.get(what.partition(":")[0], GOALS["plan"]) for what in took}
    late = [
        f"{what}: {seconds:.1f} s, more than {goals[what]} s" for what, seconds in took.items() if seconds > goals[what]
    ]
    return "\n".join(late)


main()
