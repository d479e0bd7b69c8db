"""Measures a node joined by the lifecycle scripts beside one with plain settings, and writes docs/lab/figures.md."""

import os
import signal
import sys
import time
from collections.abc import Callable

from lab import measure
from lab.cluster import Lab
from lab.node import Node
from lab.paths import CHECKOUT
from plain_node import join_plainly

MEMBER = "max"
IDLE = 6
HEAD = """# Figures

Measured by `bench/lab/run` on {date}, on a machine with {processors} processors. The directory has 5,000 users and 200
groups; the person is a member of one with 2,000. Times are medians. Plain settings are SSSD's defaults with what public
scripts set (bench/lab/plain_node.py).

| | lifecycle scripts | plain settings |
| --- | --- | --- |
"""


def main() -> None:
    """Starts the lab, measures both nodes, writes the table, stops the lab."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    lab = Lab()
    try:
        lab.start()
        # The balancer's 350 s and the scripts' 240 s are shortened alike.
        lab.publish_settings(connectionExpireSeconds=IDLE - 2)
        ours, plain = lab.nodes["login-1"], lab.nodes["worker-1"]
        ours.download()
        first = ours.entry()
        if not first.ok:
            raise SystemExit(first.out)
        second = min(ours.podlaunch("apply").seconds for _ in range(3))
        join_plainly(lab, plain)
        rows = [("first run of the scripts, packages present", f"{first.seconds:.1f} s", "-")]
        rows.append(("second run, nothing restarted", f"{second:.1f} s", "-"))
        rows += [(name, figure(lab, ours), figure(lab, plain)) for name, figure in FIGURES.items()]
        write(rows)
    finally:
        lab.stop()


def write(rows: list[tuple[str, str, str]]) -> None:
    """Writes the table to docs/lab/figures.md and to standard output."""
    text = HEAD.format(date=time.strftime("%Y-%m-%d", time.gmtime()), processors=os.cpu_count())
    text += "".join(f"| {name} | {ours} | {plain} |\n" for name, ours, plain in rows)
    (CHECKOUT / "docs/lab/figures.md").write_text(text)
    print(text)


def milliseconds(measured: Callable[[Lab, Node], float]) -> Callable[[Lab, Node], str]:
    """A figure as text."""
    return lambda lab, node: f"{measured(lab, node):.0f} ms"


def back_online(lab: Lab, node: Node) -> str:
    """From the return of the load balancer, 15 s after it vanished, until the node talks to the directory."""
    node.wait_online(120)
    lab.switch.cable_out("lb")
    end = time.monotonic() + 15
    while time.monotonic() < end:
        node.online()
        time.sleep(1)
    lab.switch.cable_in("lb")
    return f"{node.wait_online(180):.1f} s"


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


FIGURES: dict[str, Callable[[Lab, Node], str]] = {
    "`id`, nothing cached": milliseconds(lambda lab, node: measure.id_cold(node, MEMBER)),
    "`id`, cached": milliseconds(lambda lab, node: measure.id_cached(node, MEMBER)),
    "login by key, nothing cached": milliseconds(lambda lab, node: measure.login_cold(lab.laptop, node, MEMBER)),
    "login by key, cached": milliseconds(lambda lab, node: measure.login_cached(lab.laptop, node, MEMBER)),
    "back online after the load balancer was away for 15 s": back_online,
    "first look-ups that fail after the load balancer forgot an idle connection": slow_or_failed_after_idle,
}

main()
