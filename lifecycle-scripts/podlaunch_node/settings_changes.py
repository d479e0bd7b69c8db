"""What is different between two settings documents, in words, and which of it lets more people do more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from podlaunch_node.settings import Group, Settings

WORDS_FOR_TYPES = {"Controller": "the controller", "Login": "login nodes", "Compute": "workers"}

STRICTEST: dict[str, object] = {
    "expired_password": "refuse-all",
    "end_sessions": True,
    "revoked_jobs": "cancel",
    "login_node_jobs": False,
}
"""What a setting says where it allows least."""


@dataclass(frozen=True)
class Change:
    """One difference. It widens unless it is known to take something away."""

    message: str
    widens: bool


def between(before: Settings, after: Settings) -> list[Change]:
    """Every difference, in the document's order. A setting that nothing is said of here widens by any change."""
    found: list[Change] = []
    for field in fields(Settings):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name == "groups":
            found += _groups({one.name: one for one in old}, {one.name: one for one in new})
        elif field.name == "directory":
            found += _directory(before, after)
        elif old != new:
            found.append(_field(field.name, old, new))
    return found


def _field(name: str, old: object, new: object) -> Change:
    said = f"{_camel(name)} is {_value(new)}, it was {_value(old)}"
    if name == "user_metadata_access":
        said = "people and jobs may reach the metadata service" if new == "open" else "the metadata service is closed"
        return Change(said, widens=new == "open")
    if name == "password_login":
        return Change("passwords are accepted" if new else "passwords are not accepted any more", widens=bool(new))
    if name in STRICTEST:
        return Change(said, widens=new != STRICTEST[name])
    if name in ("entry_cache_seconds", "refresh_seconds") and isinstance(old, int) and isinstance(new, int):
        return Change(said, widens=new > old)
    return Change(said, widens=True)


def _directory(before: Settings, after: Settings) -> Iterator[Change]:
    for field in fields(before.directory):
        old, new = getattr(before.directory, field.name), getattr(after.directory, field.name)
        if old != new:
            yield Change(f"the directory's {_camel(field.name)} is {new}, it was {old}", widens=True)


def _groups(before: dict[str, Group], after: dict[str, Group]) -> Iterator[Change]:
    for name in [*before, *(name for name in after if name not in before)]:
        old = before.get(name, Group(name, (), False))
        new = after.get(name, Group(name, (), False))
        if more := [kind for kind in new.log_in if kind not in old.log_in]:
            sudo = ", with sudo" if new.sudo else ""
            yield Change(f"the group {name} may log in on {_places(more)}{sudo}", widens=True)
        if fewer := [kind for kind in old.log_in if kind not in new.log_in]:
            yield Change(f"the group {name} may no longer log in on {_places(fewer)}", widens=False)
        if new.sudo and not old.sudo and old.log_in:
            yield Change(f"the group {name} gets sudo", widens=True)
        if old.sudo and not new.sudo:
            yield Change(f"the group {name} loses sudo", widens=False)


def _places(kinds: Sequence[str]) -> str:
    return ", ".join(WORDS_FOR_TYPES.get(kind, kind) for kind in kinds)


def _camel(name: str) -> str:
    return re.sub(r"_(.)", lambda found: found[1].upper(), name)


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
