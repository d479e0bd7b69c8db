"""Measures nodes joined by the lifecycle scripts beside one with plain settings, and writes docs/lab/figures.md."""

import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
groups; the person is a member of one with 2,000. Times are medians of whole processes, from start to end. Plain
settings are SSSD's defaults with what public scripts set (bench/lab/plain_node.py): with `ldap_use_tokengroups`, and
without. What the script in public use does beside it, and these do not, is on [a page of its own](public-script.md).

| | goal | lifecycle scripts | plain, tokengroups | plain, without |
| --- | --- | --- | --- | --- |
"""
FOOT = """
A cached login costs some milliseconds more than with plain settings: at each one the keys are filtered, the gate is
asked, and the home's owner is looked at.
"""
Row = tuple[str, str, str, str, str]


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
        rows += compared(lab, ours, plain, FIGURES)
        rows += seen(lab, ours, plain)
        # The balancer's 350 s and the scripts' 240 s are shortened alike.
        lab.publish_settings(connectionExpireSeconds=IDLE - 2)
        must(ours.podlaunch("refresh").ok, "the shortened settings are applied")
        rows += compared(lab, ours, plain, {IDLE_FAULT: slow_or_failed_after_idle})
        without_tokengroups(plain)
        rows = [fill(lab, plain, row) for row in rows]
        write(rows)
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
    """Ends the measurement where something does not hold."""
    if not holds:
        raise SystemExit(what)


def write(rows: list[Row]) -> None:
    """Writes the table to docs/lab/figures.md and to standard output."""
    text = HEAD.format(date=time.strftime("%Y-%m-%d", time.gmtime()), processors=os.cpu_count())
    text += "".join(f"| {' | '.join(row)} |\n" for row in rows)
    text += FOOT
    (CHECKOUT / "docs/lab/figures.md").write_text(text)
    print(text)


Figure = Callable[[Lab, Node], str]


def compared(lab: Lab, ours: Node, plain: Node, figures: dict[tuple[str, str], Figure]) -> list[Row]:
    """Each figure on both nodes."""
    return [(name, goal, figure(lab, ours), figure(lab, plain), "-") for (name, goal), figure in figures.items()]


def fill(lab: Lab, plain: Node, row: Row) -> Row:
    """The last column, for what tokengroups change."""
    figure = next((each for key, each in FIGURES.items() if key[0] == row[0] and "nothing cached" in row[0]), None)
    return (*row[:4], figure(lab, plain)) if figure else row


def milliseconds(measured: Callable[[Lab, Node], float]) -> Figure:
    """A figure as text."""
    return lambda lab, node: f"{measured(lab, node):.0f} ms"


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
        lab.switch.cable_in("lb")
        lab.balancer.wait_both_up()
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


IDLE_FAULT = ("first look-ups that fail after the load balancer forgot an idle connection", "0 of 5")
FIGURES: dict[tuple[str, str], Figure] = {
    ("`id`, nothing cached", "60 ms"): milliseconds(lambda lab, node: measure.id_cold(node, MEMBER)),
    ("`id`, cached", "10 ms"): milliseconds(lambda lab, node: measure.id_cached(node, MEMBER)),
    ("login by key, nothing cached", "1000 ms"): milliseconds(
        lambda lab, node: measure.login_cold(lab.laptop, node, MEMBER)
    ),
    ("login by key, cached", "500 ms"): milliseconds(lambda lab, node: measure.login_cached(lab.laptop, node, MEMBER)),
    ("back online after the load balancer was away for 15 s", "5 s"): back_online,
}

main()
