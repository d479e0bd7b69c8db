"""A systemd unit that is failed while this node is not a member, so that `systemctl --failed` shows it."""

from __future__ import annotations

from podlaunch_node.node import Node
from podlaunch_node.system import files, services

NAME = "podlaunch-member.service"
UNIT = f"/etc/systemd/system/{NAME}"
TEXT = """\
# Written by podlaunch-node, and started at the end of each of its runs.
[Unit]
Description=podlaunch: this node is a member of the directory

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/bin/podlaunch-node status
"""


def show(node: Node, well: bool) -> None:
    """Let the unit be active where all is well, failed where not. Throws CommandError, PLN-DISK."""
    if not files.matches(node, UNIT, TEXT, 0o644):
        files.write(node, UNIT, TEXT)
        services.systemctl(node, "daemon-reload")
    now = services.systemctl(node, "is-active", NAME, check=False)
    if now != ("active" if well else "failed"):
        services.systemctl(node, "restart", NAME, check=False)
