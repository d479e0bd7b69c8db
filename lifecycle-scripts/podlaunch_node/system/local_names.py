"""The names and numbers that are the node's own: the directory is never asked for them and gives nothing to them."""

from __future__ import annotations

from dataclasses import dataclass

from podlaunch_node.node import Node


@dataclass(frozen=True)
class LocalNames:
    """Users and groups of the node's own files, and their uids and gids, sorted."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    uids: tuple[str, ...] = ()
    gids: tuple[str, ...] = ()


def read(node: Node) -> LocalNames:
    """What is in /etc/passwd and /etc/group now."""
    users, groups = _lines(node, "passwd"), _lines(node, "group")
    return LocalNames(_field(users, 0), _field(groups, 0), _field(users, 2), _field(groups, 2))


def _lines(node: Node, database: str) -> list[list[str]]:
    listed = node.run(["getent", "-s", "files", database], check=False).stdout
    return [line.split(":") for line in listed.splitlines() if line.count(":") >= 2]


def _field(lines: list[list[str]], at: int) -> tuple[str, ...]:
    return tuple(sorted({line[at] for line in lines}))
