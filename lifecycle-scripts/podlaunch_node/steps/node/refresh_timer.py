"""The timer that keeps a node a member: new bind secret, certificate, settings; and joins a node
that could not be joined yet."""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.node import ETC, Node
from podlaunch_node.system import core_files, files, services

SERVICE_NAME = "podlaunch-refresh.service"
TIMER_NAME = "podlaunch-refresh.timer"
SERVICE = f"/etc/systemd/system/{SERVICE_NAME}"
TIMER = f"/etc/systemd/system/{TIMER_NAME}"
RETRY_SECONDS = 60
RETRIES_PER_SECOND = 15

SERVICE_TEXT = f"""\
# Written by podlaunch-node.
[Unit]
Description=podlaunch: keep this node a member of the directory
Wants=network-online.target
After=network-online.target sssd.service
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=/usr/local/bin/podlaunch-node refresh
# What is wrong is shown by podlaunch-member.service.
SuccessExitStatus=1
EnvironmentFile=-{ETC}/environment
Environment=HOME=/root
{core_files.UNIT_LINES}
TimeoutStartSec=30min
"""


def retry_seconds(nodes: int) -> int:
    """How soon a node with a fault tries again, in a cluster of `nodes` nodes.

    A fault of the directory is every node's fault at once, and Parameter Store answers 40 requests a second in an
    account: a run comes after three quarters of this time on average, so all nodes together ask 20 times a second.
    """
    return max(RETRY_SECONDS, nodes // RETRIES_PER_SECOND)


def render(seconds: int) -> str:
    """The timer: each run begins within `seconds` of the last one's end.

    Half of that time is left to chance, so that the nodes of a cluster do not ask AWS at once.
    """
    half = max(1, seconds // 2)
    return f"""\
# Written by podlaunch-node.
[Unit]
Description=podlaunch: keep this node a member of the directory

[Timer]
OnActiveSec={min(half, 10)}
OnUnitInactiveSec={half}
RandomizedDelaySec={half}
AccuracySec=1s

[Install]
WantedBy=timers.target
"""


def check(node: Node, seconds: int) -> list[str]:
    """What differs from a timer with this period."""
    wanted = ((SERVICE, SERVICE_TEXT), (TIMER, render(seconds)))
    found = [f"{path} differs" for path, text in wanted if not files.matches(node, path, text, 0o644)]
    if not found and not services.is_active(node, TIMER_NAME):
        found.append(f"{TIMER_NAME} does not run")
    if not found and not services.is_enabled(node, TIMER_NAME):
        found.append(f"{TIMER_NAME} is not enabled")
    return found


def apply(node: Node, seconds: int) -> None:
    """Write both units and start the timer, also at each boot. Throws PLN-DISK, CommandError."""
    files.write(node, SERVICE, SERVICE_TEXT)
    files.write(node, TIMER, render(seconds))
    services.systemctl(node, "daemon-reload")
    services.systemctl(node, "enable", TIMER_NAME)
    services.systemctl(node, "restart", TIMER_NAME)


def verify(node: Node, seconds: int) -> None:
    """Throws PLN-TIMER where the timer does not run with this period."""
    found = check(node, seconds)
    if found:
        raise Fault("PLN-TIMER", "; ".join(found), f"systemctl status {TIMER_NAME}", ours=True)


def ensure(node: Node, seconds: int) -> list[str]:
    """Check, and where needed apply and verify; returns what was changed."""
    found = check(node, seconds)
    if found:
        apply(node, seconds)
        verify(node, seconds)
    return found
