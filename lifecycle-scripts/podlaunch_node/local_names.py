"""The names that are the node's own: the directory is never asked for them and gives nothing to them."""

from __future__ import annotations

from dataclasses import dataclass

from podlaunch_node.node import Node


@dataclass(frozen=True)
class LocalNames:
    """Users and groups of the node's own files, sorted."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def read(node: Node) -> LocalNames:
    """What /etc/passwd and /etc/group hold now."""
    return LocalNames(_names(node, "passwd"), _names(node, "group"))


def _names(node: Node, database: str) -> tuple[str, ...]:
    listed = node.run(["getent", "-s", "files", database], check=False).stdout
    return tuple(sorted({line.split(":")[0] for line in listed.splitlines() if ":" in line}))
