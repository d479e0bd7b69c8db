"""systemd units: restarted only when something changed, put back when they do not come up."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from podlaunch_node.faults import Fault
from podlaunch_node.node import STATE, Node
from podlaunch_node.run import CommandError
from podlaunch_node.system import files

GOOD = f"{STATE}/good"
BEFORE = f"{STATE}/before"


@dataclass(frozen=True)
class Service:
    """A service and the files that it loads.

    `restart` makes it load them and `prove` throws unless it then works.
    """

    name: str
    paths: Sequence[str]
    restart: Callable[[Node], None]
    prove: Callable[[Node], None]


def systemctl(node: Node, *arguments: str, check: bool = True) -> str:
    """Run systemctl and return its output. Throws CommandError unless `check` is off."""
    return node.run(["systemctl", *arguments], check=check, timeout=120).stdout.strip()


def is_active(node: Node, unit: str) -> bool:
    """Whether the unit runs now."""
    return systemctl(node, "is-active", unit, check=False) == "active"


def is_enabled(node: Node, unit: str) -> bool:
    """Whether the unit starts at boot."""
    return systemctl(node, "is-enabled", unit, check=False) == "enabled"


def is_loaded(node: Node, service: Service) -> bool:
    """Whether the service last proved itself with the very files that are there now.

    A run that was killed between the rename and the restart is found out here.
    """
    kept = files.read(node, f"{GOOD}/{service.name}.json")
    return kept is not None and kept == _picture(node, service)


def loaded(node: Node, service: Service) -> dict[str, str | None]:
    """Path and text of each file as the service last proved itself with it."""
    kept = json.loads(files.read(node, f"{GOOD}/{service.name}.json") or "{}")
    return {path: was[1] if was else None for path, was in kept.items()}


def load(node: Node, service: Service) -> None:
    """Restart the service on its files as they are now; on failure put the last good ones back.

    Throws Fault PLN-SERVICE when it did not come up (the last good files run then again).
    """
    try:
        service.restart(node)
        service.prove(node)
    except (CommandError, Fault) as error:
        _put_back(node, service)
        try:
            service.restart(node)
        except CommandError as second:
            node.say(f"{service.name}: {second}")
        raise Fault(
            "PLN-SERVICE",
            f"{service.name} does not work with its new files, the previous ones are back: {error}",
            f"Read `journalctl -u {service.name}`, then run `podlaunch-node apply`.",
            ours=True,
        ) from error
    remember(node, service)


def remember(node: Node, service: Service) -> None:
    """Keep the files as they are now as the last good ones (root only: the secret may be in them)."""
    files.make_folder(node, GOOD, mode=0o700)
    files.write(node, f"{GOOD}/{service.name}.json", _picture(node, service), mode=0o600)


def keep_first(node: Node, service: Service) -> None:
    """Before the very first change, remember what was there before us; BEFORE keeps it for good."""
    if files.read(node, f"{GOOD}/{service.name}.json") is None:
        files.make_folder(node, BEFORE, mode=0o700)
        files.write(node, f"{BEFORE}/{service.name}.json", _picture(node, service), mode=0o600)
        remember(node, service)


def _picture(node: Node, service: Service) -> str:
    """All files of the service with their modes, as text."""
    return json.dumps({path: _one(node, path) for path in service.paths}, sort_keys=True)


def _one(node: Node, path: str) -> list[object] | None:
    text = files.read(node, path)
    return None if text is None else [node.path(path).stat().st_mode & 0o7777, text]


def _put_back(node: Node, service: Service) -> None:
    kept = json.loads(files.read(node, f"{GOOD}/{service.name}.json") or "{}")
    for path, was in kept.items():
        if was is None:
            files.remove(node, path)
        else:
            files.write(node, path, was[1], mode=was[0])
