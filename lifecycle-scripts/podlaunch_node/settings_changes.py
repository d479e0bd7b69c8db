"""What is different between two settings documents, in words, and which of it lets more people do more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from podlaunch_node.settings import Settings, contract, json_name
from podlaunch_node.settings_document import Group, InstanceGroup

WORDS_FOR_TYPES = {"Controller": "the controller", "Login": "login nodes", "Compute": "workers"}


@dataclass(frozen=True)
class Change:
    """One difference. It widens unless it is known to take something away."""

    message: str
    widens: bool


def between(before: Settings, after: Settings) -> list[Change]:
    """Every difference, in the document's order. A setting whose strictest value is unknown widens by any change."""
    found: list[Change] = []
    for field in fields(Settings):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name == "groups":
            found += _groups({one.name: one for one in old}, {one.name: one for one in new})
        elif field.name == "instance_groups":
            found += _instance_groups(old, new)
        elif field.name == "directory":
            found += _directory(before, after)
        elif old != new:
            found.append(_field(json_name(field.name), old, new))
    return found


def _field(name: str, old: object, new: object) -> Change:
    return Change(f"{name} is {_value(new)}, it was {_value(old)}", _widens(name, old, new))


def _widens(name: str, old: object, new: object) -> bool:
    """By the schema's `x-strictest`: what a setting says where it allows least."""
    about = contract()["properties"][name]
    if "x-strictest" not in about:
        return True
    strictest = about["x-strictest"]
    if isinstance(old, tuple) and isinstance(new, tuple):
        return not set(new) <= {*old, *strictest}
    if about.get("type") == "integer" and isinstance(old, int) and isinstance(new, int):
        return bool(abs(new - strictest) > abs(old - strictest))
    return bool(new != strictest)


def _instance_groups(before: Sequence[InstanceGroup], after: Sequence[InstanceGroup]) -> Iterator[Change]:
    old, new = ({one.name: one.node_type for one in groups} for groups in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield Change(f"the instance group {name} is {new.get(name)}, it was {old.get(name)}", widens=True)


def _directory(before: Settings, after: Settings) -> Iterator[Change]:
    for field in fields(before.directory):
        old, new = getattr(before.directory, field.name), getattr(after.directory, field.name)
        if old != new:
            yield Change(f"the directory's {json_name(field.name)} is {new}, it was {old}", widens=True)


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


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "empty"
    return str(value).lower() if isinstance(value, bool) else str(value)
