"""Measures nodes joined by the lifecycle scripts beside one with plain settings, and writes docs/lab/figures.md."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from lab import measure, slurm
from lab.cluster import Lab
from lab.directory import public_key
from lab.node import Node
from lab.paths import CHECKOUT
from lab.people import OU
from plain_node import join_plainly, without_tokengroups

MEMBER = "max"
IDLE = 6
PATIENCE = 330
HEAD = """# Figures

Measured by `bench/lab/run` on {date}, on a machine with {processors} processors. The directory has 5,000 users and 200
groups; the person is a member of one with 2,000. Times are medians of whole processes, from start to end, taken in turn
on the nodes. Plain settings are SSSD's defaults with what public scripts set (bench/lab/plain_node.py): with
`ldap_use_tokengroups`, and without. What the script in public use does beside it, and these do not, is on
[a page of its own](public-script.md).

| | goal | lifecycle scripts | plain, tokengroups | plain, without |
| --- | --- | --- | --- | --- |
"""
COLD_LOGIN = "login by key, nothing cached"
CACHED_LOGIN = "login by key, cached"
DEARER = """
A cached login takes {more:.0f} ms ({share:.0%}) longer than with plain settings: at each one the keys are filtered, the
gate is asked, and the home's owner is looked at.
"""
Row = tuple[str, ...]
"""Name, goal, and what was found on a node with the scripts, with plain settings, and with them but tokengroups."""


def main() -> None:
    """Starts the lab, measures the nodes, writes the table, stops the lab."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    lab = Lab()
    try:
        lab.start()
        slurm.start(lab.nodes)
        ours, plain = lab.nodes["login-1"], lab.nodes["worker-1"]
        rows = runs(ours, "a login node") + runs(lab.nodes["controller-1"], "the controller, with Slurm accounts")
        join_plainly(lab, plain)
        rows += times(lab, ours, plain)
        rows += compared(lab, ours, plain, BACK_ONLINE, back_online)
        rows += seen(lab, ours, plain)
        # The balancer's 350 s and the scripts' 240 s are shortened alike.
        lab.publish_settings(connectionExpireSeconds=IDLE - 2)
        must(ours.podlaunch("refresh").ok, "the shortened settings are applied")
        rows += compared(lab, ours, plain, IDLE_FAULT, slow_or_failed_after_idle)
        without_tokengroups(plain)
        rows = [fill(lab, plain, row) for row in rows]
        write(rows)
        above = missed(rows)
        must(not above, f"goals missed: {'; '.join(above)}")
    finally:
        lab.stop()


def runs(node: Node, kind: str) -> list[Row]:
    """The first run of the scripts on a new node, and runs that find nothing to do."""
    node.download()
    first = node.entry()
    must(first.ok, first.out)
    again = [node.entry() for _ in range(5)]
    must(all("nothing restarted" in run.out for run in again), again[0].out)
    second = median(run.seconds for run in again)
    return [
        (f"first run on {kind}, packages present", "10 s", f"{first.seconds:.1f} s", "-", "-"),
        (f"second run on {kind}, nothing restarted", "2 s", f"{second:.1f} s", "-", "-"),
    ]


def must(holds: bool, what: str) -> None:
    """Ends the measurement where something is not true."""
    if not holds:
        raise SystemExit(what)


def write(rows: list[Row]) -> None:
    """Writes the table to docs/lab/figures.md and to standard output."""
    text = HEAD.format(date=time.strftime("%Y-%m-%d", time.gmtime()), processors=os.cpu_count())
    text += "".join(f"| {' | '.join(row)} |\n" for row in rows)
    text += foot(next(row for row in rows if row[0] == CACHED_LOGIN))
    (CHECKOUT / "docs/lab/figures.md").write_text(text)
    print(text)


def missed(rows: list[Row]) -> list[str]:
    """The names of the figures of the lifecycle scripts that are above their goals."""
    return [name for name, goal, ours, *_ in rows if worst(ours) > worst(goal)]


def worst(cell: str) -> float:
    """A cell's number: of a median with the worst of its samples (`at most`), the worst."""
    number = re.search(r"\d+(\.\d+)?", cell.partition("at most ")[2] or cell)
    assert number, cell
    return float(number[0])


def foot(row: Row) -> str:
    """Says what a cached login costs, where it costs more than with plain settings."""
    ours, plain = (worst(cell) for cell in row[2:4])
    return DEARER.format(more=ours - plain, share=ours / plain - 1) if ours > plain else ""


@dataclass(frozen=True)
class Time:
    """A time that is measured, in milliseconds, so many times."""

    name: str
    goal: str
    sample: Callable[[Lab, Node], float]
    rounds: int


def times(lab: Lab, ours: Node, plain: Node) -> list[Row]:
    """Each of TIMES on both nodes."""
    rows: list[Row] = []
    for each in TIMES:
        mine, theirs = medians(lab, each, ours, plain)
        rows.append((each.name, each.goal, mine, theirs, "-"))
    return rows


def medians(lab: Lab, what: Time, *nodes: Node) -> list[str]:
    """The median on each node. They take turns, so that what slows the machine down slows all of them."""
    turns = [[what.sample(lab, node) for node in nodes] for _ in range(what.rounds)]
    return [f"{median(taken):.0f} ms" for taken in zip(*turns, strict=True)]


def fill(lab: Lab, plain: Node, row: Row) -> Row:
    """The last column, for what tokengroups change."""
    changed = [each for each in TIMES if each.name == row[0] and "nothing cached" in row[0]]
    return (*row[:4], *medians(lab, changed[0], plain)) if changed else row


def compared(lab: Lab, ours: Node, plain: Node, what: tuple[str, str], figure: Callable[[Lab, Node], str]) -> list[Row]:
    """A figure on one node after the other."""
    return [(*what, figure(lab, ours), figure(lab, plain), "-")]


def back_online(lab: Lab, node: Node) -> str:
    """From the return of the load balancer, 15 s after it vanished, until the node talks to the directory."""
    times = []
    for _ in range(3):
        node.wait_online(120)
        lab.switch.cable_out("lb")
        end = time.monotonic() + 15
        while time.monotonic() < end:
            node.online()
            time.sleep(1)
        lab.balancer_back()
        times.append(node.wait_online(180))
    return f"{median(times):.1f} s (at most {max(times):.1f} s)"


def seen(lab: Lab, ours: Node, plain: Node) -> list[Row]:
    """How long after a change in the directory somebody with a session before it is let in or refused."""
    bob, maxs = f"CN=bob,OU=Users,{OU}", f"CN={MEMBER},OU=Users,{OU}"
    dev = f"CN=ClusterDev,OU=Groups,{OU}"
    for node in (ours, plain):
        lab.laptop.key("bob", node.name, key="ubuntu")
        must(lab.laptop.key(MEMBER, node.name).ok, f"{MEMBER} is let in on {node.name}")
        must("clusterdev" in node.machine.must("id", "-nG", MEMBER).lower(), "max is in ClusterDev")
    lab.directory.modify(bob, "add", "altSecurityIdentities", public_key("ubuntu"))
    lab.directory.modify(dev, "delete", "member", maxs)
    new_key = lambda node: lab.laptop.key("bob", node.name, key="ubuntu").ok  # noqa: E731
    # A node with plain settings has no gate of its own: what counts is that a new session is without the group.
    out = lambda node: "clusterdev" not in lab.laptop.key(MEMBER, node.name, "id", "-nG").out.lower()  # noqa: E731
    with ThreadPoolExecutor() as pool:
        waits = [[pool.submit(until, change, node) for node in (ours, plain)] for change in (out, new_key)]
    removed, added = ([wait.result() for wait in pair] for pair in waits)
    lab.directory.modify(dev, "add", "member", maxs)
    return [
        ("a removed member's new session is without the group (or refused) after", "300 s", *removed, "-"),
        ("a new key lets in after", "300 s", *added, "-"),
    ]


def until(change: Callable[[Node], bool], node: Node) -> str:
    """The seconds until a change is seen on a node by somebody who tries every ten seconds."""
    began = time.monotonic()
    while not change(node):
        if time.monotonic() - began > PATIENCE:
            return f"not within {PATIENCE} s"
        time.sleep(10)
    return f"{time.monotonic() - began:.0f} s"


def slow_or_failed_after_idle(lab: Lab, node: Node) -> str:
    """First look-ups after a load balancer has forgotten the connection in silence: how many found nobody."""
    lab.balancer.serve_as_nlb(lab.leaf, IDLE)
    node.wait_online(180)
    failed = 0
    for number in range(5):
        node.machine.must("id", MEMBER)
        time.sleep(IDLE + 2)
        failed += not node.machine.run("getent", "passwd", f"user{4000 + number}").ok
    lab.balancer.serve(lab.leaf)
    return f"{failed} of 5"


BACK_ONLINE = ("back online after the load balancer was away for 15 s", "5 s")
IDLE_FAULT = ("first look-ups that fail after the load balancer forgot an idle connection", "0 of 5")
TIMES = (
    Time("`id`, nothing cached", "60 ms", lambda _lab, node: measure.id_cold(node, MEMBER, 1), 7),
    Time("`id`, cached", "10 ms", lambda _lab, node: measure.id_cached(node, MEMBER, 1), 21),
    Time(COLD_LOGIN, "1000 ms", lambda lab, node: measure.login_cold(lab.laptop, node, MEMBER, 1), 7),
    Time(CACHED_LOGIN, "500 ms", lambda lab, node: measure.login_cached(lab.laptop, node, MEMBER, 1), 41),
)

main()
